"""One card, transfer, disposal and round as their pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Count as CountOf
from django.utils import timezone

from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.funds.assets import events, permissions
from youju.funds.assets.facts import facts_of, stocktake_facts
from youju.funds.assets.models import Asset, Disposal, Funding, Item, Move, Stocktake
from youju.funds.assets.selectors.categories import category_name, groups
from youju.funds.assets.selectors.lists import disposal_of, move_of, one_of, stocktake_of
from youju.rules.findings import Finding
from youju.rules.funds.assets.counting import RESULTS, UNCOUNTED
from youju.rules.funds.assets.depreciation import MonthCharge, charges, month_after
from youju.rules.funds.assets.judging import judge
from youju.rules.funds.assets.lifecycle import (
    ASSET_STATES,
    COUNTING,
    DISPOSED,
    DRAFT,
    IDLE,
    IN_USE,
    LENT,
    OFFERED,
)
from youju.rules.law import table

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

LABELS_SUBJECT = Subject(events.LABELS_KIND, "register", "固定资产标签")


@dataclass(frozen=True, slots=True)
class AssetPage:
    """A card with what hangs on it. ``schedule``: the whole life, month by month, by the rule; ``net`` in CNY."""

    asset: Asset
    state_label: str
    category: str
    group: str
    section: str
    net: Decimal
    fundings: tuple[Funding, ...]
    moves: tuple[Move, ...]
    disposals: tuple[Disposal, ...]
    counts: tuple[Item, ...]
    schedule: tuple[MonthCharge, ...]
    findings: tuple[Finding, ...]
    may_edit: bool
    may_move: bool
    may_return: bool
    may_dispose: bool


@dataclass(frozen=True, slots=True)
class StepPage:
    """A transfer or disposal: its way, and what this user may do with it."""

    row: Any
    asset: Asset
    case: workflow.CaseView | None
    milestones: tuple[workflow.Milestone, ...]
    log: tuple[workflow.StepView, ...]
    options: tuple[workflow.Available, ...]

    @property
    def may_complete(self) -> bool:
        """Whether the step with a form of its own is open to this user."""
        return any(each.code == "complete" and not each.blocked for each in self.options)

    @property
    def other_options(self) -> tuple[workflow.Available, ...]:
        """The steps that need no form of their own."""
        return tuple(each for each in self.options if each.code != "complete" or each.blocked)


@dataclass(frozen=True, slots=True)
class StocktakePage:
    """A round: how many lines by result, and its way."""

    row: Stocktake
    section: str
    state_label: str
    counts: tuple[tuple[str, str, int], ...]
    counted: int
    undecided: int
    conflicts: int
    findings: tuple[Finding, ...]
    case: workflow.CaseView | None
    milestones: tuple[workflow.Milestone, ...]
    log: tuple[workflow.StepView, ...]
    options: tuple[workflow.Available, ...]
    may_count: bool
    may_decide: bool


def asset_page(actor: User, asset_id: int) -> AssetPage:
    """One card. A handful of queries, however much hangs on it.

    Raises:
        PermissionDenied: the actor sees no assets.
        InputError: there is none (404).
    """
    row, today = one_of(actor, asset_id), timezone.localdate()
    fundings = tuple(row.fundings.select_related("payment"))
    moves = tuple(row.moves.all())
    offered = any(each.state in (DRAFT, OFFERED) for each in moves)
    editor, disposer = allowed(actor, permissions.EDIT), allowed(actor, permissions.DISPOSE)
    paid = sum((each.amount for each in fundings), Decimal(0))
    end = month_after(row.acquired_on, row.months)
    watched = () if row.state == DISPOSED else judge(facts_of(row, "watch", today, paid=paid), law_on(today))
    return AssetPage(
        asset=row,
        state_label=ASSET_STATES[row.state],
        category=category_name(row.category),
        group=groups().get(row.category[:3], ""),
        section=sections().get(row.section, row.section),
        net=row.cost - row.depreciated,
        fundings=fundings,
        moves=moves,
        disposals=tuple(row.disposals.all()),
        counts=tuple(row.items.select_related("stocktake").order_by("-pk")[:20]),
        schedule=tuple(charges(row.cost, row.months, row.acquired_on, until=end)),
        findings=tuple(watched),
        may_edit=editor and row.state != DISPOSED,
        may_move=editor and not offered and row.state in (IN_USE, IDLE),
        may_return=editor and not offered and row.state == LENT,
        may_dispose=disposer and not offered and row.state in (IN_USE, IDLE, LENT),
    )


def move_page(actor: User, move_id: int) -> StepPage:
    """One transfer.

    Raises:
        PermissionDenied: the actor sees no assets.
        InputError: there is none (404).
    """
    row = move_of(actor, move_id)
    return _steps(actor, row, row.asset, events.move_subject(row, row.asset))


def disposal_page(actor: User, disposal_id: int) -> StepPage:
    """One disposal.

    Raises:
        PermissionDenied: the actor sees no assets.
        InputError: there is none (404).
    """
    row = disposal_of(actor, disposal_id)
    return _steps(actor, row, row.asset, events.disposal_subject(row, row.asset))


def _steps(actor: User, row: Any, asset: Asset, subject: Subject) -> StepPage:
    return StepPage(
        row=row,
        asset=asset,
        case=workflow.case(subject),
        milestones=workflow.milestones(subject),
        log=workflow.log_of(subject),
        options=workflow.available(subject, actor),
    )


def stocktake_page(actor: User, stocktake_id: int) -> StocktakePage:
    """One round. A handful of queries for any size.

    Raises:
        PermissionDenied: the actor sees no assets.
        InputError: there is none (404).
    """
    row, today = stocktake_of(actor, stocktake_id), timezone.localdate()
    sizes = dict(row.items.order_by().values_list("result").annotate(CountOf("pk")))
    facts = stocktake_facts(row, "close", today)
    subject = events.stocktake_subject(row)
    case = workflow.case(subject)
    return StocktakePage(
        row=row,
        section=sections().get(row.section, row.section),
        state_label=case.state_label if case else row.state,
        counts=tuple((code, label, sizes.get(code, 0)) for code, label in RESULTS.items()),
        counted=sum(size for code, size in sizes.items() if code not in (UNCOUNTED, "missing")),
        undecided=facts.undecided,
        conflicts=row.items.exclude(conflict="").count(),
        findings=tuple(judge(stocktake_facts(row, "watch", today), law_on(today))),
        case=case,
        milestones=workflow.milestones(subject),
        log=workflow.log_of(subject),
        options=workflow.available(subject, actor),
        may_count=row.state == COUNTING and allowed(actor, permissions.COUNT),
        may_decide=row.state == "settling" and allowed(actor, permissions.EDIT),
    )


def phone_list(actor: User, stocktake_id: int) -> dict[str, Any]:
    """What a phone keeps of a round: short rows ``[number, name, place, keeper, result, who]``. Three queries for any size.

    Raises:
        PermissionDenied: the actor sees no assets.
        InputError: there is none (404).
    """
    row = stocktake_of(actor, stocktake_id)
    rows = row.items.order_by("place", "number").values_list(
        "number", "asset__name", "place", "keeper_name", "result", "counted_name"
    )
    return {
        "round": row.number,
        "title": row.title,
        "open": row.state == COUNTING,
        "user": actor.username,
        "results": RESULTS,
        "items": [[each[0], each[1] or "", *each[2:]] for each in rows],
    }


def sheets() -> dict[str, Mapping[str, Any]]:
    """The label papers on offer: code → name and sizes in mm."""
    rows = table(law_on(timezone.localdate()), "funds.assets.label_sheets")
    return {code: cast("Mapping[str, Any]", row) for code, row in rows.items()}


def label_papers(actor: User) -> list[DocumentView]:
    """The sheets of labels that were made, the newest first.

    Raises:
        PermissionDenied: the actor sees no assets.
    """
    require(actor, permissions.VIEW)
    return documents(LABELS_SUBJECT)


def last_month(today: date | None = None) -> date:
    """The first day of the month that ended last."""
    return month_after((today or timezone.localdate()).replace(day=1), -1)
