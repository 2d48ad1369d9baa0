"""The way of an example payment: four people, a bank, each on a working day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from youju.foundation.kernel.chance import Chance
from youju.foundation.workflow.walks import Walk, next_moment
from youju.rules.funds.payments.lifecycle import APPROVED, FLOW, PAID, RETURNED, SENT

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
_SIGNED = {"reviewed": 1, "checked": 2, APPROVED: 3, SENT: 3, PAID: 3, RETURNED: 3}


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


def hands(walk: Walk) -> dict[str, Any]:
    """What the way leaves on the payment itself: who had which hand in it, and when."""
    signs, at = _SIGNED.get(walk.state, 0), {step.transition: step.at for step in walk.steps}
    return {
        "revision": len(walk.steps),
        "requested_by": [ASKS[0]],
        "section_by": [SECTION[0]] if signs > 0 else [],
        "finance_by": [FINANCE[0]] if signs > 1 else [],
        "approved_by": [HEAD[0]] if signs > 2 else [],
        "requested_at": walk.steps[1].at,
        "approved_at": at.get("approve"),
        "sent_at": at.get("send"),
        "attempts": 1 if "send" in at else 0,
    }
