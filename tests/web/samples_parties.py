"""Sample arguments for the addresses of the parties room."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample


@sample(
    "parties:agreement",
    "parties:agreement-edit",
    "parties:agreement-sign",
    "parties:agreement-step",
    "parties:agreement-papers",
)
def no_such_agreement() -> Arguments:
    """An agreement that is not there: every role that may ask gets the same sentence, and no row is reached for it."""
    return {"number": 7}


@sample("parties:agreement-make")
def no_such_paper() -> Arguments:
    return {"number": 7, "kind": "pdf"}


@sample("parties:agreement-file")
def no_such_file() -> Arguments:
    return {"document_id": uuid.UUID(int=7)}


@sample("api:agreement", "api:sign_agreement")
def no_such_number() -> Arguments:
    return {"number": 7}


@sample("api:agreement_step")
def no_such_step() -> Arguments:
    return {"number": 7, "step": "offer"}
