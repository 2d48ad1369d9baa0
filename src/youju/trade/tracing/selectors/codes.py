"""Codes on cartons: those of a record's lines, and what a stranger may see behind one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.utils import timezone

from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.rules.law import Table, table
from youju.rules.trade.tracing.publishing import Public, Reached, published, stage_of
from youju.trade.declarations.selectors.chains import traced_sources
from youju.trade.orders.selectors.tracing import traced_lines
from youju.trade.packing.selectors.tracing import traced_parts
from youju.trade.parties.selectors import acting_parties
from youju.trade.parties.selectors.tracing import NOBODY, regions_of, sellers, stall_on
from youju.trade.tracing import events, permissions
from youju.trade.tracing.models import TOKEN, StallConsent, TraceCode
from youju.trade.tracing.selectors import finding
from youju.trade.tracing.selectors.scopes import Scope, scope_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.trade.orders.selectors.tracing import TracedLine

LABELLED = ("order", "packing", "declaration")
"""From which records labels are made."""


@dataclass(frozen=True, slots=True)
class LabelLine:
    """An order line with its code, where it has a good one; ``packages``: how many labels it wants."""

    id: int
    order: str
    line_no: int
    name: str
    name_en: str
    unit: str
    packages: int
    token: str
    made_by: str


@dataclass(frozen=True, slots=True)
class LabelsPage:
    """The lines of a record for which labels are made."""

    origin: finding.Origin
    lines: tuple[LabelLine, ...]
    papers: tuple[DocumentView, ...]
    may_label: bool

    @property
    def being_made(self) -> bool:
        """Whether a sheet is under way."""
        return any(not each.ready and not each.error for each in self.papers)


@dataclass(frozen=True, slots=True)
class Consent:
    """A merchant of the asker and whether its stall is named to the public."""

    party: int
    number: str
    name: str
    shown: bool


def labels_page(*, actor: User, kind: str, number: str) -> LabelsPage:
    """The lines of an order, a packing or a declaration with their codes.

    Raises:
        PermissionDenied: the actor may not trace.
        InputError: no such record that the actor sees (404).
    """
    require(actor, permissions.VIEW)
    origin = finding.origin_of(kind, number)
    if kind not in LABELLED:
        raise InputError("标签只能从交易单、装箱单或报关单制作", status=404)
    subject = Subject(events.LABELS_KIND, f"{origin.kind}/{origin.number}", origin.label)
    papers = tuple(documents(subject))
    return LabelsPage(origin, label_lines(scope_of(origin)), papers, allowed(actor, permissions.LABEL))


def label_lines(scope: Scope) -> tuple[LabelLine, ...]:
    """The lines of a scope with their good codes; from a packing or declaration only the packages in it count."""
    codes = codes_of(scope.ids)
    packages: dict[int, int] | None = None
    if scope.packed is not None:
        packages = {}
        for part in traced_parts(scope.ids, scope.packed):
            packages[part.order_line] = packages.get(part.order_line, 0) + part.packages
    return tuple(
        LabelLine(
            line.id, line.order, line.line_no, line.name, line.name_en, line.unit,
            line.packages if packages is None else packages.get(line.id, 0), *codes.get(line.id, ("", "")),
        )
        for line in traced_lines(scope.ids)
    )  # fmt: skip


def sheets() -> Mapping[str, Mapping[str, Any]]:
    """The sizes of label sheets in force today: code → name and measures in mm."""
    found = table(law_on(timezone.localdate()), "trade.tracing.label_sheets")
    return {code: dict(cast("Table", sheet)) for code, sheet in found.items()}


def codes_of(ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    """Order line → (token, who made it) of its good code. One query."""
    rows = TraceCode.objects.filter(order_line__in=list(ids), revoked_at=None)
    return {line: (token, by) for line, token, by in rows.values_list("order_line_id", "token", "created_by")}


def consents(*, actor: User) -> tuple[Consent, ...]:
    """The actor's own merchants and whether their stalls are named to the public.

    Raises:
        PermissionDenied: it is not for the actor to decide.
    """
    require(actor, permissions.CONSENT)
    own = [each for each in acting_parties(actor, timezone.localdate()) if each.own]
    shown = set(
        StallConsent.objects.filter(party__in=[each.id for each in own], shown=True).values_list(
            "party", flat=True
        )
    )
    return tuple(Consent(each.id, each.number, each.name, each.id in shown) for each in own)


def public_view(token: str) -> Public | None:
    """What a stranger with a token may see; ``None`` for an unknown or revoked one. No identity, no price, no number."""
    if not re.fullmatch(TOKEN, token):
        return None
    with reaching_all():
        code = TraceCode.objects.filter(token=token, revoked_at=None).first()
        if code is None:
            return None
        line = next(iter(traced_lines([code.order_line_id])), None)
        return _public(line) if line is not None else None


def _public(line: TracedLine) -> Public:
    parts, sources = traced_parts([line.id]), [each for each in traced_sources([line.id]) if each.live]
    stall = stall_on(sellers([line.merchant]).get(line.merchant, NOBODY).stalls, line.ordered_on)
    consents = StallConsent.objects.filter(party=line.merchant, shown=True).exists()
    stage = stage_of(
        Reached(
            bool(parts),
            bool(sources),
            bool(sources) and all(each.released_at is not None for each in sources),
            bool(sources) and all(each.exported_at is not None for each in sources),
        )
    )
    return published(
        name=line.name,
        name_en=line.name_en,
        market=stall.market_name if stall else "",
        region=regions_of([line.merchant]).get(line.merchant, ""),
        stall=stall.number if stall else "",
        consents=consents,
        stage=stage,
        packed_in=_month(min((each.packed_on for each in parts), default=None)),
    )


def _month(day: date | None) -> str:
    return f"{day:%Y-%m}" if day else ""
