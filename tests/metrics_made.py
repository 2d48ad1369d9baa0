"""Made-up rows of the analytic tables, and a plain-Python reading of each metric, for tests of metrics and engines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from youju.analytics.engines import DuckEngine, columns_of
from youju.analytics.periods import Period
from youju.analytics.tables import analytic_tables
from youju.foundation.metrics.models import FrozenFigure

Row = dict[str, Any]
COUNTRIES, CODES, PORTS = ("US", "RU", "DE", "BR", "AE", "NG", "CL"), ("4202220000", "4202120000", "6404199000", "9503008900"), (
    "0201",
    "2225",
)  # fmt: skip


@dataclass
class Facts:
    """Rows by table, consistent with each other."""

    released_lines: list[Row] = field(default_factory=list)
    released_declarations: list[Row] = field(default_factory=list)
    filed_parties: list[Row] = field(default_factory=list)
    timed_steps: list[Row] = field(default_factory=list)

    def arrow(self) -> dict[str, pa.Table]:
        """As Arrow tables in the documented types."""
        return {name: as_arrow(name, getattr(self, name)) for name in self.__dict__}

    def engine(self) -> DuckEngine:
        """DuckDB over them, in memory."""
        return DuckEngine(as_of=datetime(2024, 1, 1, tzinfo=UTC), arrow=self.arrow(), threads=1)


def as_arrow(name: str, rows: Sequence[Row]) -> pa.Table:
    """Rows of a documented table as Arrow."""
    return pa.Table.from_pylist(list(rows), schema=columns_of(analytic_tables()[name].expression()))


def declaration(facts: Facts, *, day: date, lines: Sequence[Row], **given: Any) -> Row:
    """Add a released declaration with its lines; each line gives ``value`` and what differs from the usual."""
    key = len(facts.released_declarations) + 1
    head: Row = {
        "pilot": "baigou",
        "declaration_id": key,
        "declaration": f"D{key:06}-1",
        "entry_number": f"{key:018}",
        "released_on": day,
        "declared_on": day - timedelta(days=2),
        "agent_id": 900,
        "country": "US",
        "port": "0201",
        "transport_mode": "2",
        "paperless": True,
        "currency": "USD",
        "packages": 1,
    } | given
    made = []
    for place, line in enumerate(lines, 1):
        value = Decimal(line["value"])
        made.append(
            {
                **{name: head[name] for name in ("pilot", "declaration_id", "declaration", "entry_number", "released_on",
                                                 "declared_on", "agent_id", "country", "port", "transport_mode", "currency")},
                "line_id": len(facts.released_lines) + place,
                "g_no": place,
                "merchant_id": 1,
                "buyer_id": 500,
                "good_id": 70,
                "order_id": key,
                "order_number": f"T{key:06}",
                "line_no": place,
                "hs_code": "4202220000",
                "name": "手提包",
                "unit": "个",
                "quantity": Decimal(10),
                "amount": (value / 7).quantize(Decimal("0.01"), ROUND_HALF_UP),
                "value_cny": value,
                "net_weight": Decimal("8.5"),
                "gross_weight": Decimal("9.25"),
                "packages": 1,
                **{name: what for name, what in line.items() if name != "value"},
            }
        )  # fmt: skip
        made[-1]["chapter"] = made[-1]["hs_code"][:2]
    for name in ("amount", "value_cny", "net_weight", "gross_weight"):
        head[name] = sum((line[name] for line in made), Decimal(0))
    facts.released_lines += made
    facts.released_declarations.append(head)
    return head


def party(facts: Facts, key: int, filed_on: date, **given: Any) -> Row:
    """Add a party on file."""
    row = {
        "pilot": "baigou",
        "party_id": key,
        "number": f"ZC{key:06}",
        "filed_on": filed_on,
        "merchant": True,
        "agent": False,
        "buyer": False,
        "country": "CN",
    } | given
    facts.filed_parties.append(row)
    return row


def step(facts: Facts, *, done_on: date, due_on: date, **given: Any) -> Row:
    """Add a step of a procedure that had a promised day."""
    row = {
        "pilot": "baigou",
        "step_id": len(facts.timed_steps) + 1,
        "label": "白沟第一箱包厂",
        "flow": "parties.party",
        "subject": "7",
        "step": "approve",
        "done_on": done_on,
        "due_on": due_on,
        "working_days": 3,
        "within": done_on <= due_on,
    } | given
    facts.timed_steps.append(row)
    return row


@st.composite
def made_facts(draw: st.DrawFn) -> Facts:
    """Two years of a small pilot: some declarations of one to three lines, some parties."""
    facts = Facts()
    days = st.dates(date(2022, 1, 1), date(2023, 12, 31))
    # A few days at the very edges of months and years, where periods begin and end.
    edges = st.sampled_from(
        [date(2022, 12, 31), date(2023, 1, 1), date(2023, 1, 31), date(2023, 2, 1), date(2023, 12, 31)]
    )
    for _ in range(draw(st.integers(0, 7))):
        declaration(
            facts,
            day=draw(st.one_of(days, edges)),
            country=draw(st.sampled_from(COUNTRIES)),
            port=draw(st.sampled_from(PORTS)),
            transport_mode=draw(st.sampled_from("234569")),
            paperless=draw(st.booleans()),
            agent_id=draw(st.integers(900, 902)),
            lines=[
                {
                    "value": draw(st.decimals(0, 10**9, places=2)),
                    "hs_code": draw(st.sampled_from(CODES)),
                    "merchant_id": draw(st.integers(1, 5)),
                    "net_weight": draw(st.decimals(0, 10**5, places=5)),
                }
                for _ in range(draw(st.integers(1, 3)))
            ],
        )
    for key in draw(st.sets(st.sampled_from([1, 2, 3, 4, 5, 6, 900, 901]))):
        party(facts, key, draw(days), agent=key >= 900, merchant=key < 900)
    for flow in draw(
        st.lists(st.sampled_from(("parties.party", "goods.campaign", "targets.set")), max_size=4)
    ):
        done = draw(st.one_of(days, edges))
        step(facts, done_on=done, due_on=done + timedelta(days=draw(st.integers(-2, 2))), flow=flow)
    return facts


# --- the same metrics, read in plain Python from the rows -------------------------------------------------------------------


def _in(rows: Sequence[Row], column: str, period: Period) -> list[Row]:
    return [row for row in rows if period.contains(row[column])]


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.000001"), ROUND_HALF_UP)


def _percent(part: Decimal, whole: Decimal) -> Decimal | None:
    return _rounded(part * 100 / whole) if whole else None


def _sum(rows: Sequence[Row], column: str) -> Decimal:
    return sum((row[column] for row in rows), Decimal(0))


def _by(rows: Sequence[Row], key: Callable[[Row], Any]) -> dict[Any, Decimal]:
    sums: dict[Any, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[key(row)] += row["value_cny"]
    return sums


def plainly(facts: Facts, period: Period) -> Mapping[str, Decimal | None]:
    """Each metric's value by its definition, with loops and decimals alone."""
    before = period.year_before()
    lines, old = (
        _in(facts.released_lines, "released_on", period),
        _in(facts.released_lines, "released_on", before),
    )
    heads = _in(facts.released_declarations, "released_on", period)
    value, weight = _sum(lines, "value_cny"), _sum(lines, "net_weight")
    top = sorted(_by(old, lambda r: r["country"]).items(), key=lambda each: (-each[1], each[0]))[:5]
    known = {country for country, _ in top}
    new_value = _sum([row for row in lines if row["country"] not in known], "value_cny")
    modes = [row for row in heads if row["transport_mode"] in "2345"]
    low = [row for row in modes if row["transport_mode"] in "23"]
    then, now = {row["merchant_id"] for row in old}, {row["merchant_id"] for row in lines}
    filed = [row for row in _in(facts.filed_parties, "filed_on", period) if row["merchant"] or row["agent"]]
    trading = now | {row["agent_id"] for row in lines}
    ended = [row for row in _in(facts.timed_steps, "done_on", period) if row["flow"] != "targets.set"]
    answers: dict[str, Decimal | None] = {
        "requests.within_limit_rate": _percent(
            Decimal(sum(row["done_on"] <= row["due_on"] for row in ended)), Decimal(len(ended))
        ),
        "exports.value_cny": value,
        "exports.growth_rate": _percent(value - _sum(old, "value_cny"), _sum(old, "value_cny")),
        "exports.net_weight": weight,
        "exports.average_price": _rounded(value / weight) if weight else None,
        "exports.new_market_rate": _percent(new_value, value),
        "exports.new_market_count": Decimal(len({r["country"] for r in lines} - {r["country"] for r in old})),
        "exports.new_goods_count": Decimal(len({r["hs_code"] for r in lines} - {r["hs_code"] for r in old})),
        "declarations.released_count": Decimal(len(heads)),
        "declarations.paperless_rate": _percent(
            Decimal(sum(r["paperless"] for r in heads)), Decimal(len(heads))
        ),
        "declarations.low_carbon_rate": _percent(_sum(low, "gross_weight"), _sum(modes, "gross_weight")),
        "subjects.repeat_rate": _percent(Decimal(len(then & now)), Decimal(len(then))),
        "subjects.newcomer_active_rate": _percent(
            Decimal(sum(row["party_id"] in trading for row in filed)), Decimal(len(filed))
        ),
    }
    for name, key in (("market", lambda r: r["country"]), ("goods", lambda r: r["hs_code"][:4])):
        shares = list(_by(lines, key).values())
        answers[f"exports.{name}_cr5"] = _percent(sum(sorted(shares, reverse=True)[:5], Decimal(0)), value)
        squares = sum((share * share for share in shares), Decimal(0))
        answers[f"exports.{name}_hhi"] = _rounded(squares * 10_000 / (value * value)) if value else None
    return answers


def frozen(**given: Any) -> FrozenFigure:
    """A frozen figure in the database, of an empty month."""
    values: dict[str, Any] = {
        "code": "exports.value_cny",
        "pilot": "baigou",
        "start": date(2021, 1, 1),
        "end": date(2021, 2, 1),
        "value": Decimal("1.00"),
        "unit": "CNY",
        "parts": {"sums": {"value": "1.00"}, "reason": ""},
        "engine": "postgres",
        "as_of": datetime(2021, 2, 3, tzinfo=UTC),
        "formula_hash": "0" * 64,
        "row_count": 1,
        "row_hash": "0" * 64,
        "frozen_by": "somebody",
    }
    return FrozenFigure.objects.create(**(values | given))
