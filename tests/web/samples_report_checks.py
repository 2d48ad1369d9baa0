"""Sample arguments for the addresses of the room of report checks."""

from __future__ import annotations

from web.samples import Arguments, sample

NONE = 999_999_999


@sample("report_checks:check", "report_checks:again", "api:report_check")
def no_such_check() -> Arguments:
    return {"number": NONE}


@sample("report_checks:take")
def no_such_file() -> Arguments:
    return {"number": NONE, "kind": "docx"}
