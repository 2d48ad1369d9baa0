"""Sample arguments for the addresses of the room of settlement."""

from __future__ import annotations

from web.samples import Arguments, sample

NONE = "X000000000000"


@sample(
    "settlement:receipt", "settlement:receipt-match", "settlement:receipt-undo", "settlement:receipt-refund",
    "settlement:receipt-return", "settlement:receipt-explain", "settlement:reservation", "settlement:reservation-confirm",
    "settlement:reservation-release", "api:settlement_reservation", "api:settlement_confirm", "api:settlement_release",
)  # fmt: skip
def no_such_receipt() -> Arguments:
    """None that is there: every role that may ask gets the same sentence."""
    return {"number": NONE}


@sample("settlement:ledger")
def no_such_ledger() -> Arguments:
    return {"key": NONE}


@sample("settlement:receipt-picture")
def no_such_picture() -> Arguments:
    return {"number": NONE, "file_id": 7}


@sample("settlement:line-explain")
def no_such_line() -> Arguments:
    return {"line": 999_999_999}
