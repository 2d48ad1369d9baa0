"""Enterprises with exports, and applications at every stage, made through the services; a policy of its own for the tests."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from unittest.mock import patch
from zoneinfo import ZoneInfo

from django.utils import timezone

from trade_deals import Deal, make_deal
from trade_declared import declared, order_of
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.funds.subsidies import services
from youju.funds.subsidies.models import Application, AwardRound
from youju.funds.subsidies.selectors import texts
from youju.rules.funds.subsidies.reading import read_policy
from youju.rules.funds.subsidies.texts import PolicyText
from youju.trade.declarations.models import Declaration

ZONE = ZoneInfo("Asia/Shanghai")
RELEASED = datetime(2023, 6, 8, 10, tzinfo=ZONE)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)


def policy(**changes) -> PolicyText:
    """Flat rate of 0.05 CNY a dollar for merchants, open now, one paper asked for."""
    today = timezone.localdate()
    plain = {
        "code": "test-flat",
        "title": "出口补贴（测试）",
        "project": "13060523P00454510001M",
        "source": "house-subsidies#records",
        "window": {"from": "2023-01-01", "to": "2024-01-01"},
        "filing": {
            "from": (today - timedelta(days=30)).isoformat(),
            "to": (today + timedelta(days=30)).isoformat(),
        },
        "budget": "1000000.00",
        "party_cap": "400000.00",
        "publicity_days": 5,
        "eligible": {"roles": ["merchant"]},
        "evidence": [{"code": "application", "title": "补贴申请表"}],
        "clauses": [
            {
                "id": "flat",
                "title": "按出口额",
                "reference": "测试第一条",
                "shape": "flat_rate",
                "rate": "0.05",
            }
        ],
    }
    return read_policy({**plain, **changes})


@contextmanager
def policies(*found: PolicyText):
    """Within the block these are the policies in force."""
    given = found or (policy(),)
    with patch.object(texts, "issued", lambda: tuple(texts.Issued(each.code, 1, each) for each in given)):
        yield given


def released(deal: Deal, *amounts: int, on: datetime = RELEASED) -> list[Declaration]:
    """Declarations of one order each, worth so many dollars, released."""
    made = []
    for amount in amounts:
        made += declared(deal, order_of(deal, amount))
    with reaching_all():
        Declaration.objects.filter(pk__in=[row.pk for row in made]).update(state="released", released_at=on)
    return made


@dataclass
class Centre:
    """Who works on applications."""

    staff: User = field(default_factory=lambda: person(Role.STF))
    finance: User = field(default_factory=lambda: person(Role.FIN))
    head: User = field(default_factory=lambda: person(Role.HED))


@dataclass
class Firm:
    """An enterprise with two people, and the deal behind it."""

    deal: Deal
    clerk: User
    boss: User

    @property
    def party(self):
        return self.deal.parties["merchant"]


def firm(prefix: str = "", *amounts: int) -> Firm:
    """A merchant with released exports (10,000 dollars unless said), a clerk and a boss."""
    deal = make_deal(prefix)
    deal.parties["merchant"].approved_at = RELEASED.replace(month=1)
    deal.parties["merchant"].save()
    boss = person(Role.MER, f"{prefix}MER", username=f"boss-{prefix.lower() or 'x'}")
    released(deal, *(amounts or (10_000,)))
    return Firm(deal, deal.merchant, boss)


ACCOUNT = services.AccountIn("", "工商银行白沟支行", "6222020200001234567")


def account_of(of: Firm) -> str:
    """A number of its own: one that two enterprises share is a hit at duplicates."""
    return f"62220202{of.party.pk:011d}"


def begun(of: Firm, code: str = "test-flat") -> Application:
    """A draft."""
    with as_(of.clerk):
        return services.begin_claim(actor=of.clerk, policy=code, party_id=of.party.pk)


def filled(of: Firm, code: str = "test-flat", *, account: str = "") -> Application:
    """A draft with account and paper."""
    row = begun(of, code)
    with as_(of.clerk):
        services.add_paper(
            actor=of.clerk, number=row.number, code="application", name="申请表.pdf", content=PDF
        )
        return services.save_claim(
            actor=of.clerk,
            number=row.number,
            account=services.AccountIn(of.party.name, ACCOUNT.bank, account or account_of(of)),
        )


def certified(of: Firm, **kwargs) -> Application:
    """Signed off by the boss."""
    row = filled(of, **kwargs)
    with as_(of.boss):
        return services.certify_claim(actor=of.boss, number=row.number, revision=row.revision)


def submitted(of: Firm, **kwargs) -> Application:
    """Handed in."""
    row = certified(of, **kwargs)
    with as_(of.clerk):
        return services.submit_claim(actor=of.clerk, number=row.number)


def reviewed(of: Firm, centre: Centre, **kwargs) -> Application:
    """Past the first review."""
    row = submitted(of, **kwargs)
    with as_(centre.staff) as user:
        services.review_claim(actor=user, number=row.number, step="accept")
        return services.review_claim(actor=user, number=row.number, step="pass", no_conflict=True)


def passed(of: Firm, centre: Centre, **kwargs) -> Application:
    """Past finance's re-check."""
    row = reviewed(of, centre, **kwargs)
    with as_(centre.finance) as user:
        return services.review_claim(actor=user, number=row.number, step="confirm", no_conflict=True)


def shown(centre: Centre, *firms: Firm, code: str = "test-flat") -> AwardRound:
    """A round of them all, made public."""
    for each in firms:
        passed(each, centre)
    with as_(centre.staff) as user:
        row = services.open_round(actor=user, policy=code)
        return services.show_list(actor=user, number=row.number).round


def over(row: AwardRound) -> None:
    """Let the publicity of a round have ended yesterday."""
    with reaching_all():
        yesterday = timezone.localdate() - timedelta(days=1)
        AwardRound.objects.filter(pk=row.pk).update(
            shown_on=yesterday - timedelta(days=9), shown_until=yesterday
        )


def awarded(centre: Centre, *firms: Firm) -> AwardRound:
    """A round of them all, decided."""
    row = shown(centre, *firms)
    over(row)
    with as_(centre.staff) as user:
        services.clear_round(actor=user, number=row.number)
    with as_(centre.head) as user:
        row = AwardRound.objects.get(pk=row.pk)
        services.award_round(actor=user, number=row.number, list_hash=row.list_hash)
        return AwardRound.objects.get(pk=row.pk)


def amount(row: Application) -> Decimal:
    """What stands in the database."""
    with reaching_all():
        return Application.objects.get(pk=row.pk).amount


DAY = date(2023, 6, 8)
