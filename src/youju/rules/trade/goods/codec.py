"""Facts of a decision as JSON and back; nothing is lost on the way, so that a replay sees what the decision saw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from youju.rules.trade.goods.facts import (
    AuthorisationFacts,
    Facts,
    GoodFacts,
    LineFacts,
    PartyFacts,
    TariffFacts,
)

FORM = 1
"""Raised when the shape changes; ``from_json`` reads every earlier one."""
_GOOD = ("number", "name", "hs_code", "unit", "name_en", "model", "brand_kind", "brand", "producer")
_LINE = ("code", "name", "unit1", "unit2", "supervision", "inspection", "heading")


def to_json(facts: Facts) -> dict[str, Any]:
    """What is stored beside a decision."""
    line = facts.tariff.line
    return {
        "form": FORM,
        "as_of": facts.as_of.isoformat(),
        "good": {
            **{name: getattr(facts.good, name) for name in _GOOD},
            "elements": [list(each) for each in facts.good.elements],
        },
        "tariff": {
            "version": facts.tariff.version,
            "line": None
            if line is None
            else {
                **{name: getattr(line, name) for name in _LINE},
                "export_duty": None if line.export_duty is None else str(line.export_duty),
                "elements": list(line.elements),
            },
            "earlier": list(facts.tariff.earlier) if facts.tariff.earlier else None,
            "later": list(facts.tariff.later) if facts.tariff.later else None,
            "successors": [list(each) for each in facts.tariff.successors],
        },
        "party": {
            "number": facts.party.number,
            "state": facts.party.state,
            "chapters": list(facts.party.chapters),
            "valid_to": facts.party.valid_to.isoformat() if facts.party.valid_to else None,
        },
        "authorisation": {
            "attached": facts.authorisation.attached,
            "until": facts.authorisation.until.isoformat() if facts.authorisation.until else None,
        },
    }


def from_json(data: Mapping[str, Any]) -> Facts:
    """The facts that ``to_json`` wrote.

    Raises:
        ValueError: another form, or a part is missing or of another type.
    """
    try:
        if data["form"] != FORM:
            raise ValueError(f"事实的格式是 {data['form']}，本程序只认识 {FORM}")
        return _facts(data)
    except (KeyError, TypeError, ArithmeticError, AttributeError) as error:
        raise ValueError(f"事实不完整：{error}") from error


def _facts(data: Mapping[str, Any]) -> Facts:
    good, tariff, party, paper = (data[name] for name in ("good", "tariff", "party", "authorisation"))
    return Facts(
        as_of=date.fromisoformat(data["as_of"]),
        good=GoodFacts(
            **{name: good[name] for name in _GOOD},
            elements=tuple((name, text) for name, text in good["elements"]),
        ),
        tariff=TariffFacts(
            version=tariff["version"],
            line=_line(tariff["line"]),
            earlier=_three(tariff["earlier"]),
            later=_two(tariff["later"]),
            successors=tuple((code, name) for code, name in tariff["successors"]),
        ),
        party=PartyFacts(party["number"], party["state"], tuple(party["chapters"]), _day(party["valid_to"])),
        authorisation=AuthorisationFacts(paper["attached"], _day(paper["until"])),
    )


def _line(data: Mapping[str, Any] | None) -> LineFacts | None:
    if data is None:
        return None
    duty = data["export_duty"]
    return LineFacts(
        **{name: data[name] for name in _LINE},
        export_duty=None if duty is None else Decimal(duty),
        elements=tuple(data["elements"]),
    )


def _three(data: Any) -> tuple[str, str, str] | None:
    if data is None:
        return None
    first, second, third = data
    return first, second, third


def _two(data: Any) -> tuple[str, str] | None:
    if data is None:
        return None
    first, second = data
    return first, second


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
