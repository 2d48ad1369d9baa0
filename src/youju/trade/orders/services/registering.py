"""Registering an order: load facts, ask the rules, write, record. One transaction, the same for page, spreadsheet and API."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from youju.foundation.audit.services import record_later
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.context import current
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.law import whole
from youju.rules.trade.orders.judging import Judgement
from youju.rules.trade.orders.lifecycle import CONFIRMED, REGISTERED
from youju.trade.orders import events, permissions
from youju.trade.orders.facts import Known, OrderWish, known
from youju.trade.orders.services import numbering, writing
from youju.trade.orders.services.checking import said_of
from youju.trade.orders.services.deciding import returns_changed

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Registered:
    """A registered order: its id, number, state, total and what was said of it."""

    id: int
    number: str
    state: str
    amount: str
    findings: tuple[Finding, ...]


class RefusedOrder(InputError):  # noqa: N818 - what the user reads is that the order was refused
    """The rules stop the order, or want explanations; ``findings`` say which."""

    def __init__(self, what: str, how: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(what, where="交易单", how=how, status=422)
        self.findings = findings


@transaction.atomic
def register_order(*, actor: User, wish: OrderWish) -> Registered:
    """Register an order for the actor's own organisation or, as its agent, for a principal.

    The registering side has confirmed with that; the order waits for the other one, and without an agent for nobody.

    Raises:
        PermissionDenied: the actor may not register, or belongs to neither side.
        RefusedOrder: hard findings, or soft ones without an explanation (422); nothing is stored.
    """
    return register_within(actor=actor, wish=wish)


def register_within(*, actor: User, wish: OrderWish) -> Registered:
    """The same as part of a transaction that fails as a whole where this fails: two round trips and no savepoint."""
    require(actor, permissions.EDIT)
    numbering.ready()
    found = known(wish)
    return write_registered(actor, found, judged(found))


def open_findings(found: Known, said: Judgement) -> tuple[Finding, ...]:
    """The soft findings that have no explanation yet, or too short a one."""
    least = whole(law_on(found.wish.ordered_on), "trade.orders.explanation_length")
    answered = [key for key, words in found.wish.explanations.items() if len(words.strip()) >= least]
    return said.unexplained(answered)


def judged(found: Known) -> Judgement:
    """What the rules of the day say of a wish.

    Raises:
        RefusedOrder: they stop it, or ask for explanations that are not there.
    """
    law = law_on(found.wish.ordered_on)
    said = said_of([found])[0]
    if said.hard:
        raise RefusedOrder(
            f"不能登记：{said.hard[0].message.rstrip('。')}{_more(said.hard)}",
            said.hard[0].suggestion.rstrip("。"),
            tuple(said.findings),
        )
    open_ones = open_findings(found, said)
    if open_ones:
        least = whole(law, "trade.orders.explanation_length")
        raise RefusedOrder(
            f"有 {len(open_ones)} 条意见要先说明：{open_ones[0].message.rstrip('。')}{_more(open_ones)}",
            f"{open_ones[0].suggestion.rstrip('。')}；每条说明至少 {least} 个字",
            tuple(said.findings),
        )
    return said


def write_registered(actor: User, found: Known, said: Judgement) -> Registered:
    """Write a judged order and its entry on the trail."""
    sides = sides_of(actor, found)
    state = state_after(found, sides)
    key, number = writing.write_order(found, said.findings, state=state, by=actor.username, sides=sides)
    returns_changed(found.about)
    record_later(events.REGISTERED, Subject(events.ORDER_KIND, number, number), None, entry_of(found))
    return Registered(key, number, state, str(found.facts.amount), tuple(said.findings))


def told(done: Registered) -> dict[str, object]:
    """What a program is answered."""
    return {
        "number": done.number,
        "state": done.state,
        "amount": done.amount,
        "findings": [each.as_json() for each in done.findings],
    }


def state_after(found: Known, sides: tuple[str, ...]) -> str:
    """In which state an order stands once these sides have confirmed it."""
    done = "merchant" in sides and (found.agent is None or "agent" in sides)
    return CONFIRMED if done else REGISTERED


def sides_of(actor: User, found: Known) -> tuple[str, ...]:
    """For which sides of an order the actor speaks.

    Raises:
        PermissionDenied: for none.
    """
    own = actor.organisation_id
    sides = tuple(
        side
        for side, partner in (("merchant", found.merchant), ("agent", found.agent))
        if partner is not None and partner.organisation == own
    )
    if not sides:
        raise PermissionDenied("您的单位不是这张交易单的卖方，也不是它的代理，不能登记。")
    return sides


def speaks_for(actor: User, found: Known) -> bool:
    """Whether the actor belongs to a side of an order."""
    own = actor.organisation_id
    return any(each is not None and each.organisation == own for each in (found.merchant, found.agent))


def entry_of(found: Known) -> dict[str, object]:
    """What the trail keeps of an order: the head's figures, and a hash over the lines instead of the lines."""
    facts = found.facts
    digest = hashlib.sha256(
        "\n".join(
            f"{line.line_no} {line.good_number} {line.quantity} {line.unit} {line.amount} {line.net_weight} {line.gross_weight}"
            for line in facts.lines
        ).encode()
    ).hexdigest()
    return {
        "kind": found.wish.kind.label,
        "merchant": found.wish.merchant,
        "agent": found.wish.agent,
        "buyer": found.wish.buyer,
        "ordered_on": found.wish.ordered_on,
        "currency": facts.currency,
        "amount": facts.amount,
        "lines": len(facts.lines),
        "explained": [
            f"{rule}{f'（第 {line} 行）' if line else ''}：{words}"
            for (rule, line), words in found.wish.explanations.items()
        ],
        "digest": digest,
        "channel": current().channel,
    }


def _more(findings: tuple[Finding, ...]) -> str:
    return f"（另有 {len(findings) - 1} 条）" if len(findings) > 1 else ""
