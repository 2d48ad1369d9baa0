"""Made-up rows of the tables of funds and office, and a plain-Python reading of their metrics."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import strategies as st

from metrics_made import Facts, as_arrow, declaration
from youju.analytics.engines import DuckEngine
from youju.analytics.periods import Period

Row = dict[str, Any]
PROJECTS = ("P1", "P2", "P3")
ZERO = Decimal(0)
DAYS = st.one_of(
    st.dates(date(2022, 1, 1), date(2023, 12, 31)),
    # The edges of months and years, where periods begin and end.
    st.sampled_from([date(2022, 12, 31), date(2023, 1, 1), date(2023, 1, 31), date(2023, 2, 1), date(2023, 12, 31)]),
)  # fmt: skip
MONTH_ENDS = (
    date(2022, 6, 30),
    date(2022, 12, 31),
    date(2023, 1, 31),
    date(2023, 3, 31),
    date(2023, 6, 30),
    date(2023, 12, 31),
)
CENTS = st.decimals(0, 10**7, places=2)
TAGS = ("创新", "培训", "创新型")


@dataclass
class Books:
    """Rows by table."""

    paid_payments: list[Row] = field(default_factory=list)
    due_payments: list[Row] = field(default_factory=list)
    project_budgets: list[Row] = field(default_factory=list)
    plan_points: list[Row] = field(default_factory=list)
    closed_batches: list[Row] = field(default_factory=list)
    subsidy_awards: list[Row] = field(default_factory=list)
    due_tasks: list[Row] = field(default_factory=list)
    received_matters: list[Row] = field(default_factory=list)
    signed_contracts: list[Row] = field(default_factory=list)
    due_deliverables: list[Row] = field(default_factory=list)
    released_lines: list[Row] = field(default_factory=list)

    def engine(self) -> DuckEngine:
        """DuckDB over them, in memory."""
        arrow = {name: as_arrow(name, rows) for name, rows in self.__dict__.items()}
        return DuckEngine(as_of=datetime(2024, 1, 1, tzinfo=UTC), arrow=arrow, threads=1)


Draw = Callable[..., Any]


@st.composite
def made_books(draw: st.DrawFn) -> Books:
    """Two years of a small pilot's money and office."""
    books = Books()
    for key in range(1, draw(st.integers(0, 6)) + 1):
        _payment(draw, books, key)
    for key, code in enumerate(PROJECTS, 1):
        for year in (2022, 2023):
            if draw(st.booleans()):
                budget = draw(st.one_of(st.just(ZERO), CENTS))
                books.project_budgets.append(
                    _row(project_id=key * 10 + year % 10, project=code, year_start=date(year, 1, 1), budget=budget)
                )  # fmt: skip
        for place, end in enumerate(MONTH_ENDS):
            if draw(st.integers(0, 3)) == 0:
                point = _row(
                    point_id=key * 100 + place,
                    project_id=key,
                    project=code,
                    month_end=end,
                    planned=draw(st.one_of(st.just(ZERO), CENTS)),
                )
                books.plan_points.append(point)
    for key in range(1, draw(st.integers(0, 3)) + 1):
        books.closed_batches.append(
            _row(batch_id=key, number=f"B{key}", project=_project(draw), closed_on=draw(DAYS))
        )
    _awards(draw, books)
    _office(draw, books)
    return books


def _payment(draw: Draw, books: Books, key: int) -> None:
    due, amount, tags = (
        draw(DAYS),
        draw(CENTS) + 1,
        draw(st.sampled_from([",,", ",wages,", ",wages,office,"])),
    )
    common = {
        "payment_id": key,
        "number": f"FK{key}",
        "project": _project(draw),
        "amount": amount,
        "tags": tags,
    }
    paid = draw(st.one_of(st.none(), DAYS))
    on_time = paid is not None and paid <= due
    books.due_payments.append(_row(**common, due_on=due, on_time=on_time))
    if paid is not None:
        books.paid_payments.append(
            _row(
                **common, paid_on=paid, due_on=due, finding=draw(st.booleans()), verified=draw(st.booleans())
            )
        )


def _awards(draw: Draw, books: Books) -> None:
    for key in range(1, draw(st.integers(0, 5)) + 1):
        amount, day = draw(CENTS) + 1, draw(DAYS)
        books.subsidy_awards.append(
            _row(
                award_id=key, application=f"BT{key}", policy="p", project=_project(draw), party_id=draw(st.integers(1, 4)),
                belongs_on=day, decided_on=day, amount=amount, paid_amount=draw(st.sampled_from([ZERO, amount])),
                platform=draw(st.booleans()),
            )
        )  # fmt: skip
    facts = Facts()
    for _ in range(draw(st.integers(0, 5))):
        line = {"value": draw(CENTS), "merchant_id": draw(st.integers(1, 4))}
        declaration(facts, day=draw(DAYS), lines=[line], agent_id=draw(st.integers(3, 5)))
    books.released_lines = facts.released_lines


