"""Sample arguments for the addresses of the declarations room."""

from __future__ import annotations

import uuid

from web.samples import Arguments, sample


@sample(
    "declarations:declaration",
    "declarations:header",
    "declarations:step",
    "declarations:correct",
    "declarations:message",
    "declarations:papers",
    "declarations:draft-make",
    "api:declaration_detail",
    "api:declaration_message",
    "api:declaration_header",
    "api:declaration_enter",
    "api:declaration_withdraw",
    "api:declaration_correct",
)
def no_such_declaration() -> Arguments:
    """None that is there: every role that may ask gets the same sentence."""
    return {"key": "D000000000000"}


@sample("declarations:line", "api:declaration_line")
def no_such_line() -> Arguments:
    return {"key": "D000000000000", "g_no": 1}


@sample("declarations:list")
def no_such_list() -> Arguments:
    return {"key": "D000000000000", "place": 0}


@sample(
    "declarations:packing",
    "declarations:packing-plan",
    "declarations:packing-broker",
    "api:packing_plan",
    "api:packing_broker",
)
def no_such_packing() -> Arguments:
    return {"number": "X000000000000"}


@sample(
    "declarations:plan",
    "declarations:plan-move",
    "declarations:plan-undo",
    "declarations:plan-accept",
    "declarations:plan-drop",
    "api:plan_detail",
    "api:plan_move",
    "api:plan_undo",
    "api:plan_accept",
    "api:plan_drop",
)
def no_such_plan() -> Arguments:
    return {"plan_id": 7_000_000}


@sample("declarations:plan-list")
def no_such_plan_list() -> Arguments:
    return {"plan_id": 7_000_000, "place": 0}


@sample("declarations:draft-file")
def no_such_draft() -> Arguments:
    return {"document_id": uuid.UUID(int=7)}
