"""What the rules RSK-… look at: the figures of one line, load, party, claim, as frozen facts.

Amounts are US dollars unless said, weights kilograms, volumes cubic metres. They are floats: these rules compare sizes, and the
scan in bulk (``youju.analytics.risk``) hands the very numbers over that it computed; what is booked stays ``Decimal`` elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PriceCase:
    """A line beside its peers: ``price`` in dollars per ``unit``; ``median`` and ``spread`` are logarithms of peers' prices.

    ``hs6``: the six digits whose lines of the same unit are the peers; ``peers``: how many there are. ``spread`` is 1.4826 × MAD.
    """

    name: str
    hs6: str
    unit: str
    price: float
    usd: float
    peers: int
    median: float
    spread: float


@dataclass(frozen=True, slots=True)
class FilingCase:
    """A number that stands in two filings; ``days`` between them, ``one`` and ``other`` the filings' own numbers."""

    number: str
    one: str
    other: str
    days: int


@dataclass(frozen=True, slots=True)
class SumCase:
    """A declared line and what its sources add up to, in the declaration's currency and in kilograms."""

    declaration: str
    g_no: int
    amount: float
    sources: float
    net_weight: float
    source_weight: float


@dataclass(frozen=True, slots=True)
class UseCase:
    """An order line and how much of it stands in live declarations, in its unit."""

    order: str
    line_no: int
    quantity: float
    used: float
    unit: str
    times: int


@dataclass(frozen=True, slots=True)
class OrderCase:
    """An order's total in dollars."""

    order: str
    usd: float


@dataclass(frozen=True, slots=True)
class SpreadCase:
    """Declarations of one merchant's goods for one buyer, of one day and packing: how many, all together, the least of them."""

    packing: str
    day: date
    declarations: int
    usd: float
    least: float


@dataclass(frozen=True, slots=True)
class ContainerCase:
    """A loaded container beside what its type bears; ``payload`` and ``capacity`` are 0 where the type is not known."""

    container: str
    kind: str
    gross_weight: float
    volume: float
    payload: float
    capacity: float


@dataclass(frozen=True, slots=True)
class WeightCase:
    """A line's weights and volume."""

    name: str
    net_weight: float
    gross_weight: float
    volume: float


@dataclass(frozen=True, slots=True)
class ScopeCase:
    """A line beside the chapters that its merchant filed; ``chapters`` is empty where none were filed."""

    name: str
    chapter: str
    chapters: tuple[str, ...]
    usd: float


@dataclass(frozen=True, slots=True)
class RegionCase:
    """A merchant's filed area of supply and its trade."""

    region: str
    usd: float


@dataclass(frozen=True, slots=True)
class LifeCase:
    """A merchant's first days or whole life: days, trade in them, how many orders."""

    days: int
    usd: float
    orders: int


@dataclass(frozen=True, slots=True)
class TieCase:
    """Two parties that hold one identifier and sold to one buyer within so many days. ``held``: how many hold it in all."""

    kind: str
    held: int
    days: int
    usd: float
    least: float


@dataclass(frozen=True, slots=True)
class CollectionCase:
    """What was collected of a released declaration, so many days after its release."""

    declaration: str
    days: int
    usd: float
    collected: float


@dataclass(frozen=True, slots=True)
class PayerCase:
    """What of a declaration's collections came from others than its buyers."""

    declaration: str
    collected: float
    others: float


@dataclass(frozen=True, slots=True)
class ProportionCase:
    """A merchant's month beside the median of its earlier months; ``months`` of them; ``market`` is the market's median month."""

    month: str
    usd: float
    typical: float
    months: int
    market: float


@dataclass(frozen=True, slots=True)
class HiddenCase:
    """Goods inside a merged line; ``what``: banned, duty or inspection, by the tariff of the day; empty where free."""

    name: str
    hs_code: str
    declaration: str
    g_no: int
    merged: bool
    what: str


@dataclass(frozen=True, slots=True)
class BrandCase:
    """A line's words, its brand's kind, and until when an authorisation holds on ``day``."""

    name: str
    words: str
    brand: str
    brand_kind: str
    day: date
    authorised_until: date | None


@dataclass(frozen=True, slots=True)
class ClaimCase:
    """A subsidy claim and which of its grounds are there."""

    claim: str
    released: bool
    collected: bool
    exempted: bool


@dataclass(frozen=True, slots=True)
class TwiceCase:
    """A ground (declaration line, invoice, account) that stands in two claims."""

    what: str
    one: str
    other: str
