"""Sample arguments for the addresses of the orders room: an order that is not there; everybody who may ask is told so."""

from __future__ import annotations

from web.samples import Arguments, sample


@sample("api:order_detail", "api:confirm", "api:send_back", "api:cancel")
def no_such_order() -> Arguments:
    return {"number": "T000000000000"}
