"""A release as the rules DIS-… look at it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from youju.foundation.identity.selectors import colleagues
from youju.funds.payments.selectors import payments
from youju.rules.performance.disclosure.contents import fields_of, texts_of
from youju.rules.performance.disclosure.facts import ReleaseFacts

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.performance.disclosure.models import Release


def release_facts(
    row: Release,
    moment: Literal["prepare", "publish", "watch"],
    day: date,
    *,
    actor: User,
    hands: tuple[str, ...] = (),
) -> ReleaseFacts:
    """A release, saved or not yet; ``hands`` are the usernames that prepared it."""
    notes: dict[str, Any] = row.content.get("notes", {})
    watch = moment == "watch"
    public = {key: value for key, value in row.content.items() if key != "notes"}
    return ReleaseFacts(
        moment=moment,
        day=day,
        kind=row.kind,
        texts=() if watch else (*texts_of(public), ("更正理由", row.reason)),
        fields={} if watch else fields_of(public),
        people=frozenset() if watch else people_known(actor),
        firms=frozenset() if watch else firms_known(actor),
        unapproved=tuple(notes.get("unapproved", ())),
        unfrozen=tuple(notes.get("unfrozen", ())),
        missing=tuple(notes.get("missing", ())),
        due_on=row.due_on,
        number=row.version,
        reason=row.reason,
        hands=hands or (row.prepared_by,),
        actor=actor.username,
        published=row.published_at is not None,
    )


def people_known(actor: User) -> frozenset[str]:
    """The names of all who have an account."""
    return frozenset(colleagues(actor=actor, everybody=True).values_list("display_name", flat=True))


def firms_known(actor: User) -> frozenset[str]:
    """The names of all who were ever to be paid."""
    return frozenset(payments(actor=actor).order_by().values_list("payee_name", flat=True).distinct())
