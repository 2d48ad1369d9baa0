"""People, plans, samples and findings of internal supervision for tests, made through the services as people would."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from office_made import PNG
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.funds.internal_audits import services
from youju.funds.internal_audits.models import Engagement, Finding, Sample


@dataclass(frozen=True)
class Office:
    """The auditor, the head, one of each of two sections, finance, the performance officer."""

    auditor: User
    head: User
    market: User
    trade: User
    finance: User
    officer: User


def office() -> Office:
    """All of them."""
    return Office(
        auditor=person(Role.AUD, username="aud-one"),
        head=person(Role.HED, username="aud-head"),
        market=person(Role.STF, username="aud-market", sections=("SC",)),
        trade=person(Role.STF, username="aud-trade", sections=("WM",)),
        finance=person(Role.FIN, username="aud-finance"),
        officer=person(Role.PFO, username="aud-officer"),
    )


def today() -> date:
    """Of the product's clock."""
    return timezone.localdate()


def engagement(team: Office) -> Engagement:
    """An engagement under this year's approved plan."""
    year = today().year
    with as_(team.auditor):
        services.draft_plan(
            actor=team.auditor, year=year, wish=services.PlanWish("年度监督计划", ("资金", "合同"))
        )
        services.add_item(
            actor=team.auditor,
            year=year,
            wish=services.ItemWish(
                "资金", "付款检查", team.auditor.username, date(year, 1, 1), date(year, 12, 31), ("CW",)
            ),
        )
        services.step_plan(actor=team.auditor, year=year, step="submit")
    with as_(team.head):
        services.step_plan(actor=team.head, year=year, step="approve")
    with as_(team.auditor):
        return services.open_engagement(actor=team.auditor, year=year, place=1)


def sample(team: Office, row: Engagement, **given: Any) -> Sample:
    """A sample of what there is of contracts."""
    words: dict[str, Any] = {
        "population": "contracts",
        "since": today() - timedelta(days=400),
        "until": today(),
        "seed": "2023",
        "size": 3,
        "limits": (Decimal(10_000),),
        "certainty": Decimal(100_000),
    }
    with as_(team.auditor):
        return services.draw_sample(
            actor=team.auditor, engagement_id=row.pk, wish=services.SampleWish(**(words | given))
        ).sample


def wish(**given: Any) -> services.FindingWish:
    """A finding of today for the market section."""
    words: dict[str, Any] = {
        "title": "付款没有附验收单",
        "description": "付款凭证后没有验收单。",
        "category": "payment",
        "seriousness": "minor",
        "basis": "财务管理办法第十二条",
        "section": "SC",
        "found_on": today(),
        "amount": Decimal("100.00"),
    }
    return services.FindingWish(**(words | given))


def finding(team: Office, **given: Any) -> Finding:
    """A registered finding."""
    with as_(team.auditor):
        return services.register_finding(actor=team.auditor, wish=wish(**given)).finding


def step(user: User, row: Finding, code: str, **given: Any) -> Finding:
    """One step by somebody, as after a login."""
    with as_(user):
        return services.step_finding(actor=user, number=row.number, step=code, **given)


def replied(team: Office, row: Finding, user: User | None = None) -> Finding:
    """The finding, notified and replied to with evidence."""
    doer = user or team.market
    if row.state == "noted":
        row = step(team.auditor, row, "notify")
    with as_(doer):
        services.add_evidence(actor=doer, number=row.number, content=PNG, name=f"验收单{row.round}.png")
    return step(doer, row, "reply", text="已补齐验收单")


def closed(team: Office, row: Finding, user: User | None = None) -> Finding:
    """The finding, led to its end."""
    row = replied(team, row, user)
    row = step(team.auditor, row, "verify")
    return step(team.auditor, row, "close")
