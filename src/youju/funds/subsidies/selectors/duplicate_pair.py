"""Two claims side by side: what each record says, and what of it is the same once it is normalised."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from youju.rules.funds.duplicates.facts import Claim
from youju.rules.funds.duplicates.traits import Traits

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of two records: what each says, and whether it is the ``same`` or ``partly`` the same after normalising."""

    label: str
    first: str
    second: str
    likeness: str = ""


def side_by_side(one: Traits, other: Traits) -> tuple[Compared, ...]:
    """Both records by field; what is equal after normalising is marked, whatever its spelling."""
    first, second = one.claim, other.claim
    same_door, same_street = one.address_key == other.address_key, one.address.street == other.address.street
    return (
        _field("申请编号", first.id, second.id),
        _field("政策", first.policy, second.policy, equal=first.policy == second.policy),
        _field("期间", _period(first), _period(second), equal=first.period == second.period),
        _field(
            "名称",
            first.name,
            second.name,
            equal=one.name.whole == other.name.whole,
            near=one.name.core == other.name.core,
        ),
        _field("统一社会信用代码", first.code, second.code, equal=first.code == second.code),
        _field(
            "法定代表人",
            first.legal_person,
            second.legal_person,
            equal=one.person == other.person,
            near=one.person_sound == other.person_sound,
        ),
        _field(
            "法定代表人证件",
            _held(first.person_mark),
            _held(second.person_mark),
            equal=first.person_mark == second.person_mark,
        ),
        _set("电话", first.phones, second.phones, (one.phones, other.phones)),
        _field(
            "地址",
            first.address,
            second.address,
            equal=same_door and bool(one.address_key),
            near=same_street and bool(one.address.street),
        ),
        _field("收款账户", first.account, second.account, equal=one.account == other.account),
        _set("报关单商品项", _lines(first), _lines(second), (one.lines, other.lines)),
        _set("发票", _invoices(first), _invoices(second), (one.invoices, other.invoices)),
        _set("集装箱", _boxes(first), _boxes(second), (one.boxes, other.boxes)),
    )


def _field(label: str, first: str, second: str, *, equal: bool = False, near: bool = False) -> Compared:
    said = bool(first and second)
    return Compared(label, first, second, "same" if said and equal else "partly" if said and near else "")


def _set(
    label: str,
    first: Sequence[str],
    second: Sequence[str],
    keys: tuple[Collection[str], Collection[str]],
) -> Compared:
    one, other = frozenset(keys[0]), frozenset(keys[1])
    likeness = "" if not one & other else "same" if one == other else "partly"
    return Compared(label, _told(first), _told(second), likeness)


def _told(values: Sequence[str]) -> str:
    shown = "、".join(values[:_SHOWN])
    return f"{shown} 等 {len(values)} 项" if len(values) > _SHOWN else shown


def _period(claim: Claim) -> str:
    return claim.period.replace("/", " 至 ")


def _held(mark: str) -> str:
    return "已登记（只比对，不显示）" if mark else ""


def _lines(claim: Claim) -> list[str]:
    return [f"{each.declaration} 第 {each.number} 项" for each in claim.lines]


def _invoices(claim: Claim) -> list[str]:
    return [each.number for each in claim.invoices]


def _boxes(claim: Claim) -> list[str]:
    return [f"{each.number}（{each.day}）" if each.day else each.number for each in claim.boxes]
