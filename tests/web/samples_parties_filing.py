"""Sample arguments for the addresses of the parties room: a filing that is not there; everybody who may ask is told so."""

from __future__ import annotations

from web.samples import Arguments, sample

NONE = 10**9


@sample(
    "parties:party",
    "parties:step",
    "parties:keep",
    "parties:submit",
    "parties:discard",
    "parties:paper-add",
    "api:party",
    "api:party_change",
    "api:party_paper",
    "api:party_submit",
)
def no_such_party() -> Arguments:
    return {"party_id": NONE}


@sample("parties:edit")
def no_such_form() -> Arguments:
    return {"party_id": NONE, "step": "fields"}


@sample("parties:paper", "parties:paper-remove")
def no_such_paper() -> Arguments:
    return {"party_id": NONE, "paper_id": NONE}


@sample("parties:unmask")
def no_such_number() -> Arguments:
    return {"party_id": NONE, "identifier_id": NONE}
