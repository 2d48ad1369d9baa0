"""One declaration with all that stands on its page; queries do not grow with the lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count

from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.selectors import Available, CaseView, StepView, available, case, log_of
from youju.rules.trade.declarations.facts import Declaration as Made
from youju.rules.trade.declarations.lifecycle import DECLARATION_KIND
from youju.trade.declarations import permissions
from youju.trade.declarations.facts import declared_of
from youju.trade.declarations.models import Declaration, DeclaredLine, Plan, SourceLine
from youju.trade.declarations.selectors.acting import acts_for
from youju.trade.declarations.selectors.contents import Contents, containers_of, sources_of
from youju.trade.declarations.selectors.finding import found
from youju.trade.parties.selectors.partners import names_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class SourceView:
    """Packed goods in a declared line, with their order line and merchant (filing number, name, id)."""

    order: str
    line_no: int
    name: str
    merchant: tuple[str, str]
    merchant_id: int
    quantity: Decimal
    unit: str
    amount: Decimal
    net_weight: Decimal
    packages: int
    live: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """A declared line with its sources; ``hidden`` of them belong to orders that are not in the reach."""

    row: DeclaredLine
    sources: tuple[SourceView, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class DeclarationPage:
    """A declaration; ``parties``: role → (filing number, name); ``versions``: (key, version, state), oldest first.

    ``plan`` is left out where the actor does not see it.
    """

    row: Declaration
    key: str
    packing: str
    plan: int | None
    parties: Mapping[str, tuple[str, str]]
    lines: tuple[LineView, ...]
    contents: Contents
    case: CaseView | None
    log: tuple[StepView, ...]
    options: tuple[Available, ...]
    versions: tuple[tuple[str, int, str], ...]
    papers: tuple[DocumentView, ...]
    may_edit: bool

    @property
    def newest(self) -> bool:
        """Whether no later version stands in its place."""
        return self.versions[-1][1] == self.row.version

    @property
    def being_made(self) -> bool:
        """Whether a document is under way."""
        return any(not each.ready and not each.error for each in self.papers)


def declaration_page(*, actor: User, key: str) -> DeclarationPage | None:
    """A declaration by number and version, or by number alone its newest version.

    Raises:
        PermissionDenied: the actor may not see declarations.
    """
    require(actor, permissions.VIEW)
    row = found(key)
    if row is None:
        return None
    lines = list(row.lines.order_by("g_no"))
    subject = Subject(DECLARATION_KIND, str(row), row.number)
    versions = Declaration.objects.filter(number=row.number).order_by("version")
    made: Made = declared_of(lines, currency=row.currency)
    names = names_of(each for each in (row.agent_id, row.broker_id) if each is not None)
    parties = {"agent": names.get(row.agent_id, ("", ""))}
    if row.broker_id is not None:
        parties["broker"] = names.get(row.broker_id, ("", ""))
    return DeclarationPage(
        row=row,
        key=str(row),
        packing=row.packing.number,
        plan=Plan.objects.filter(declarations=row).values_list("pk", flat=True).first(),
        parties=parties,
        lines=_lines(row, lines),
        contents=Contents(made, {line.g_no: line.model for line in lines if line.model}, containers_of(row)),
        case=case(subject),
        log=log_of(subject),
        options=tuple(available(subject, actor)),
        versions=tuple((str(each), each.version, each.state) for each in versions),
        papers=tuple(documents(subject)),
        may_edit=allowed(actor, permissions.PLAN) and acts_for(actor, row.agent_id, row.broker_id),
    )


def _lines(row: Declaration, lines: list[DeclaredLine]) -> tuple[LineView, ...]:
    sources = list(sources_of([row]))
    names = names_of(source.merchant_id for source in sources)
    by_line: dict[int, list[SourceView]] = {}
    for source in sources:
        of = source.order_line
        by_line.setdefault(source.line_id, []).append(
            SourceView(
                of.order.number, of.line_no, of.name, names.get(source.merchant_id, ("", "")), source.merchant_id,
                source.quantity, of.unit, source.amount, source.net_weight, source.packages, source.live,
            )
        )  # fmt: skip
    counted = SourceLine.objects.filter(line__declaration=row).values_list("line").annotate(count=Count("pk"))
    counts = dict(counted.order_by())
    return tuple(
        LineView(line, tuple(seen), counts.get(line.pk, 0) - len(seen))
        for line in lines
        for seen in [by_line.get(line.pk, [])]
    )
