"""Sample arguments for the addresses of the exchange."""

from __future__ import annotations

from web.samples import Arguments, sample


@sample(
    "api:declaration_customs",
    "api:declaration_messages",
    "api:declaration_send",
    "declarations:exchange-customs",
    "declarations:exchange-declaration",
    "declarations:exchange-entry",
    "declarations:exchange-send",
    "declarations:exchange-send-again",
)
def no_such_declaration() -> Arguments:
    """None that is there: every role that may ask gets the same sentence."""
    return {"key": "X000000000000-1"}


@sample("declarations:exchange-message", "declarations:exchange-put-back")
def no_such_message() -> Arguments:
    return {"pk": 7}


@sample("api:exchange_put_back")
def no_such_reply() -> Arguments:
    return {"message": 7}
