"""Dated policy values as pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from youju.foundation.policies import DatedValue, Policy, load
from youju.foundation.policies.reference import shown
from youju.foundation.policies.standing import kind_of
from youju.foundation.shell.figures import grouped
from youju.rules.law import PolicyValue

SOURCE_KINDS = {
    "law": "法律",
    "regulation": "规范性文件",
    "standard": "国家标准",
    "form": "公开表式",
    "house": "本单位约定",
    "reference": "参考资料",
}
UNITS = {
    "bytes": "字节",
    "characters": "个字符",
    "columns": "列",
    "hours": "小时",
    "minutes": "分钟",
    "pages": "页",
    "rows": "行",
    "tables": "张表",
    "times": "次",
}
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Shown:
    """A dated value in words; ``table`` holds the rows of a value that is a table."""

    dated: DatedValue
    text: str
    table: tuple[tuple[str, str], ...]
    now: bool
    source_id: str
    source_kind: str


def values_of(policy: Policy) -> list[Shown]:
    """The values of a policy, newest first, the one in force today marked."""
    today = timezone.localdate()
    return [_shown(policy, dated, now=dated.covers(today)) for dated in reversed(policy.values)]


def value_now(policy: Policy) -> str:
    """Today's value with its unit; a dash when none is in force."""
    dated = policy.on(timezone.localdate())
    if dated is None:
        return "—"
    if isinstance(dated.value, Mapping):
        return f"{len(dated.value)} 项"
    if isinstance(dated.value, tuple) and len(dated.value) > 6:
        return f"{len(dated.value)} 个词"
    return _with_unit(dated.value, policy)


def _with_unit(value: PolicyValue, policy: Policy) -> str:
    if policy.unit == "bytes" and isinstance(value, int) and value % _MEGABYTE == 0:
        return f"{value // _MEGABYTE} MB"
    text = grouped(value) if isinstance(value, int) and not isinstance(value, bool) else shown(value)
    unit = UNITS.get(policy.unit, policy.unit)
    return f"{text} {unit}" if unit else text


def _shown(policy: Policy, dated: DatedValue, *, now: bool) -> Shown:
    table: tuple[tuple[str, str], ...] = ()
    text = ""
    if isinstance(dated.value, Mapping):
        table = tuple((str(key), shown(value)) for key, value in dated.value.items())
    else:
        text = _with_unit(dated.value, policy)
    return Shown(dated, text, table, now, dated.source.partition("#")[0], kind_of(load(), dated.source))
