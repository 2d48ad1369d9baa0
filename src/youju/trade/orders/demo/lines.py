"""Lines of the demo year's orders: goods of the merchant's catalogue at about their usual price, in whole cartons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from youju.foundation.kernel.chance import Chance
from youju.trade.goods.demo.making import MadeGood
from youju.trade.goods.demo.tariffs import DemoLine, tariffs
from youju.trade.orders.demo.partners import Partners
from youju.trade.orders.demo.rates import dollars, rate_of
from youju.trade.orders.demo.records import CENT, MadeLine
from youju.trade.parties.demo.planning import SEED

_MOST_OF_LINE = Decimal(22_000)  # US dollars
_MOST_OF_ORDER = Decimal(90_000)
_FINE_PRICE = Decimal("0.0001")
_CUBIC = Decimal("0.001")
_HUNDRED = Decimal(100)
KILOGRAM = "千克"


@dataclass(frozen=True, slots=True)
class Size:
    """From how many to how many: orders of a batch, cartons of a line, lines of an order."""

    orders: tuple[int, int]
    cartons: tuple[int, int]
    lines: tuple[int, int]


def lines_of(  # noqa: PLR0917 - what an order's lines hang on
    partners: Partners, merchant: int, day: date, currency: str, size: Size, chance: Chance
) -> list[MadeLine]:
    """Lines of different goods; none where the merchant has nothing to sell on the day."""
    stock = partners.stock(merchant, day)
    wanted = min(chance.between(*size.lines), len(stock))
    left = _MOST_OF_ORDER / dollars(currency, day)
    lines: list[MadeLine] = []
    for place in range(wanted):
        at = place + chance.below(len(stock) - place)
        stock[place], stock[at] = stock[at], stock[place]
        good = partners.good(stock[place], merchant)
        line = line_of(good, place + 1, day, currency, chance.between(*size.cartons), chance)
        left -= line.amount
        if left < 0:
            break
        lines.append(line)
    return lines


def line_of(  # noqa: PLR0917 - what one line is
    good: MadeGood,
    line_no: int,
    day: date,
    currency: str,
    cartons: int,
    chance: Chance,
    *,
    whole: bool = False,
) -> MadeLine:
    """A line of one good in whole cartons; no more of them than is usual in a line, unless ``whole``."""
    product = good.product
    price = usual_price(good) * chance.between(92, 108) / _HUNDRED / rate_of(currency, day)
    price = price.quantize(CENT if price >= 1 else _FINE_PRICE, ROUND_HALF_UP)
    most = int(_MOST_OF_LINE / dollars(currency, day) / (price * product.per_carton))
    cartons = max(1, cartons if whole else min(cartons, most))
    quantity = Decimal(cartons * product.per_carton)
    net = (quantity * Decimal(product.kg)).quantize(CENT, ROUND_HALF_UP)
    gross = (net * chance.between(104, 113) / _HUNDRED).quantize(CENT, ROUND_HALF_UP)
    volume = (cartons * Decimal(product.carton_m3)).quantize(_CUBIC)
    return written(good, line_no, day, (quantity, price, cartons), (net, gross, volume))


def written(
    good: MadeGood,
    line_no: int,
    day: date,
    dealt: tuple[Decimal, Decimal, int],
    weighed: tuple[Decimal, Decimal, Decimal],
) -> MadeLine:
    """A line as it stands in an order: the good as it is, the tariff of the day.

    Args:
        good: what is sold.
        line_no: from 1.
        day: of the deal.
        dealt: quantity, price, packages.
        weighed: net weight, gross weight, volume.
    """
    values, tariff = good.values, tariff_line(good.values["hs_code"], day)
    quantity, price, packages = dealt
    net, gross, volume = weighed

    def counted(unit: str) -> Decimal | None:
        if unit == values["unit"]:
            return quantity
        return net if unit == KILOGRAM else None

    unit1, unit2 = (tariff.unit1, tariff.unit2) if tariff else ("", "")
    return MadeLine(
        line_no, good.index, values["hs_code"], values["name"], values["name_en"], values["model"], values["brand"],
        values["unit"], quantity, price, (quantity * price).quantize(CENT, ROUND_HALF_UP), unit1, counted(unit1), unit2,
        counted(unit2), packages, net, gross, volume, bool(tariff and tariff.inspection),
        bool(tariff and tariff.export_duty),
    )  # fmt: skip


def usual_price(good: MadeGood) -> Decimal:
    """What a good costs in CNY, about which its deals lie: somewhere in the range of its product."""
    low, high = Decimal(good.product.low), Decimal(good.product.high)
    return low + (high - low) * Chance(SEED, "price", good.index).below(1_000) / 1_000


@lru_cache(maxsize=2_048)
def tariff_line(code: str, day: date) -> DemoLine | None:
    """The tariff line of a code on a day."""
    version = next((each for each in reversed(tariffs()) if each.valid_from <= day), tariffs()[0])
    return version.lines.get(code)
