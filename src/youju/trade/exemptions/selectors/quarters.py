"""The quarterly table of an agent's actual consignors: rows, control totals, findings; nothing is typed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Sum
from django.utils import timezone

from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.trade.exemptions.facts import QuarterFacts
from youju.rules.trade.exemptions.judging import judge
from youju.rules.trade.exemptions.periods import bounds_of, is_reported, quarter_of, report_due
from youju.trade.exemptions import permissions
from youju.trade.exemptions.models import ExportLine, QuarterReport
from youju.trade.parties.selectors.entrusted import tax_ids_of
from youju.trade.parties.selectors.partners import ids_of_organisation, names_of, partners

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class ConsignorRow:
    """A consignor in an agent's quarter; ``amount`` in CNY; ``declarations``: customs' numbers (ours where there is none)."""

    number: str
    name: str
    tax_id: str
    amount: Decimal
    lines: int
    declarations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuarterTable:
    """An agent's quarter: ``applies`` by the law of its last day; ``declared`` is the control total over the released lines."""

    agent_id: int
    agent_number: str
    agent: str
    quarter: str
    first: date
    last: date
    due_on: date
    applies: bool
    rows: tuple[ConsignorRow, ...]
    amount: Decimal
    lines: int
    declarations: int
    declared: Decimal
    findings: tuple[Finding, ...]
    reports: tuple[QuarterReport, ...]

    @property
    def balanced(self) -> bool:
        """Whether the rows add up to what the lines say."""
        return self.amount == self.declared

    def frozen(self) -> list[dict[str, Any]]:
        """The rows as plain data, as they are kept and hashed."""
        return [
            {**asdict(row), "amount": str(row.amount), "declarations": list(row.declarations)}
            for row in self.rows
        ]

    @property
    def sha256(self) -> str:
        """Of the frozen rows."""
        return digest(self.frozen())


def digest(rows: Sequence[dict[str, Any]]) -> str:
    """The hash of frozen rows, whatever the order of their keys."""
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def last_quarter(today: date | None = None) -> str:
    """The quarter that ended last."""
    day = today or timezone.localdate()
    first = bounds_of(quarter_of(day))[0]
    return quarter_of(date.fromordinal(first.toordinal() - 1))


def quarter_named(text: str) -> str:
    """A quarter as somebody wrote it.

    Raises:
        InputError: it is none.
    """
    word = text.strip().upper()
    try:
        bounds_of(word)
    except ValueError as error:
        raise InputError(f"没有季度“{text[:12]}”", where="季度", how="请照 2025Q4 这样写") from error
    return word


def quarter_table(actor: User, *, agent_id: int, quarter: str) -> QuarterTable:
    """An agent's quarter as it stands now. Six queries.

    Raises:
        PermissionDenied: the actor sees no exemptions.
        InputError: no such quarter.
    """
    require(actor, permissions.VIEW)
    # Of what its own people may see: a merchant reaches some of an agent's lines, and they are no table of the agent's.
    mine = _oversees(actor) or agent_id in ids_of_organisation(actor.organisation_id)
    return made_quarter(agent_id, quarter, none=not mine)


def made_quarter(agent_id: int, quarter: str, *, none: bool = False) -> QuarterTable:
    """The same for whoever has been asked for a right already, as the command; ``none``: a table without rows.

    Raises:
        InputError: no such quarter (422), or no such agent (404).
    """
    if not 0 < agent_id <= _LARGEST:
        raise InputError("没有这家外贸代理", how="请回到委托方季报", status=404)
    quarter = quarter_named(quarter)
    first, last = bounds_of(quarter)
    lines = ExportLine.objects.filter(agent=agent_id, released_on__gte=first, released_on__lte=last)
    if none:
        lines = lines.none()
    grouped = list(
        lines.order_by()
        .values("merchant")
        .annotate(
            total=Sum("value_cny"),
            count=Count("line"),
            entries=ArrayAgg("entry_number", distinct=True),
            ours=ArrayAgg("declaration", distinct=True),
        )
    )
    ids = [each["merchant"] for each in grouped]
    names, codes = names_of([*ids, agent_id]), tax_ids_of(ids)
    rows = tuple(sorted((_row(each, names, codes) for each in grouped), key=lambda row: row.number))
    law = law_on(last)
    reports = tuple(QuarterReport.objects.filter(agent=agent_id, quarter=quarter).order_by("-version"))
    number, name = names.get(agent_id, ("", ""))
    total = lines.aggregate(total=Sum("value_cny"), count=Count("declaration", distinct=True))
    facts = QuarterFacts(
        "watch",
        timezone.localdate(),
        name,
        quarter,
        last,
        report_due(quarter, law).day,
        bool(reports),
        len(rows),
        tuple(row.name for row in rows if not row.tax_id),
        sum((row.amount for row in rows), Decimal(0)),
    )
    return QuarterTable(
        agent_id, number, name, quarter, first, last, facts.due_on, is_reported(law), rows, facts.amount,
        sum(row.lines for row in rows), total["count"], total["total"] or Decimal(0), tuple(judge(facts, law)), reports,
    )  # fmt: skip


