"""A small tariff, parties and goods for the tests of recognition: made by models, as a loader would."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from trade_people import organisation
from youju.trade.goods.models import Element, Good, Heading, TariffLine, TariffVersion
from youju.trade.parties.models import Party

BAG, CHARCOAL, DRIED, DUTY, OLD = "4202220000", "4402901000", "4202920000", "4202310000", "4202220001"
LINES = (
    {"code": BAG, "name": "以塑料片或纺织材料作面的手提包", "unit1": "个", "unit2": "千克"},
    {"code": CHARCOAL, "name": "木炭", "unit1": "千克"},
    {
        "code": DRIED,
        "name": "以塑料片或纺织材料作面的旅行包、背包",
        "unit1": "个",
        "supervision": "AB",
        "inspection": "M/N",
    },
    {"code": DUTY, "name": "以皮革作面的钱包", "unit1": "个", "export_duty": Decimal("5.000")},
)


def tariff(name: str = "2026 年税则", first: date = date(2020, 1, 1), **values: Any) -> TariffVersion:
    """A version with the lines above, and the elements 材质 and 品名 for chapter 42."""
    lines = values.pop("lines", LINES)
    version = TariffVersion.objects.create(name=name, valid_from=first, **values)
    TariffLine.objects.bulk_create(TariffLine(version=version, **line) for line in lines)
    Element.objects.create(version=version, code="42", names=["品名", "材质"])
    Heading.objects.get_or_create(
        code="4202", defaults={"name_en": "Trunks, suit-cases, handbags", "name": "衣箱、提箱、手提包"}
    )
    return version


def merchant(code: str = "O-MER", **values: Any) -> Party:
    """An approved merchant of the organisation with the code, filed for chapters 42 and 44."""
    number = values.pop("number", f"BA-{code}")
    return Party.objects.create(
        **{
            "organisation": organisation(code, "merchant"),
            "number": number,
            "roles": ["merchant"],
            "name": f"商户{code}",
            "state": "approved",
            "chapters": ["42", "44"],
            "valid_to": date(2099, 12, 31),
            **values,
        }
    )


def good(party: Party, number: str = "SP0001", **values: Any) -> Good:
    """A good that the rules recognise, unless told otherwise."""
    return Good.objects.create(
        **{
            "party": party,
            "number": number,
            "name": "聚酯纤维女式手提包",
            "name_en": "Polyester handbag",
            "unit": "个",
            "hs_code": BAG,
            "elements": {"材质": "聚酯纤维"},
            **values,
        }
    )
