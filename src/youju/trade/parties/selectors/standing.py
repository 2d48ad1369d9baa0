"""What suspending, resuming, cancelling or merging a party touches: read before anything is confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from youju.foundation.kernel.errors import InputError
from youju.rules.findings import Finding
from youju.rules.trade.parties.lifecycle import IN_FORCE, PARTY_FLOW, SUBMITTED
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties.models import Agreement, Merge, Party
from youju.trade.parties.selectors.changes import handled_party

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class StandingPage:
    """A party, the step that is asked for, and what it touches, in sentences."""

    party: Party
    step: str
    label: str
    state_label: str
    effects: tuple[str, ...]
    possible: bool


@dataclass(frozen=True, slots=True)
class MergePage:
    """Two parties side by side, what would move, what stands against it."""

    kept: Party
    merged: Party
    rows: tuple[tuple[str, str, str], ...]
    effects: tuple[str, ...]
    findings: tuple[Finding, ...]
    stamp: str


SIDE_FIELDS = {
    "number": "备案号",
    "state": "状态",
    "credit_code": "统一社会信用代码",
    "legal_person": "法定代表人（经营者）",
    "contact": "联系人",
    "address": "地址",
    "country": "国别（地区）",
    "valid_to": "备案有效期至",
}
"""What is compared of two parties before they are made one."""


def standing_page(party_id: int, step: str, counts: Sequence[tuple[str, int]]) -> StandingPage:
    """What a step with a party would touch. ``counts``: what else stands on it (title, rows), the rooms above included.

    Raises:
        InputError: no such party that the reader handles, or no such step (404).
    """
    party = handled_party(party_id)
    transition = next((each for each in PARTY_FLOW.transitions if each.code == step), None)
    if transition is None:
        raise InputError(f"没有“{step[:40]}”这个步骤", how="请从主体页面重新选择", status=404)
    return StandingPage(
        party,
        step,
        transition.label,
        PARTY_FLOW.state(party.state).label,
        tuple(_effects(party, step, counts)),
        party.state in transition.sources and party.merged_into_id is None,
    )


def _effects(party: Party, step: str, counts: Sequence[tuple[str, int]]) -> list[str]:
    if step == "resume":
        return ["这个主体又可以办理业务，代理协议在有效期内的重新起作用。"]
    lines = ["从现在起不能办理新业务，已办的业务照常查看。"]
    held = Agreement.objects.filter(agent=party, state=IN_FORCE).count()
    given = Agreement.objects.filter(principal=party, state=IN_FORCE).count()
    if held:
        lines.append(f"作为受托方的 {held} 份生效协议停止起作用，不能再代委托方办理，也看不到委托方的资料。")
    if given:
        lines.append(f"作为委托方的 {given} 份生效协议还在，但代理不能再为它办理新业务。")
    waiting = party.changes.filter(state=SUBMITTED).count()
    if waiting:
        tail = "须先办结才能注销。" if step == "cancel" else "仍可以继续办理变更，续期要等恢复以后。"
        lines.append(f"有 {waiting} 件变更或续期申请在办，{tail}")
    lines += [f"名下的{title} {count} 条保留不动。" for title, count in counts if count]
    if step == "cancel":
        lines.append("注销后不能恢复，再经营须重新备案。")
    return lines


def merge_page(
    kept: Party, merged: Party, *, counts: Sequence[tuple[str, int]], against: Sequence[Finding], stamp: str
) -> MergePage:
    """Two parties side by side and what would move."""
    effects = [f"移动 {count} 条{title}到“{kept.name}”。" for title, count in counts if count]
    effects.append(f"“{merged.name}”并入“{kept.name}”，不再办理业务，内容保留备查。")
    effects.append("两户都有的同一种证件或电话，以保留的为准，另一个留在原处。")
    extra = [role for role in merged.roles if role not in kept.roles]
    if extra:
        words = "、".join(PartyRole(role).label for role in extra)
        effects.append(f"“{kept.name}”增加主体类型：{words}。")
    if merged.organisation_id and kept.organisation_id and merged.organisation_id != kept.organisation_id:
        effects.append("两户的账号单位不同：被合并一方的账号以后看不到移走的内容。")
    elif merged.organisation_id and not kept.organisation_id:
        effects.append("被合并一方的账号单位改为办理保留的备案。")
    effects.append("在保留的备案再有改动以前，合并可以撤销。")
    rows = [("名称", kept.name, merged.name)]
    for name, label in SIDE_FIELDS.items():
        left, right = (_shown(party, name) for party in (kept, merged))
        if left or right:
            rows.append((label, left, right))
    return MergePage(kept, merged, tuple(rows), tuple(effects), tuple(against), stamp)


def _shown(party: Party, name: str) -> str:
    value = getattr(party, name)
    if name == "state":
        return PARTY_FLOW.state(party.state).label
    return "" if value is None else str(value)


def merge_rows(*, only: str = "", text: str = "") -> QuerySet[Merge]:
    """The merges, newest first. ``only``: ``standing`` or ``undone``."""
    rows = Merge.objects.select_related("kept", "merged")
    if only:
        rows = rows.filter(undone_at__isnull=only == "standing")
    for word in text.replace("\0", "").split():
        rows = rows.filter(Q(kept__name__icontains=word) | Q(merged__name__icontains=word))
    return rows


def merge_of(merge_id: int) -> Merge:
    """One merge.

    Raises:
        InputError: there is none that the reader reaches (404).
    """
    merge = merge_rows().filter(pk=merge_id).first()
    if merge is None:
        raise InputError("没有这次合并", how="请从合并记录重新选择", status=404)
    return merge


def names_like(text: str, *, limit: int = 20) -> list[Party]:
    """Live parties whose name, filing number or credit code holds every word, for choosing one. One query."""
    words = text.replace("\0", "").split()
    if not words:
        return []
    rows = Party.objects.filter(merged_into=None).exclude(state="cancelled")
    for word in words:
        rows = rows.filter(Q(name__icontains=word) | Q(number__icontains=word) | Q(credit_code__iexact=word))
    return list(rows.order_by("name")[:limit])


__all__ = [
    "MergePage",
    "StandingPage",
    "merge_of",
    "merge_page",
    "merge_rows",
    "names_like",
    "standing_page",
]
