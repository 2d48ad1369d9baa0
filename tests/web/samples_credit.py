"""Sample arguments for the addresses of the room of credit."""

from __future__ import annotations

from web.samples import Arguments, sample

NONE = 999_999_999


@sample(
    "credit:party", "credit:plead", "credit:certify", "credit:certificate", "credit:revoke", "credit:plea",
    "credit:plea-step", "credit:publicity-one", "credit:publicity-step", "credit:trial", "api:credit_score",
    "api:credit_plead",
)  # fmt: skip
def no_such_record_of_credit() -> Arguments:
    return {"number": NONE}


@sample("credit:plea-file")
def no_such_file_of_a_plea() -> Arguments:
    return {"number": NONE, "file": NONE}


@sample("open_credit:list")
def no_such_public_list() -> Arguments:
    return {"number": "GS00000000"}


@sample("open_credit:check")
def no_such_certificate() -> Arguments:
    return {"code": "x" * 22}
