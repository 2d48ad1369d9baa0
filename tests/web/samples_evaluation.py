"""Sample arguments for the addresses of the room of evaluation."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample

NONE = 999_999_999


@sample(
    "evaluation:self", "evaluation:fill", "evaluation:step", "evaluation:recheck", "evaluation:drift", "evaluation:apply",
    "evaluation:make", "evaluation:attach", "evaluation:key", "evaluation:key-frame", "evaluation:key-score",
    "evaluation:key-write", "evaluation:key-step", "evaluation:key-report", "api:self_evaluation",
)  # fmt: skip
def no_such_evaluation() -> Arguments:
    return {"number": NONE}


@sample("evaluation:reduce")
def no_such_row_of_an_evaluation() -> Arguments:
    return {"number": NONE, "row": 1}


@sample("evaluation:evidence")
def no_such_evidence() -> Arguments:
    return {"number": NONE, "file": NONE}


@sample("evaluation:pack")
def no_such_pack() -> Arguments:
    return {"year": 2023, "file": NONE}


@sample("evaluation:document")
def no_such_document_of_an_evaluation() -> Arguments:
    return {"document": uuid.UUID(int=0)}