def _office(draw: Draw, books: Books) -> None:
    for key in range(1, draw(st.integers(0, 6)) + 1):
        accepted, day = draw(st.booleans()), draw(DAYS)
        kind = draw(st.sampled_from(["work", "rectification", "training", "research", "request", "dispute"]))
        common = {"number": f"RW{key}", "tags": _tags(draw), "project": _project(draw)}
        books.due_tasks.append(
            _row(task_id=key, kind=kind, section="ZH", due_on=day, accepted=accepted,
                 on_time=accepted and draw(st.booleans()), **common)
        )  # fmt: skip
        if kind in {"request", "dispute"}:
            books.received_matters.append(
                _row(task_id=key, kind=kind, topic="t", received_on=day, closed=accepted,
                     within_limit=accepted and draw(st.booleans()), met=accepted and draw(st.booleans()), **common)
            )  # fmt: skip
    for key in range(1, draw(st.integers(0, 3)) + 1):
        signed, tags, code = draw(DAYS), _tags(draw), _project(draw)
        books.signed_contracts.append(
            _row(contract_id=key, number=f"C{key}", tags=tags, project=code, signed_on=signed, valid_from=signed,
                 valid_to=signed, amount=draw(CENTS))
        )  # fmt: skip
        for place in range(draw(st.integers(0, 3))):
            books.due_deliverables.append(
                _row(deliverable_id=key * 10 + place, number=f"C{key}-{place}", contract_id=key, tags=tags, project=code,
                     due_on=draw(DAYS), price=draw(CENTS), accepted=draw(st.booleans()))
            )  # fmt: skip


def _row(**values: Any) -> Row:
    return {"pilot": "baigou", **values}


def _project(draw: Draw) -> str:
    return str(draw(st.sampled_from(PROJECTS)))


def _tags(draw: Draw) -> str:
    return f"|{'|'.join(sorted(draw(st.sets(st.sampled_from(TAGS), max_size=2))))}|"


# --- the same metrics, read in plain Python -----------------------------------------------------------------------------


def plainly(books: Books, period: Period, project: str = "") -> dict[str, Decimal | None]:
    """Each metric's value by its definition, with loops and decimals alone; of one project where it is named."""

    def of(rows: Sequence[Row], day: str) -> list[Row]:
        return [
            row
            for row in rows
            if period.contains(row[day]) and row["project"] in ("", project or row["project"])
        ]

    paid, due = of(books.paid_payments, "paid_on"), of(books.due_payments, "due_on")
    whole = _sum(paid, "amount")
    years = range(period.start.year, period.last_day.year + 1)
    budgets = [row for row in books.project_budgets if row["year_start"].year in years]
    budget = _sum([row for row in budgets if not project or row["project"] == project], "budget")
    delivered = of(books.due_deliverables, "due_on")
    awards = of(books.subsidy_awards, "belongs_on")
    paid_to = {row["party_id"] for row in awards if row["paid_amount"] > 0}
    tasks = [row for row in of(books.due_tasks, "due_on") if row["kind"] not in {"request", "dispute"}]
    matters = of(books.received_matters, "received_on")
    disputes = [row for row in matters if row["kind"] == "dispute"]
    requests = [row for row in matters if row["kind"] == "request"]
    held = {
        party
        for party in paid_to
        if _exports(books, party, period) >= _exports(books, party, period.year_before())
    }
    return {
        "payments.total_cost": whole,
        "payments.executed_rate": _percent(whole, budget),
        "payments.on_time_rate": _percent(_where(due, "on_time"), _sum(due, "amount")),
        "payments.compliance_rate": _percent(whole - _where(paid, "finding"), whole),
        "payments.outcome_verified_rate": _percent(_where(paid, "verified"), whole),
        "payments.cost_utilisation_rate": _percent(_where(delivered, "accepted", "price"), whole),
        "payments.plan_rate": _plan(books, period, project),
        "projects.batches_completed": Decimal(len(of(books.closed_batches, "closed_on"))),
        "subsidies.beneficiary_count": Decimal(len(paid_to)),
        "subsidies.platform_project_count": Decimal(sum(row["platform"] for row in awards)),
        "subsidies.disbursed_rate": _percent(_sum(awards, "paid_amount"), _sum(awards, "amount")),
        "subsidies.beneficiary_growth_rate": _percent(Decimal(len(held)), Decimal(len(paid_to))),
        "tasks.completion_rate": _share(tasks, "accepted"),
        "tasks.on_time_rate": _share(tasks, "on_time"),
        "disputes.resolved_rate": _share(disputes, "within_limit"),
        "requests.fulfilled_rate": _share(requests, "met"),
        "contracts.engagement_count": Decimal(len(of(books.signed_contracts, "signed_on"))),
        "contracts.acceptance_rate": _share(delivered, "accepted"),
    }


def _plan(books: Books, period: Period, project: str) -> Decimal | None:
    rates = []
    points = [row for row in books.plan_points if not project or row["project"] == project]
    for end in sorted({row["month_end"] for row in points if period.contains(row["month_end"])}):
        now = [row for row in points if row["month_end"] == end]
        planned, codes = _sum(now, "planned"), {row["project"] for row in now}
        if not planned:
            continue
        done = _sum(
            [
                row
                for row in books.paid_payments
                if row["project"] in codes
                and date(end.year, 1, 1) <= row["paid_on"] <= end
                and row["paid_on"] < period.end
            ],
            "amount",
        )
        rates.append(min(done * 100 / planned, Decimal(100)))
    return _rounded(sum(rates, ZERO) / len(rates)) if rates else None


def _exports(books: Books, party: int, period: Period) -> Decimal:
    """What a party exported, on its own or as the agent of others."""
    lines = [row for row in books.released_lines if period.contains(row["released_on"])]
    return _sum([row for row in lines if party in (row["merchant_id"], row["agent_id"])], "value_cny")


def _sum(rows: Sequence[Row], column: str) -> Decimal:
    return sum((row[column] for row in rows), ZERO)


def _where(rows: Sequence[Row], flag: str, column: str = "amount") -> Decimal:
    return _sum([row for row in rows if row[flag]], column)


def _share(rows: Sequence[Row], flag: str) -> Decimal | None:
    return _percent(Decimal(sum(row[flag] for row in rows)), Decimal(len(rows)))


def _percent(part: Decimal, whole: Decimal) -> Decimal | None:
    return _rounded(part * 100 / whole) if whole else None


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.000001"), ROUND_HALF_UP)
