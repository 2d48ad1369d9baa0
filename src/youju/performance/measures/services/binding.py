"""Bindings: proposed from suggestions, confirmed by the performance officer, approved by another person; never overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.performance.measures import events, permissions
from youju.performance.measures.facts import binding_facts, suggestions
from youju.performance.measures.models import Binding
from youju.performance.measures.selectors.documents import Placed, matched, placed
from youju.performance.measures.selectors.values import Basis
from youju.performance.measures.services.refusing import checked, row_of
from youju.performance.targets import selectors as targets
from youju.rules.findings import Finding
from youju.rules.performance.measures.lifecycle import (
    APPROVED,
    BASES,
    CONFIRMED,
    DRAFT,
    OPEN,
    REFUSED,
    REPLACED,
    STATES,
)

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.performance.targets.models import TargetSet

MOST_AT_ONCE = 500
_LONGEST = {"metric": 200, "reading": 20, "note": 500}
_HOW = "请刷新页面，看过最新状态再办"


@dataclass(frozen=True, slots=True)
class BindingWish:
    """What a row is to be measured by: ``computed`` by a metric (several joined by `` + ``) or ``attested``."""

    basis: str = "computed"
    metric: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    reading: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """The binding, and what the rules said besides."""

    binding: Binding
    findings: Sequence[Finding]


@transaction.atomic
def confirm_binding(
    *, actor: User, target_set: TargetSet, code: str, number: int, wish: BindingWish
) -> Bound:
    """Confirm what a row is to be measured by; it waits for the approval of another person, the one in force stays until then.

    Raises:
        PermissionDenied: the actor binds nothing.
        InputError: no such row (404), another binding of it waits for approval (409), the wish cannot be read (422).
        MeasureRefusedError: what the rules found.
    """
    require(actor, permissions.BIND)
    row = row_of(target_set, code, number)
    waiting = _open_of(target_set, row)
    if waiting is not None and waiting.state == CONFIRMED:
        raise InputError(f"{row.indicator.level3} 已有待批准的绑定", how="请先批准或退回", status=409)
    binding = waiting or Binding(
        **_named(target_set, row), created_by=actor.username, version=_next(target_set, row)
    )
    for name, value in _read(wish).items():
        setattr(binding, name, value)
    _confirmed(binding, actor)
    found = checked(binding_facts(row, binding, "propose", actor=actor.username))
    binding.save()
    record(events.CONFIRMED, events.binding_subject(binding), None, told(binding))
    return Bound(binding, found)


@transaction.atomic
def draft_suggested(*, actor: User, target_set: TargetSet) -> list[Binding]:
    """Draft the best suggestion for every row that has no binding yet, for the officer to look at and confirm.

    Raises:
        PermissionDenied: the actor binds nothing.
    """
    require(actor, permissions.BIND)
    rows = placed(target_set)
    kept = Binding.objects.filter(
        unit_key=target_set.unit_key, fiscal_year=target_set.fiscal_year, state__in=[*OPEN, APPROVED]
    )
    taken = matched(rows, [((each.project, each.row, each.name_hash), each) for each in kept])
    made = []
    for place, row in enumerate(rows):
        best = suggestions(row) if place not in taken else []
        if best:
            made.append(
                Binding(
                    **_named(target_set, row),
                    basis=Basis.COMPUTED,
                    metric=best[0].metric,
                    parameters=dict(best[0].parameters),
                    reading=best[0].reading,
                    note=best[0].reason[: _LONGEST["note"]],
                    version=_next(target_set, row),
                    state=DRAFT,
                    created_by=actor.username,
                )
            )
    Binding.objects.bulk_create(made)
    for each in made:
        record(events.DRAFTED, events.binding_subject(each), None, told(each))
    return made


@transaction.atomic
def confirm_drafts(*, actor: User, bindings: Sequence[int]) -> list[Binding]:
    """Confirm drafts as they stand; all or none.

    Raises:
        PermissionDenied: the actor binds nothing.
        InputError: one of them is not there (404) or no draft any more (409).
        MeasureRefusedError: what the rules found.
    """
    require(actor, permissions.BIND)
    rows = _locked(bindings, DRAFT)
    law, placed_rows = law_on(timezone.localdate()), _rows_of(rows)
    for each in rows:
        _confirmed(each, actor)
        checked(binding_facts(placed_rows[each.pk], each, "propose", actor=actor.username, law=law))
        each.save()
        record(events.CONFIRMED, events.binding_subject(each), {"state": DRAFT}, {"state": CONFIRMED})
    return rows


@transaction.atomic
def approve_bindings(*, actor: User, bindings: Sequence[int]) -> list[Binding]:
    """Approve what was confirmed, by another person than the confirmer; what was in force is kept as replaced. All or none.

    Raises:
        PermissionDenied: the actor approves no bindings.
        InputError: one of them is not there (404) or does not wait for approval (409).
        MeasureRefusedError: what the rules found.
    """
    require(actor, permissions.APPROVE)
    rows = _locked(bindings, CONFIRMED)
    law, placed_rows = law_on(timezone.localdate()), _rows_of(rows)
    for each in rows:
        checked(binding_facts(placed_rows[each.pk], each, "approve", actor=actor.username, law=law))
        before = Binding.objects.filter(**_identity(each), state=APPROVED).first()
        if before is not None:
            before.state = REPLACED
            before.save(update_fields=["state"])
            record(events.REPLACED, events.binding_subject(before), {"state": APPROVED}, {"state": REPLACED})
        each.state = APPROVED
        each.approved_by, each.approved_name = actor.username, actor.display_name
        each.approved_at = timezone.now()
        each.save()
        record(events.APPROVED, events.binding_subject(each), {"state": CONFIRMED}, {"state": APPROVED})
    return rows


@transaction.atomic
def refuse_binding(*, actor: User, binding: int, reason: str) -> Binding:
    """Send a confirmed binding back; it is kept, and the row may be bound anew.

    Raises:
        PermissionDenied: the actor approves no bindings.
        InputError: no such binding (404), it does not wait for approval (409), no reason (422).
    """
    require(actor, permissions.APPROVE)
    reason = reason.strip()
    if not reason or len(reason) > _LONGEST["note"]:
        raise InputError("没有写退回理由，或者太长", where="理由", how="请写清要改什么", status=422)
    (row,) = _locked([binding], CONFIRMED)
    row.state, row.refused_why = REFUSED, reason
    row.save()
    record(
        events.REFUSED, events.binding_subject(row), {"state": CONFIRMED}, {"state": REFUSED}, reason=reason
    )
    return row


def told(row: Binding) -> dict[str, Any]:
    """A binding for the trail."""
    names = (
        "project",
        "row",
        "level3",
        "basis",
        "metric",
        "parameters",
        "reading",
        "note",
        "version",
        "state",
    )
    return {name: value for name in names if (value := getattr(row, name)) not in ("", None, {})}


def _read(wish: BindingWish) -> dict[str, Any]:
    if wish.basis not in BASES:
        raise InputError("没有这种依据", where="依据", how=f"可以写 {'、'.join(BASES)}", status=422)
    for name, most in _LONGEST.items():
        if len(getattr(wish, name)) > most or "\0" in getattr(wish, name):
            raise InputError("内容太长或有空字符", where=name, how=f"至多 {most} 个字", status=422)
    attested = wish.basis == Basis.ATTESTED
    given = {name.strip(): value.strip() for name, value in wish.parameters.items() if value.strip()}
    if any(len(name) > 30 or len(value) > 64 or "\0" in name + value for name, value in given.items()):
        raise InputError("参数太长", where="参数", how="参数值至多 64 个字", status=422)
    return {
        "basis": wish.basis,
        "metric": ""
        if attested
        else " + ".join(part.strip() for part in wish.metric.split("+") if part.strip()),
        "parameters": {} if attested else given,
        "reading": "" if attested else wish.reading,
        "note": wish.note.strip(),
    }


def _confirmed(row: Binding, actor: User) -> None:
    row.state = CONFIRMED
    row.confirmed_by, row.confirmed_name = actor.username, actor.display_name
    row.confirmed_at = timezone.now()


def _named(target_set: TargetSet, row: Placed) -> dict[str, Any]:
    return {
        "unit_key": target_set.unit_key,
        "fiscal_year": target_set.fiscal_year,
        "project": row.project,
        "row": row.row,
        "level3": row.indicator.level3,
        "name_hash": row.name_hash,
    }


def _identity(row: Binding) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("unit_key", "fiscal_year", "project", "row", "name_hash")}


def _open_of(target_set: TargetSet, row: Placed) -> Binding | None:
    named = {name: value for name, value in _named(target_set, row).items() if name != "level3"}
    return Binding.objects.select_for_update().filter(**named, state__in=OPEN).first()


def _next(target_set: TargetSet, row: Placed) -> int:
    named = {name: value for name, value in _named(target_set, row).items() if name != "level3"}
    last = Binding.objects.filter(**named).aggregate(last=Max("version"))["last"]
    return int(last or 0) + 1


def _rows_of(bindings: Sequence[Binding]) -> dict[int, Placed]:
    """The row of each binding in the version that its year shows.

    Raises:
        InputError: the document, or the row, is not there any more (409).
    """
    found: dict[int, Placed] = {}
    for year, unit in {(each.fiscal_year, each.unit_key) for each in bindings}:
        mine = [each for each in bindings if (each.fiscal_year, each.unit_key) == (year, unit)]
        target_set = targets.active_set(year=year, unit=unit)
        rows = placed(target_set) if target_set else []
        for place, each in matched(
            rows, [((each.project, each.row, each.name_hash), each) for each in mine]
        ).items():
            found[each.pk] = rows[place]
    for each in bindings:
        if each.pk not in found:
            raise InputError(
                "现行的绩效目标里没有这一行了", where=str(each), how="请退回，重新绑定", status=409
            )
    return found


def _locked(keys: Sequence[int], state: str) -> list[Binding]:
    wanted = sorted(set(keys))
    if not wanted or len(wanted) > MOST_AT_ONCE:
        raise InputError("没有勾选，或者太多", where="绑定", how=f"一次至多 {MOST_AT_ONCE} 条", status=422)
    rows = list(Binding.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    if len(rows) != len(wanted):
        raise InputError("没有这个绑定", where="绑定", how="请回到绑定清单", status=404)
    for each in rows:
        if each.state != state:
            raise InputError(f"{each} 的状态是“{STATES[each.state]}”", where="状态", how=_HOW, status=409)
    return rows
