"""Events for tests: planned, published and signed up to through the services, as people would."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from youju.foundation.identity.models import User
from youju.office.events import services
from youju.office.events.models import Application, Deal, Event, Prospect, Session, Signup


def today() -> date:
    return timezone.localdate()


def wish(**given: Any) -> services.EventWish:
    """An exhibition that begins in ten days, three places, unless told otherwise."""
    words: dict[str, Any] = {
        "kind": "exhibition",
        "name": "第 135 届广交会",
        "starts_on": today() + timedelta(days=10),
        "places": 3,
    } | given
    words.setdefault("ends_on", words["starts_on"] + timedelta(days=3))
    return services.EventWish(**words)


def event(actor: User, **given: Any) -> Event:
    """A planned event."""
    return services.plan_event(actor=actor, wish=wish(**given)).event


def published(actor: User, **given: Any) -> Event:
    """An event that enterprises can sign up to."""
    row = event(actor, **given)
    return services.take_step(actor=actor, event_id=row.pk, step="publish").event


def running(actor: User, **given: Any) -> Event:
    """An event that has begun today and was published."""
    return published(actor, **({"starts_on": today()} | given))


def begun(actor: User, kind: str, **given: Any) -> Event:
    """An event of a kind that has begun, not announced."""
    row = event(actor, **({"kind": kind, "starts_on": today(), "places": None} | given))
    return services.take_step(actor=actor, event_id=row.pk, step="begin").event


def signup_wish(**given: Any) -> services.SignupWish:
    words = {"contact_name": "许红", "contact_phone": "15400000001", "products": "拉杆箱"} | given
    return services.SignupWish(**words)


def signed_up(actor: User, row: Event, **given: Any) -> Signup:
    """An enterprise signed up."""
    return services.sign_up(actor=actor, event_id=row.pk, wish=signup_wish(**given))


def let_in(staff: User, signup: Signup) -> Signup:
    return services.decide_signup(actor=staff, signup_id=signup.pk, step="approve")


def deal(actor: User, signup: Signup, *, proof: bytes | None = None, **given: Any) -> Deal:
    """An order declared."""
    words: dict[str, Any] = {"won_on": today(), "amount": Decimal("386000.00"), "country": "AE"} | given
    return services.declare_deal(
        actor=actor,
        signup_id=signup.pk,
        wish=services.DealWish(**words),
        proof=proof,
        proof_name="订单.png" if proof else "",
    )


def session(actor: User, row: Event, **given: Any) -> Session:
    words: dict[str, Any] = {"title": "政策宣讲", "held_on": row.starts_on, "hours": Decimal("3.0")} | given
    return services.add_session(actor=actor, event_id=row.pk, wish=services.SessionWish(**words))


def prospect(actor: User, row: Event, **given: Any) -> Prospect:
    words: dict[str, Any] = {
        "firm": "示例国际货运公司",
        "service": "freight",
        "contacted_on": today() - timedelta(days=9),
        "contact_name": "李先生",
        "contact_phone": "15410000001",
    } | given
    return services.add_prospect(actor=actor, event_id=row.pk, wish=services.ProspectWish(**words))


def application(actor: User, row: Event, **given: Any) -> Application:
    words: dict[str, Any] = {
        "firm": "示例外贸代理公司",
        "intent_on": today() - timedelta(days=9),
    } | given
    return services.add_application(actor=actor, event_id=row.pk, wish=services.ApplicationWish(**words))
