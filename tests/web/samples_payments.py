"""Sample arguments for the addresses of the payments room."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample


@sample(
    "payments:payment",
    "payments:payment-step",
    "payments:payment-revise",
    "payments:payment-correct",
    "payments:payment-answer",
    "payments:payment-outcome",
    "payments:payment-decide",
    "payments:payment-unmask",
    "payments:bank-file",
    "payments:bank-void",
    "api:payment_detail",
)
def no_such_payment() -> Arguments:
    """None that is there: every role that may ask gets the same sentence."""
    return {"number": "X000000000000"}


@sample("payments:payment-order")
def no_such_order() -> Arguments:
    return {"number": "X000000000000", "format": "pdf"}


@sample("payments:bank-download")
def no_such_list() -> Arguments:
    return {"number": "X000000000000", "format": "csv"}


@sample("payments:payment-paper")
def no_such_evidence() -> Arguments:
    return {"number": "X000000000000", "file_id": 7}


@sample("payments:order-file")
def no_such_file() -> Arguments:
    return {"document": uuid.UUID(int=7)}


@sample("payments:bank-return")
def no_such_return() -> Arguments:
    return {"return_id": 999_999}


@sample("payments:bank-settle")
def no_such_row() -> Arguments:
    return {"return_id": 999_999, "row_id": 999_999}


@sample("api:payment_progress")
def a_year() -> Arguments:
    return {"year": 2023}


@sample("payments:reminder")
def no_such_reminder() -> Arguments:
    return {"key": "due-X"}
