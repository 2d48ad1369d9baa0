"""Sample arguments for the addresses of the orders room."""

from __future__ import annotations

from web.samples import Arguments, sample


@sample(
    "orders:order",
    "orders:purchase",
    "orders:edit",
    "orders:confirm",
    "orders:send-back",
    "orders:cancel",
    "orders:paper-add",
    "api:order_detail",
    "api:confirm",
    "api:send_back",
    "api:cancel",
)
def no_such_order() -> Arguments:
    return {"number": "T000000000000"}


@sample("orders:paper")
def no_such_paper() -> Arguments:
    return {"number": "T000000000000", "paper": 999_999_999}
