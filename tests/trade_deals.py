"""A small trade for tests: a merchant with goods, an agent that it entrusted, a buyer, a tariff, rates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from trade_people import person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.trade.goods.models import Good, TariffLine, TariffVersion
from youju.trade.orders.facts import LineWish, OrderWish
from youju.trade.orders.models import Rate
from youju.trade.parties.models import Agreement, Party

DAY = date(2023, 6, 1)
SIGNED = datetime(2023, 1, 2, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass
class Deal:
    """Who and what there is; ``wish`` makes an order that passes every rule."""

    merchant: User
    agent: User
    buyer: User
    parties: dict[str, Party] = field(default_factory=dict)
    goods: list[Good] = field(default_factory=list)

    def line(self, good: int = 0, **changes) -> LineWish:
        """A line of one of the goods; 100 pieces at 12.00."""
        values = {
            "good": self.goods[good].number,
            "quantity": Decimal(100),
            "price": Decimal(12),
            "packages": 10,
            "net_weight": Decimal(80),
            "gross_weight": Decimal(90),
            "volume": Decimal("0.8"),
        }
        return LineWish(**(values | changes))

    def wish(self, **changes) -> OrderWish:
        """A right order through the agent."""
        values = {
            "merchant": self.parties["merchant"].number,
            "agent": self.parties["agent"].number,
            "buyer": self.parties["buyer"].number,
            "ordered_on": DAY,
            "country": "KE",
            "lines": [self.line()],
            "explanations": {("ORD-035", None): "测试数据，补登以前的交易"},
        }
        return OrderWish(**(values | changes))


def party(user: User | None, number: str, *roles: str, **changes) -> Party:
    """An approved party of the user's organisation."""
    values = {
        "organisation": user.organisation if user else None,
        "number": number,
        "roles": list(roles),
        "sections": ["SC"],
        "state": "approved",
        "name": f"主体{number}",
        "country": "CN",
        "valid_from": date(2023, 1, 1),
        "valid_to": date(2030, 12, 31),
    }
    return Party.objects.create(**(values | changes))


def tariff(*codes: tuple[str, str, str, str]) -> TariffVersion:
    """A version in force since 2023: (code, name, first unit, second unit)."""
    version = TariffVersion.objects.create(
        name="测试税则", valid_from=date(2023, 1, 1), lines_count=len(codes)
    )
    TariffLine.objects.bulk_create(
        TariffLine(version=version, code=code, name=name, unit1=unit1, unit2=unit2)
        for code, name, unit1, unit2 in codes
    )
    return version


def make_deal(prefix: str = "", *, goods: int = 2) -> Deal:
    """Everything that an order needs, under numbers that begin with ``prefix``."""
    deal = Deal(
        person(Role.MER, f"{prefix}MER"), person(Role.AGT, f"{prefix}AGT"), person(Role.BUY, f"{prefix}BUY")
    )
    deal.parties = {
        "merchant": party(deal.merchant, f"{prefix}M1", "merchant"),
        "agent": party(deal.agent, f"{prefix}A1", "agent", sections=["WM"]),
        "buyer": party(deal.buyer, f"{prefix}B1", "buyer", country="KE", sections=["WM"]),
    }
    Agreement.objects.create(
        number=f"{prefix}X1",
        principal=deal.parties["merchant"],
        agent=deal.parties["agent"],
        state="in_force",
        valid_from=date(2023, 1, 1),
        valid_to=date(2030, 12, 31),
        principal_signed_at=SIGNED,
        agent_signed_at=SIGNED,
    )
    if not TariffVersion.objects.exists():
        tariff(
            ("4202220000", "以纺织材料作面的手提包", "千克", "个"),
            ("4202920000", "纺织材料作面的其他容器", "千克", ""),
        )
    for currency, rate in (("USD", "7.0821"), ("EUR", "7.5901")):
        Rate.objects.get_or_create(month=DAY, currency=currency, defaults={"rate": Decimal(rate)})
    codes = ("4202220000", "4202920000")
    deal.goods = [
        Good.objects.create(
            party=deal.parties["merchant"],
            number=f"{prefix}G{i}",
            state="recognised",
            name=f"女包{i}",
            unit="个",
            hs_code=codes[i % 2],
        )
        for i in range(goods)
    ]
    return deal
