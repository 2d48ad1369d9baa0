"""Sample arguments for the addresses of the room of events."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample

NONE = 999_999_999


@sample(
    "events:event", "events:edit", "events:step", "events:cost-add", "events:signup-add", "events:session-add",
    "events:prospect-add", "events:application-add", "events:attach", "events:summary-make", "events:signup",
    "events:signup-step", "events:signup-booth", "events:signup-contact", "events:deal-add", "events:deal",
    "events:deal-decide", "events:deal-prove", "events:session", "events:session-expected", "events:session-people",
    "events:session-present", "events:prospect", "events:prospect-step", "events:prospect-contact", "events:application",
    "events:application-step", "events:application-attach", "events:own-event", "events:own-signup", "events:own-withdraw",
    "events:own-declare", "events:own-deal", "events:own-prove",
)  # fmt: skip
def no_such_event() -> Arguments:
    return {"number": NONE}


@sample("events:file", "events:deal-proof", "events:application-file", "events:own-file", "events:own-proof")
def no_such_file_of_an_event() -> Arguments:
    return {"number": NONE, "file": NONE}


@sample("events:cost-remove")
def no_such_cost() -> Arguments:
    return {"number": NONE, "cost": NONE}


@sample("events:summary")
def no_such_summary() -> Arguments:
    return {"document": uuid.UUID(int=0)}


@sample("events:check-in")
def no_such_code() -> Arguments:
    return {"token": "x" * 22}


@sample("events:new")
def a_kind_of_event() -> Arguments:
    return {"kind": "exhibition"}


@sample("events:parts")
def a_list_of_events() -> Arguments:
    return {"part": "signups"}


@sample("api:office_event", "api:sign_up")
def no_such_event_of_the_api() -> Arguments:
    return {"number": NONE}
