"""Containers: a number that can be one, a known type, no more inside than it carries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from youju.rules.findings import Finding, Severity
from youju.rules.registry import rule
from youju.rules.trade.orders.checks.terms import HOUSE_DAY, LawOf
from youju.rules.trade.packing.facts import TYPES, PackingFacts, capacities, says

_SHAPE = re.compile(r"[A-Z]{3}[UJZ][0-9]{7}")
# ISO 6346 counts letters from 10 and leaves out the multiples of 11.
_VALUES = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", [n for n in range(10, 39) if n % 11], strict=True)) | {
    str(n): n for n in range(10)
}


def check_digit(first_ten: str) -> int:
    """The last digit of a container number, from its first ten characters (``CSQU305438`` → 3)."""
    return sum(_VALUES[sign] << place for place, sign in enumerate(first_ten)) % 11 % 10


@rule(
    "PAC-001",
    title="箱号的校验码",
    basis="iso-6346#check-digit",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="packing",
)
def the_number_checks(facts: PackingFacts, _law: LawOf) -> Iterator[Finding]:
    """集装箱号应为四个字母和七位数字，最后一位是校验码。"""
    for each in facts.containers:
        if not _SHAPE.fullmatch(each.number):
            yield says(
                f"“{each.number[:20]}”不是集装箱号。",
                "箱号是四个字母（第四个为 U、J 或 Z）加七位数字，如 CSQU3054383。",
                "number",
            )
        elif check_digit(each.number[:10]) != int(each.number[10]):
            yield says(
                f"箱号 {each.number} 的校验码不对，按前十位应为 {check_digit(each.number[:10])}。",
                "对照箱门逐位核对，多半抄错了一位。",
                "number",
            )


@rule(
    "PAC-002",
    title="箱型",
    basis="house-packing#capacity",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="packing",
    parameters=(TYPES,),
)
def the_type_is_known(facts: PackingFacts, law: LawOf) -> Iterator[Finding]:
    """箱型应是箱型表里的一种，才知道容积和载重。"""
    known = capacities(law)
    for each in facts.containers:
        if each.kind not in known:
            yield says(
                f"箱 {each.number} 的箱型“{each.kind[:10]}”不在箱型表里。",
                f"可选 {'、'.join(known)}；要用别的箱型，请服务中心先登记其容积和载重。",
                "kind",
            )


@rule(
    "PAC-003",
    title="毛重不超过箱子的载重",
    basis="house-packing#capacity",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="packing",
    parameters=(TYPES,),
)
def the_payload_holds(facts: PackingFacts, law: LawOf) -> Iterator[Finding]:
    """一个箱子里的货物毛重合计不应超过箱型的载重。"""
    known = capacities(law)
    for each in facts.containers:
        most = known.get(each.kind)
        if most is not None and each.load.gross_weight > most.payload:
            yield says(
                f"箱 {each.number} 装入后毛重 {each.load.gross_weight} 千克，超过 {each.kind} 的载重 {most.payload} 千克。",
                f"少装 {each.load.gross_weight - most.payload} 千克，放进别的箱子。",
                "gross_weight",
            )


@rule(
    "PAC-004",
    title="体积不超过箱子的容积",
    basis="house-packing#capacity",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="packing",
    parameters=(TYPES,),
)
def the_volume_holds(facts: PackingFacts, law: LawOf) -> Iterator[Finding]:
    """一个箱子里的货物体积合计不应超过箱型的容积。"""
    known = capacities(law)
    for each in facts.containers:
        most = known.get(each.kind)
        if most is not None and each.load.volume > most.volume:
            yield says(
                f"箱 {each.number} 装入后体积 {each.load.volume} 立方米，超过 {each.kind} 的容积 {most.volume} 立方米。",
                f"少装 {each.load.volume - most.volume} 立方米，放进别的箱子。",
                "volume",
            )
