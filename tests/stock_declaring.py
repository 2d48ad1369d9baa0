"""Declaring in the race of ``stock_racing``: whoever is first closes a packing and declares it, or withdraws all and reopens."""

from __future__ import annotations

from random import Random

from trade_deals import DAY
from youju.foundation.identity.models import User
from youju.foundation.kernel.errors import InputError
from youju.trade.declarations import services as declarations
from youju.trade.declarations.models import Declaration, Plan
from youju.trade.packing import services as packing

_SHARE = 0.5


def declare(user: User, number: str, drawn: Random) -> None:
    """One deed of a declarant with a packing that others pack, unpack and declare at the same time.

    Raises:
        InputError: somebody else was faster, or there is nothing to declare or to withdraw.
    """
    if drawn.random() < _SHARE:
        _declare(user, number)
    else:
        _withdraw(user, number, drawn)


def _declare(user: User, number: str) -> None:
    try:
        packing.step_packing(actor=user, number=number, step="close")
    except InputError:
        if not Plan.objects.filter(packing__number=number, packing__state="closed").exists():
            raise
    plan = declarations.plan_packing(actor=user, number=number, day=DAY)
    if plan.state == "planning":
        plan = declarations.work_out_plan(actor=user, plan_id=plan.pk) or plan
    declarations.accept_plan(actor=user, plan_id=plan.pk)


def _withdraw(user: User, number: str, drawn: Random) -> None:
    rows = list(Declaration.objects.filter(packing__number=number).exclude(state="withdrawn"))
    drawn.shuffle(rows)
    for row in rows:
        declarations.withdraw(actor=user, key=str(row), reason="改天再报")
    packing.step_packing(actor=user, number=number, step="reopen", reason="货有变化")
