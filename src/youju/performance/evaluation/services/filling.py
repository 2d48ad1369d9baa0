"""What only people know: causes, measures, tiers, words about the year. Values are never typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.performance.evaluation import events, permissions
from youju.performance.evaluation.facts import day_of
from youju.performance.evaluation.models import EvaluationRow, SelfEvaluation
from youju.performance.evaluation.services.locking import in_filling, locked_self
from youju.rules.performance.evaluation.points import plain
from youju.rules.performance.evaluation.schemas import Schema, schema_of
from youju.rules.performance.targets.values import split_value

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LONG, _SHORT = 4000, 2000
_FIELDS = ("cause", "improvement", "tier", "tier_rate", "weight")


@dataclass(frozen=True, slots=True)
class RowWish:
    """What the section says of a row. ``None``: leave it. ``tier`` empty: no judgement; ``tier_rate`` in per cent."""

    cause: str | None = None
    improvement: str | None = None
    tier: str | None = None
    tier_rate: Decimal | None = None
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FillWish:
    """What the section says of a self-evaluation; rows by number. ``None``: leave it."""

    done: str | None = None
    execution_reason: str | None = None
    rows: Mapping[int, RowWish] = field(default_factory=dict)


@transaction.atomic
def fill(*, actor: User, evaluation_id: int, wish: FillWish, revision: int | None = None) -> SelfEvaluation:
    """Save what is filled in, whole or in part: an unfinished form is kept as it is.

    Raises:
        PermissionDenied: the actor fills in no self-evaluations.
        InputError: none such (404), handed on already or saved by somebody else (409), a tier that fits no row (422).
    """
    require(actor, permissions.FILL)
    head = in_filling(locked_self(evaluation_id), revision)
    schema = schema_of(head.schema, law_on(day_of(head.fiscal_year)))
    before = {"done": head.done, "execution_reason": head.execution_reason}
    if wish.done is not None:
        head.done = worded(wish.done, _LONG)
    if wish.execution_reason is not None:
        head.execution_reason = worded(wish.execution_reason, _SHORT)
    changed: list[dict[str, Any]] = []
    rows = {row.number: row for row in head.rows.all()}
    touched = []
    for number, each in wish.rows.items():
        row = rows.get(number)
        if row is None:
            raise InputError(f"没有第 {number} 行", where=str(head), how="请刷新页面")
        was = {name: getattr(row, name) for name in _FIELDS}
        _put(row, each, schema, actor)
        now = {name: getattr(row, name) for name in _FIELDS}
        if was != now:
            touched.append(row)
            changed.append(
                {"row": number} | {name: _told(now[name]) for name in _FIELDS if was[name] != now[name]}
            )
    after = {"done": head.done, "execution_reason": head.execution_reason}
    old, new = changes(before, after)
    if new or changed:
        EvaluationRow.objects.bulk_update(touched, [*_FIELDS, "tier_by"])
        head.revision += 1
        head.save(update_fields=["done", "execution_reason", "revision"])
        record(
            events.FILLED,
            events.self_subject(head),
            old,
            (new or {}) | ({"rows": changed} if changed else {}),
        )
    return head


def worded(text: str, longest: int) -> str:
    """What somebody typed, without NUL and white space at its ends.

    Raises:
        InputError: too long.
    """
    plain_text = text.replace("\0", "").strip()
    if len(plain_text) > longest:
        raise InputError(f"有 {len(plain_text)} 个字，至多 {longest} 个", how="请改短")
    return plain_text


def _put(row: EvaluationRow, wish: RowWish, schema: Schema, actor: User) -> None:
    if wish.cause is not None:
        row.cause = worded(wish.cause, _SHORT)
    if wish.improvement is not None:
        row.improvement = worded(wish.improvement, _SHORT)
    if wish.weight is not None:
        row.weight = wish.weight
    if wish.tier is None:
        return
    if not wish.tier:
        if row.tier_by:
            row.tier, row.tier_rate, row.tier_by = "", None, ""
        return
    if split_value(row.target).value.operator is not None or (row.tier and not row.tier_by):
        raise InputError(
            "这一行的完成值由系统计算，不能自己分档",
            where=f"第 {row.number} 行",
            how="有出入的请更正业务记录",
        )
    tier = schema.tiers.get(wish.tier)
    if tier is None or wish.tier_rate is None or not tier.holds(wish.tier_rate):
        known = "、".join(f"{each.label} {each.range}" for each in schema.tiers.values())
        raise InputError("分档和得分率对不上", where=f"第 {row.number} 行", how=f"可选：{known}")
    row.tier, row.tier_rate, row.tier_by = wish.tier, wish.tier_rate, actor.username


def _told(value: object) -> object:
    return plain(value) if isinstance(value, Decimal) else value