def _row(each: Mapping[str, Any], names: Any, codes: Any) -> ConsignorRow:
    number, name = names.get(each["merchant"], ("", ""))
    entries = tuple(sorted(entry for entry in each["entries"] if entry))
    return ConsignorRow(
        number,
        name,
        codes.get(each["merchant"]) or "",
        each["total"],
        each["count"],
        entries or tuple(sorted(each["ours"])),
    )


def _oversees(actor: User) -> bool:
    from youju.foundation.identity.reaching import reads_of

    return not reads_of(actor).startswith("own:")


@dataclass(frozen=True, slots=True)
class AgentLine:
    """An agent in a quarter's overview; ``report``: what it submitted last; ``finding``: that it is late."""

    id: int
    number: str
    name: str
    consignors: int
    declarations: int
    amount: Decimal
    report: QuarterReport | None
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class QuarterOverview:
    """The agents of a quarter, and the quarters before and after."""

    quarter: str
    applies: bool
    due_on: date
    agents: tuple[AgentLine, ...]
    before: str
    after: str


def quarter_overview(actor: User, quarter: str) -> QuarterOverview:
    """The agents with released goods in a quarter, in the actor's reach, by filing number. Four queries, however many.

    Raises:
        PermissionDenied: the actor sees no exemptions.
        InputError: no such quarter.
    """
    require(actor, permissions.VIEW)
    name = quarter_named(quarter)
    first, last = bounds_of(name)
    law, today = law_on(last), timezone.localdate()
    due = report_due(name, law).day
    rows = ExportLine.objects.filter(released_on__gte=first, released_on__lte=last)
    if not _oversees(actor):
        rows = rows.filter(agent__in=ids_of_organisation(actor.organisation_id))
    grouped = list(
        rows.order_by()
        .values("agent")
        .annotate(
            consignors=Count("merchant", distinct=True),
            declarations=Count("declaration", distinct=True),
            amount=Sum("value_cny"),
        )
    )
    names = names_of(each["agent"] for each in grouped)
    reports: dict[int, QuarterReport] = {}
    for report in QuarterReport.objects.filter(quarter=name).order_by("version"):
        reports[report.agent_id] = report
    agents = []
    for each in grouped:
        number, agent = names.get(each["agent"], ("", ""))
        said = reports.get(each["agent"])
        facts = QuarterFacts(
            "watch",
            today,
            agent,
            name,
            last,
            due,
            said is not None,
            each["consignors"],
            amount=each["amount"],
        )
        found = next(iter(judge(facts, law)), None)
        agents.append(
            AgentLine(
                each["agent"],
                number,
                agent,
                each["consignors"],
                each["declarations"],
                each["amount"],
                said,
                found,
            )
        )
    return QuarterOverview(
        name,
        is_reported(law),
        due,
        tuple(sorted(agents, key=lambda line: line.number)),
        quarter_of(date.fromordinal(first.toordinal() - 1)),
        quarter_of(date.fromordinal(last.toordinal() + 1)),
    )


def is_own(actor: User, agent_id: int) -> bool:
    """Whether the actor files and the agent is the actor's organisation's. One query."""
    return (
        allowed(actor, permissions.FILE)
        and actor.organisation_id is not None
        and agent_id in ids_of_organisation(actor.organisation_id)
    )


def agent_numbered(number: str) -> int:
    """The id of an agent by its filing number.

    Raises:
        InputError: there is none.
    """
    found = partners([number]).get(number)
    if found is None:
        raise InputError(f"没有备案号“{number[:20]}”", where="代理", how="请核对备案号")
    return found.id
