"""Taking back what a spreadsheet packed: its packings and consolidations are cancelled, their goods are free again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q

from youju.foundation.audit.services import record_many
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance_many
from youju.rules.trade.packing.amounts import Amounts
from youju.rules.trade.packing.lifecycle import CANCELLED, CONSOLIDATION_FLOW, PACKING_FLOW
from youju.rules.workflow import Flow
from youju.trade.packing import events, permissions
from youju.trade.packing.models import ConsolidatedLine, Consolidation, PackedLine, Packing
from youju.trade.packing.services import balancing, refusing, stepping
from youju.trade.packing.services.consolidating import figures
from youju.trade.packing.services.loading import packed_amounts, release

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from youju.foundation.identity.models import User


def consequences_of_taking_back(*, packings: Sequence[str], consolidations: Sequence[str]) -> list[str]:
    """What taking back would do, in sentences.

    Raises:
        InputError: goods are declared, or stand in another packing by now (409).
    """
    rows = list(_packings(packings))
    gathered = list(_consolidations(consolidations))
    refuse_unless_free(rows, gathered)
    lines = PackedLine.objects.filter(container__packing__in=rows).count()
    told = [
        f"作废这一批的 {len(rows)} 张装箱单、{len(gathered)} 张组货单；箱子里的 {lines} 行货物可以重新组货、装箱。"
    ]
    gone = len(packings) + len(consolidations) - len(rows) - len(gathered)
    return told + ([f"其中 {gone} 张已经作废，或您看不到，不再处理。"] if gone else [])


@transaction.atomic
def take_back(*, actor: User, packings: Sequence[str], consolidations: Sequence[str], reason: str) -> int:
    """Cancel packings, then the consolidations that were made for them; how many records.

    ``actor`` is who brought them in; who may take a batch back is asked by the imports room. Records that are cancelled already
    are passed over.

    Raises:
        InputError: goods are declared, or stand in another packing by now (409); then nothing is cancelled.
        PermissionDenied: the actor may not pack, or takes no part in one of them.
    """
    require(actor, permissions.EDIT)
    rows = list(_packings(packings).select_for_update())
    packed = list(PackedLine.objects.filter(container__packing__in=rows).order_by("pk"))
    # Whatever consolidation is touched is held first, in the order of ids, as everybody does.
    touched = [line.consolidated_id for line in packed]
    behind = ConsolidatedLine.objects.filter(pk__in=touched).values("consolidation")
    of = Q(pk__in=behind) | Q(number__in=list(consolidations))
    list(Consolidation.objects.filter(of).order_by("pk").select_for_update())
    gathered = list(_consolidations(consolidations))
    for row in rows:
        refusing.takes_part(actor, row.organisations, "装箱单")
    for each in gathered:
        refusing.takes_part(actor, each.organisations, "组货单")
    refuse_unless_free(rows, gathered)
    if rows:
        _empty(rows, packed)
    if gathered:
        back: dict[int, Amounts] = {}
        for line in ConsolidatedLine.objects.filter(consolidation__in=gathered).order_by("pk"):
            back[line.order_line_id] = back.get(line.order_line_id, Amounts()) + figures(line)
        balancing.give_back(back)
    _cancel(actor, PACKING_FLOW, rows, reason)
    _cancel(actor, CONSOLIDATION_FLOW, gathered, reason)
    return len(rows) + len(gathered)


def _cancel(actor: User, flow: Flow, rows: Sequence[Packing] | Sequence[Consolidation], reason: str) -> None:
    if not rows:
        return
    subjects = [refusing.subject_of(row) for row in rows]
    advance_many(flow=flow, subjects=subjects, transition="cancel", actor=actor, reason=reason)
    type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]).update(
        state=CANCELLED, closed_at=None, revision=F("revision") + 1
    )


def refuse_unless_free(rows: Sequence[Packing], gathered: Sequence[Consolidation]) -> None:
    """Go on only where no room above holds a packing and no other packing holds goods of the consolidations.

    Raises:
        InputError: one does (409).
    """
    for row in rows:
        if why := stepping.held_by(row.pk):
            raise InputError(why, where=row.number, how="请先撤回报关单", status=409)
    other = (
        PackedLine.objects.filter(consolidated__consolidation__in=gathered)
        .exclude(container__packing__in=rows)
        .values_list("container__packing__number", "consolidated__consolidation__number")
        .first()
    )
    if other is not None:
        raise InputError(
            f"组货单 {other[1]} 的货后来装进了别的装箱单", where=other[0], how="请先卸下，再撤销", status=409
        )


def _empty(rows: Sequence[Packing], packed: Sequence[PackedLine]) -> None:
    if not packed:
        return
    release(packed)
    of = dict(PackedLine.objects.filter(container__packing__in=rows).values_list("pk", "container__packing"))
    parts: dict[int, list[Amounts]] = {}
    for line in packed:
        parts.setdefault(of[line.pk], []).append(packed_amounts(line))
    record_many(
        events.UNPACKED,
        [(refusing.subject_of(r), balancing.sums(parts[r.pk]), None) for r in rows if r.pk in parts],
    )
    PackedLine.objects.filter(pk__in=[line.pk for line in packed]).delete()


def _packings(numbers: Sequence[str]) -> QuerySet[Packing]:
    return Packing.objects.filter(number__in=list(numbers)).exclude(state=CANCELLED).order_by("pk")


def _consolidations(numbers: Sequence[str]) -> QuerySet[Consolidation]:
    return Consolidation.objects.filter(number__in=list(numbers)).exclude(state=CANCELLED).order_by("pk")
