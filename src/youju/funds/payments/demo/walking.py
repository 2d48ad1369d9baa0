"""The way of an example payment: four people, a bank, each on a working day."""

from __future__ import annotations

from datetime import datetime

from youju.foundation.kernel.chance import Chance
from youju.foundation.workflow.walks import Walk, next_moment
from youju.rules.funds.payments.lifecycle import FLOW

ASKS, SECTION = ("demo-stf2", "刘洋"), ("demo-stf", "陈立")
FINANCE, HEAD, BANK = ("demo-fin", "王芳"), ("demo-hed", "李建国"), ("", "银行回单")
_WAY = (("review_section", SECTION), ("review", FINANCE), ("approve", HEAD), ("send", FINANCE))
_REACHED = {
    "requested": 0,
    "draft": 1,
    "reviewed": 1,
    "checked": 2,
    "approved": 3,
    "sent": 4,
    "paid": 4,
    "returned": 4,
}


def walk_to(
    state: str, began: datetime, chance: Chance, *, at_bank: datetime | None = None, note: str = ""
) -> Walk:
    """A case that stands in a state, begun at a moment.

    Args:
        state: where it stands.
        began: when it was asked for.
        chance: for the hours.
        at_bank: when the bank paid or returned it.
        note: why it came back.
    """
    walk = Walk(FLOW, ASKS, began)
    walk.take("request", ASKS, began)
    moment = began
    for step, by in _WAY[: _REACHED[state]]:
        moment = next_moment(moment, 0 if step == "send" else chance.below(2), chance)
        if at_bank is not None:
            moment = min(moment, at_bank)
        walk.take(step, by, moment)
    if state == "draft":
        walk.take("return_review", FINANCE, next_moment(moment, 0, chance), note)
    elif state in {"paid", "returned"}:
        step = "pay" if state == "paid" else "send_back"
        walk.take(step, BANK, at_bank or next_moment(moment, 1, chance), note)
    return walk
