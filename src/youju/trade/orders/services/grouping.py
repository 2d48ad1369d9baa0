"""Orders written as a group: looked up at once, judged one by one, written and recorded at once; as if they had come singly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from youju.foundation.audit.services import record_many_later
from youju.foundation.database.statements import send
from youju.foundation.identity.permissions import require
from youju.foundation.identity.services.idempotency import Earlier, keep_many
from youju.foundation.kernel.context import Context
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.rules.trade.orders.judging import Judgement
from youju.rules.trade.orders.kinds import OrderKind
from youju.trade.orders import events, permissions
from youju.trade.orders.facts import Known, OrderWish, known_many, refuse_without_rules, total_of
from youju.trade.orders.services import numbering, writing
from youju.trade.orders.services.registering import (
    Registered,
    entry_of,
    judged,
    sides_of,
    state_after,
    told,
)

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Given = tuple[int, Any, bool]
"""Status, answer, and whether it is one from before."""
# What lies ready for a group; a bigger one asks for the rest when it knows how many it needs.
_READY = 8
# Bounds what one statement carries and how long one transaction holds its segment of the trail.
_MOST_LINES = 5_000


@dataclass(frozen=True, slots=True)
class Sent:
    """An order of a stream: its line there, its idempotency key with the digest of what was sent where, and what it wishes."""

    line: int
    key: str
    digest: str
    address: str
    body: bytes
    wish: OrderWish


@dataclass(slots=True)
class _Group:
    sent: list[Sent] = field(default_factory=list)
    seen: set[object] = field(default_factory=set)
    lines: int = 0

    def takes(self, each: Sent) -> bool:
        """Whether nothing in the group has a say in what this order is answered."""
        marks = {each.key, _twin(each.wish)}
        sale = each.wish.kind is OrderKind.SALE and not each.wish.about
        fits = sale and marks.isdisjoint(self.seen) and self.lines + len(each.wish.lines) <= _MOST_LINES
        if fits or not self.sent:
            self.sent.append(each)
            self.seen |= marks
            # A return takes from what is left of its sale: it goes alone.
            self.lines += len(each.wish.lines) if sale else _MOST_LINES + 1
            return True
        return False


def groups(read: Iterable[Sent]) -> Iterator[list[Sent]]:
    """Orders that may go together, in their order."""
    group = _Group()
    for each in read:
        if not group.takes(each):
            yield group.sent
            group = _Group()
            group.takes(each)
    if group.sent:
        yield group.sent


@transaction.atomic
def register_group(
    *, actor: User, group: Sequence[Sent], by: Sequence[Context] = ()
) -> list[Given | InputError | PermissionDenied]:
    """Register orders that have nothing to do with one another; for each its answer, or what it was refused with.

    Args:
        actor: who registers them.
        group: of :func:`groups`.
        by: for orders of several requests, whence each came: they differ in address and request alone.

    Raises:
        PermissionDenied: the actor may not register orders.
        DatabaseError: one of them cannot be written, or was registered under its key meanwhile; none is written then.
    """
    require(actor, permissions.EDIT)
    answers: dict[int, Given | InputError | PermissionDenied] = {}
    earlier = Earlier(actor, [each.key for each in group])
    lawful = []
    for place, each in enumerate(group):
        try:
            refuse_without_rules(each.wish)
            lawful.append(place)
        except InputError as error:
            answers[place] = error
    numbering.ready(min(len(lawful), _READY))
    found = (
        dict(zip(lawful, known_many([group[place].wish for place in lawful]), strict=True)) if lawful else {}
    )
    send()
    passed: dict[int, tuple[Known, Judgement, tuple[str, ...]]] = {}
    for place, each in enumerate(group):
        try:
            before = earlier.answer(each.key, each.digest)
            if before is not None:
                answers[place] = before
            elif place in found:
                said = judged(found[place])
                passed[place] = found[place], said, sides_of(actor, found[place])
        except (InputError, PermissionDenied) as error:
            answers[place] = error
    written = _written(actor, group, passed, [by[place] for place in passed] if by else ())
    return [answer for _, answer in sorted((answers | written).items())]


def _written(
    actor: User,
    group: Sequence[Sent],
    passed: dict[int, tuple[Known, Judgement, tuple[str, ...]]],
    by: Sequence[Context],
) -> dict[int, Given]:
    if not passed:
        return {}
    allotted = numbering.taken_many([known.wish.ordered_on for known, _, _ in passed.values()])
    new = [
        writing.New(key, number, known, said.findings, state_after(known, sides), sides)
        for (key, number), (known, said, sides) in zip(allotted, passed.values(), strict=True)
    ]
    writing.write_orders(new, by=actor.username)
    record_many_later(
        events.REGISTERED,
        [(Subject(events.ORDER_KIND, each.number, each.number), None, entry_of(each.known)) for each in new],
        by=by,
    )
    done = {
        place: told(
            Registered(each.id, each.number, each.state, str(each.known.facts.amount), tuple(each.findings))
        )
        for place, each in zip(passed, new, strict=True)
    }
    keep_many(actor, [(group[place].key, group[place].digest, 201, answer) for place, answer in done.items()])
    return {place: (201, answer, False) for place, answer in done.items()}


def _twin(wish: OrderWish) -> tuple[object, ...]:
    """Two with the same are like one another: the second has to be explained, so it must see the first."""
    return wish.merchant, wish.buyer, wish.ordered_on, total_of(wish)
