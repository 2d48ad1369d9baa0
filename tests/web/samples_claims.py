"""Sample arguments for the addresses of applications, rounds and objections: records that are not there."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample

NUMBER = "BT2024-00007"


@sample(
    "claims:claim", "claims:edit", "claims:keep", "claims:refresh", "claims:cost-add", "claims:paper-add", "claims:certify",
    "claims:prepay",
    "claims:step", "claims:account", "claims:lines", "claims:review", "claims:conflict", "claims:round", "claims:round-add",
    "claims:round-remove", "claims:round-step", "claims:round-award", "claims:round-pay", "claims:round-papers",
    "claims:objection", "claims:objection-decide", "claims:objection-contact", "claims:public-list", "claims:public-object",
    "api:claim", "api:claim_lines",
)  # fmt: skip
def no_such_number() -> Arguments:
    """Every role that may ask gets the same sentence, and no row is reached for it."""
    return {"number": NUMBER}


@sample("claims:cost-remove")
def no_such_cost() -> Arguments:
    return {"number": NUMBER, "cost_id": 7}


@sample("claims:file")
def no_such_file() -> Arguments:
    return {"number": NUMBER, "sha256": "0" * 64}


@sample("claims:round-make")
def no_such_paper() -> Arguments:
    return {"number": NUMBER, "kind": "pdf"}


@sample("claims:round-file")
def no_such_document() -> Arguments:
    return {"document_id": uuid.UUID(int=7)}


@sample("claims:public-answer")
def no_such_objection() -> Arguments:
    return {"key": uuid.UUID(int=7)}


@sample("api:claim_step")
def no_such_step() -> Arguments:
    return {"number": NUMBER, "step": "submit"}
