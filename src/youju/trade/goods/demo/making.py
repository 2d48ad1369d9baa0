"""The demo's goods, one after the other: plain facts, made from a plan alone; no database, no clock."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from youju.foundation.kernel.chance import Chance, Lots
from youju.foundation.workflow.walks import CHINA
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.goods.demo.tariffs import tariffs
from youju.trade.parties.demo.agreements import signer
from youju.trade.parties.demo.making import profile_of
from youju.trade.parties.demo.planning import Plan, may_act, standing
from youju.trade.parties.demo.tables import Product, authored, products

_SELLS = frozenset({"approved", "expiring", "expired", "suspended"})
_FIRST = datetime(2023, 1, 1, 9, tzinfo=CHINA)
_NEW = 4
"""One good in so many is new in the demo year, the others are of the year before."""
_YEAR = timedelta(days=365)
_YEAR_MINUTES = 360 * 24 * 60
_FINE = 1 << 20
_WAITING = 25


@dataclass(frozen=True, slots=True)
class MadeGood:
    """One good: its columns by name; ``owner`` is the merchant's ordinal, ``product`` what it was made of."""

    index: int
    owner: int
    product: Product
    values: dict[str, Any]


def goods(plan: Plan) -> Iterator[MadeGood]:
    """Every good of the plan in the order of its index, streamed.

    Each merchant that was ever on file and is not cancelled has at least one while the goods suffice; some have many.
    """
    sellers = _sellers(plan)
    for index in range(plan.goods):
        chance = Chance(plan.seed, "good", index)
        skewed = (chance.below(_FINE) / _FINE) ** 2
        owner = sellers[index] if index < len(sellers) else sellers[int(len(sellers) * skewed)]
        yield _planted(_good(plan, index, owner, chance))


def good(plan: Plan, index: int, owner: int) -> MadeGood:
    """One good of the plan again, from its index and owner."""
    chance = Chance(plan.seed, "good", index)
    chance.below(_FINE)  # what drew the owner
    return _planted(_good(plan, index, owner, chance))


def waits(index: int) -> bool:
    """Whether a good waits for its recognition: one in so many, but none that is odd on purpose."""
    return index not in _oddities() and index % _WAITING == 0


def sold(made: MadeGood) -> bool:
    """Whether a good is recognised on the day of the plan, and nothing about it is odd: such stand in the year's orders."""
    line = tariffs()[-1].lines.get(made.values["hs_code"])
    return (
        made.index not in _oddities()
        and made.index % _WAITING != 0
        and may_act(made.owner)
        and line is not None
        and not line.export_duty
        and made.product.code not in authored("year")["not_traded"]
    )


def planted(plan: Plan) -> list[dict[str, Any]]:
    """The oddities among goods that the plan is large enough for."""
    return [each for each in authored("planted")["goods"] if each["good"] < plan.goods]


def _sellers(plan: Plan) -> array[int]:
    return array("I", (i for i in range(plan.count(PartyRole.MERCHANT)) if standing(i) in _SELLS))


def _good(plan: Plan, index: int, owner: int, chance: Chance) -> MadeGood:
    words = authored("goods")
    product = chance.pick(products()[profile_of(plan, owner)])
    style = chance.below(len(words["styles"]))
    brand_kind = chance.draw(_brand_kinds())
    brand = (
        "" if brand_kind == "none" else f"{chance.pick(words['brand_words'])}{chance.pick(words['series'])}"
    )
    model = f"{chance.pick(words['series'])}{chance.between(100, 999)}-{index % 97:02d}"
    # Catalogues are filled early in the year, so that there is something to sell.
    early = chance.below(_FINE)
    first = _FIRST if index % _NEW == 0 else _FIRST - _YEAR
    at = first + timedelta(minutes=_YEAR_MINUTES * early * early * early // _FINE**3)
    values: dict[str, Any] = {
        "number": f"DG{index:08d}",
        "name": f"{words['styles'][style]}{product.name}",
        "name_en": f"{words['styles_en'][style]} {product.name_en.lower()}",
        "model": model,
        "brand_kind": brand_kind,
        "brand": brand,
        "producer": f"示例箱包厂{chance.below(60) + 1:02d}",
        "unit": product.unit,
        "hs_code": product.hs_code,
        "created_at": at,
        "changed_at": at,
        "created_by": signer(PartyRole.MERCHANT, owner)[0],
    }
    return MadeGood(index, owner, product, {**values, "elements": elements(product, values)})


def elements(product: Product, values: dict[str, Any]) -> dict[str, str]:
    """The declaration elements that the code of a good asks for, filled in; empty for a code that no version has."""
    words = authored("goods")
    line = next((found for each in tariffs() if (found := each.lines.get(values["hs_code"]))), None)
    known = {
        "brand_kind": words["brand_labels"][values["brand_kind"]],
        "brand": values["brand"] or "无品牌",
        "material": product.material,
        "product": product.name,
        "model": values["model"],
    }
    wanted = line.elements if line else ()
    return {name: words["elements"][name].format_map(known) for name in wanted if name in words["elements"]}


@cache
def _brand_kinds() -> Lots[str]:
    return Lots(authored("goods")["brand_kinds"].items())


@cache
def _oddities() -> dict[int, dict[str, Any]]:
    return {each["good"]: each for each in authored("planted")["goods"]}


def _planted(made: MadeGood) -> MadeGood:
    oddity = _oddities().get(made.index)
    if oddity is None:
        return made
    owner = oddity.get("owner", made.owner)
    values = {**made.values, **oddity["change"], "created_by": signer(PartyRole.MERCHANT, owner)[0]}
    return replace(made, owner=owner, values={**values, "elements": elements(made.product, values)})
