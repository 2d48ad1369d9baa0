"""Sample arguments for the addresses of the room of exemptions."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample

NONE = 999_999_999


@sample(
    "exemptions:filing", "exemptions:step", "exemptions:certificate", "exemptions:certificate-step",
    "exemptions:certificate-paper", "exemptions:line", "exemptions:invoice-remove", "api:exemption_filing",
    "api:exemption_step",
)  # fmt: skip
def no_such_exemption() -> Arguments:
    return {"number": NONE}


@sample("exemptions:paper")
def no_such_certificate() -> Arguments:
    return {"document": uuid.UUID(int=0)}


@sample("exemptions:quarter", "exemptions:quarter-report", "exemptions:quarter-xlsx", "api:consignor_quarter")
def a_quarter_of_nobody() -> Arguments:
    return {"quarter": "2025Q4", "agent": NONE}
