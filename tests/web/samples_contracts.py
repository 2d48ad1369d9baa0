"""Sample arguments for the addresses of the room of contracts."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample

NONE = 999_999_999


@sample(
    "contracts:contract", "contracts:edit", "contracts:end", "contracts:deliverable-add", "contracts:instalment-add",
    "contracts:opinion-add", "contracts:paper-add", "contracts:deliverable", "contracts:deliverable-step",
    "contracts:sheet-make",
)  # fmt: skip
def no_such_contract() -> Arguments:
    return {"number": NONE}


@sample("contracts:paper")
def no_such_paper() -> Arguments:
    return {"number": NONE, "file": NONE}


@sample("contracts:instalment-remove")
def no_such_instalment() -> Arguments:
    return {"number": NONE, "place": 1}


@sample("contracts:sheet")
def no_such_sheet() -> Arguments:
    return {"document": uuid.UUID(int=0)}


@sample("api:contract")
def no_such_contract_of_the_api() -> Arguments:
    return {"number": NONE}
