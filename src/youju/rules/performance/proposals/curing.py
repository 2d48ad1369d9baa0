"""Curing what the linter finds in the wording of a row, as far as it can be cured without asking anybody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from youju.rules.findings import Finding
from youju.rules.law import PolicyValue, text
from youju.rules.performance.proposals.facts import Cure
from youju.rules.performance.proposals.numbers import wants_less
from youju.rules.performance.targets.facts import Indicator, Kind, Value
from youju.rules.performance.targets.numbers import find_numbers
from youju.rules.performance.targets.units import UNIT_PATTERN
from youju.rules.performance.targets.values import parse_value, plain

TIERS = "performance.proposals.tier_words"
BRACKETS = "〔〕"
_UNIT_AT_END = re.compile(rf"(?:[(\[【]\s*(?:单位:)?\s*(?P<unit>{UNIT_PATTERN})\s*[)\]】]|(?P<sign>[%‰]))$")
_RATES = ("率", "度", "比例", "占比")


def value_text(value: Value) -> str:
    """A number as the form prints it: sign, digits, unit."""
    return f"{value.operator or ''}{value.number or ''}{value.unit or ''}"


def cured(
    row: Indicator, found: Iterable[Finding], law: Mapping[str, PolicyValue]
) -> tuple[Indicator, list[Cure]]:
    """The row with its wording cured, and each cure with the rule that asked for it.

    A unit in the name goes into the value; a value that repeats the name keeps its number alone; a comparison sign and, for a
    rate, the per cent sign are put in; a qualitative value gets its tiers; brackets of document numbers become 〔〕; white space
    at the ends goes. What only a person can know (a better name, a better description) is left as it is.
    """
    rules = {each.rule for each in found}
    cures: list[Cure] = []

    def change(rule: str, field: str, after: str) -> None:
        nonlocal row
        before = getattr(row, field)
        if after != before:
            cures.append(Cure(rule, field, before, after))
            row = replace(row, **{field: after})  # type: ignore[arg-type]  # a field of words

    for field in ("level1", "level2", "level3", "description", "raw_value", "basis"):
        change("TGT-031", field, getattr(row, field).strip())
    unit = None
    if "TGT-013" in rules and (match := _UNIT_AT_END.search(plain(row.level3))):
        unit = match["unit"] or match["sign"]
        change("TGT-013", "level3", plain(row.level3)[: match.start()].rstrip())
    value = parse_value(row.raw_value)
    if value.kind is Kind.QUANTITATIVE and value.number is not None:
        rate = any(word in f"{row.level3}{row.description}" for word in _RATES)
        unit = value.unit or unit or ("%" if rate else None)
        sign = value.operator or ("≤" if wants_less(replace(row, value=value)) else "≥")
        wanted = replace(value, operator=sign, unit=unit)
        why = next((each for each in ("TGT-012", "TGT-011", "TGT-010", "TGT-013") if each in rules), "")
        if why:
            change(why, "raw_value", value_text(wanted))
    elif value.kind is Kind.QUALITATIVE and "TGT-014" in rules:
        change("TGT-014", "raw_value", f"{row.raw_value}（{text(law, TIERS)}）")
    if {"TGT-008", "TGT-009"} & rules:
        basis = row.basis
        for each in find_numbers(basis):
            basis = basis.replace(each.printed, each.normal(BRACKETS))
        change("TGT-009", "basis", basis)
    return replace(row, value=parse_value(row.raw_value)), cures
