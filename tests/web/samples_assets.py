"""Sample arguments for the addresses of the room of assets."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample

NONE = 999_999_999


@sample(
    "assets:asset", "assets:edit", "assets:asset-move", "assets:asset-dispose", "assets:asset-link", "assets:move",
    "assets:move-step", "assets:disposal", "assets:disposal-step", "assets:stocktake", "assets:stocktake-step",
    "assets:count", "assets:count-one", "assets:count-list", "api:asset", "api:upload_counts",
)  # fmt: skip
def no_such_record() -> Arguments:
    return {"number": NONE}


@sample("assets:payment", "assets:payment-cards", "assets:expense", "assets:code")
def no_such_number() -> Arguments:
    return {"number": "FK0"}


@sample("assets:decide")
def no_such_line() -> Arguments:
    return {"number": NONE, "item": NONE}


@sample("assets:label-paper")
def no_such_paper() -> Arguments:
    return {"document": uuid.UUID(int=0)}
