"""A seeded report of about 400 figures over the demo's twelve projects, with errors planted in it.

The sentences are written the way reports are, not the way the reader likes them: lists, tables with heads of two rows, ditto
headings, figures that are nobody's business (dates, numbers of documents, other people's money).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache

from youju.performance.targets import demo
from youju.rules.performance.report_checks.building import (
    money_facts,
    row_labels,
    share_facts,
    target_facts,
)
from youju.rules.performance.report_checks.facts import DEPARTMENT, TRADE, Fact, Kind, Passage
from youju.rules.performance.report_checks.names import project_names
from youju.rules.performance.report_checks.tables import caption_unit, table_passages

D = Decimal
YEAR = 2023
SHORT = {
    "13060522P004564100010": "2021年中央外经贸发展资金（保财建〔2021〕57号）（553万元）",
    "13060523P00456310001Q": "法律顾问费", "13060523P004544100010": "国贸中心事务资金", "13060523P00454310001A": "劳务派遣资金",
    "13060522P00451210001G": "2022年第二批省级外贸发展专项资金", "13060522P00451410001U": "57号文（447万元）项目",
    "13060522P00451110001T": "2022年中央外经贸发展资金（保财建〔2022〕76号）", "13060522P004513100016": "保财建〔2022〕69号项目",
    "13060522P00450710001M": "第二批省外经贸专项资金", "13060522P00456210001L": "外贸龙头骨干企业项目支持资金",
    "13060523P00454510001M": "市场采购贸易方式专项资金", "13060523P00454610001B": "外经贸发展专项资金",
}  # fmt: skip
SPENT = dict(
    zip(
        SHORT,
        map(D, ["543", "4.8", "44.12", "45.01", "132", "412", "1.9", "260", "57", "15", "909", "96.4"]),
        strict=True,
    )
)
HALF = dict(
    zip(
        SHORT,
        map(D, ["375", "2.5", "20.28", "22.5", "90", "212", "1.1", "150", "31", "9", "455", "40.2"]),
        strict=True,
    )
)
BEFORE = dict(
    zip(
        SHORT,
        map(
            D,
            [
                "512.3",
                "4.6",
                "41.77",
                "43.2",
                "118.5",
                "390.4",
                "1.7",
                "244.1",
                "52.6",
                "13.9",
                "830.25",
                "88.8",
            ],
        ),
        strict=True,
    )
)
SCORES = dict(
    zip(
        SHORT,
        map(
            D,
            [
                "96.82",
                "98.6",
                "95.39",
                "99.1",
                "93.25",
                "95.04",
                "92.48",
                "94.67",
                "90.14",
                "91.33",
                "97.09",
                "78.2",
            ],
        ),
        strict=True,
    )
)
EXPORTS = {"01-03": D("4821.37"), "01-06": D("11230.58"), "": D("23517.46")}
EXPORTS_BEFORE = D("20431.9")


@cache
def facts() -> tuple[Fact, ...]:
    """What the data says."""
    document = demo.document()
    found = list(target_facts(document, year=YEAR, source="2023 年绩效目标"))
    found += list(share_facts(found))
    for project in document.projects:
        names = project_names(project.code, project.name)
        found += money_facts(
            project.code,
            names,
            adjusted=D(project.budget or 0),
            executed={"01-06": HALF[project.code], "": SPENT[project.code]},
            unit="万元",
            year=YEAR,
            source="付款",
        )
        found += money_facts(
            project.code,
            names,
            adjusted=BEFORE[project.code] + 3,
            executed={"": BEFORE[project.code]},
            unit="万元",
            year=YEAR - 1,
            source="上年付款",
        )
        score = SCORES[project.code]
        found.append(Fact(project.code, Kind.SCORE, score, "分", names, year=YEAR, source="自评"))
        found.append(
            Fact(
                project.code,
                Kind.GRADE,
                None,
                "",
                names,
                text="优" if score >= 90 else "中",
                year=YEAR,
                source="自评",
            )
        )
        for row, value in actuals(project.code).items():
            indicator = project.indicators[row]
            twos = [each.level2 for each in project.indicators]
            labels = row_labels(
                indicator.level2,
                indicator.level3,
                indicator.description,
                alone=twos.count(indicator.level2) == 1,
            )
            found.append(
                Fact(
                    project.code,
                    Kind.ACTUAL,
                    value,
                    indicator.value.unit or "%",
                    names,
                    labels,
                    year=YEAR,
                    source="指标",
                )
            )
    total = {"": sum(SPENT.values(), D(0)), "01-06": sum(HALF.values(), D(0))}
    found += money_facts(
        DEPARTMENT, (), adjusted=D("2945.25"), executed=total, unit="万元", year=YEAR, source="付款"
    )
    labels = ("市场采购出口额", "试点出口额", "出口额", "出口总额", "试点出口", "市场采购出口")
    found += [
        Fact(TRADE, Kind.ACTUAL, value, "万元", labels=labels, year=YEAR, period=period, source="统计")
        for period, value in EXPORTS.items()
    ]
    found.append(
        Fact(TRADE, Kind.ACTUAL, EXPORTS_BEFORE, "万元", labels=labels, year=YEAR - 1, source="统计")
    )
    return tuple(found)


@cache
def actuals(code: str) -> dict[int, Decimal]:
    """What each quantitative row of a project reached."""
    chance = random.Random(code)
    found = {}
    for place, row in enumerate(
        next(each for each in demo.document().projects if each.code == code).indicators
    ):
        if row.value.number is None:
            continue
        target, unit = D(row.value.number), row.value.unit or "%"
        if row.level3 == "试点出口额":
            found[place] = (EXPORTS[""] / 10000).quantize(D("0.0001"))
        elif unit == "%":
            # Rows of one name have one value: the same tasks are behind them.
            found[place] = min(D(100), target + D(chance.randint(3, 30)) / 10) if target < 100 else D(100)
        elif "万" in unit:
            found[place] = SPENT[code]
        else:
            found[place] = target + chance.randint(0, 2)
    return found


@dataclass
class Slot:
    """A figure of ours in the report: what is printed, and how else it could be printed wrongly."""

    printed: str
    wrong: dict[str, str] = field(default_factory=dict)
    planted: str = ""


Part = str | Slot
Paragraph = list[Part]


class Writer:
    """Writes the report with a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.blocks: list[tuple[str, object]] = []

    # -- figures -------------------------------------------------------------------------------------------------

    def money(self, value: Decimal, *, others: Callable[[], Iterator[Decimal]] = lambda: iter(()), old: Decimal | None = None,
              kind: Decimal | None = None, unit: str = "") -> Slot:  # fmt: skip
        """A sum in 万元, printed in one of the usual ways."""
        chance = self.chance
        unit = unit or (
            "亿元"
            if value > 15000 and chance.random() < 0.6
            else "元"
            if value < 3 and chance.random() < 0.3
            else "万元"
        )
        scale = {"亿元": D(10000), "万元": D(1), "元": D("0.0001")}[unit]
        decimals = {"亿元": 2, "万元": chance.choice((2, 2, 2, 1)), "元": 0}[unit]
        if unit == "万元" and value == value.to_integral_value() and chance.random() < 0.5:
            decimals = 0

        def show(given: Decimal, into: str = unit) -> str:
            text = f"{_half(given / scale, decimals):,.{decimals}f}"
            if chance.random() < 0.6:
                text = text.replace(",", "")
            return text + into

        printed = show(value)
        if chance.random() < 0.06:
            printed = printed.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
        slot = Slot(printed, self._digits(value / scale, decimals, unit))
        slot.wrong["unit"] = show(
            value, {"亿元": "万元", "万元": chance.choice(("元", "亿元")), "元": "万元"}[unit]
        )
        for name, given in (("swap", next(others(), None)), ("old", old), ("kind", kind)):
            if given is not None and _half(given / scale, decimals) != _half(value / scale, decimals):
                slot.wrong[name] = show(given)
        return slot

    def rate(
        self, value: Decimal, unit: str = "%", *, points: bool = True, old: Decimal | None = None
    ) -> Slot:
        """A rate in per cent."""
        decimals = (
            0
            if value == value.to_integral_value() and self.chance.random() < 0.7
            else self.chance.choice((2, 2, 1))
        )
        text = f"{_half(value, decimals):.{decimals}f}"
        slot = Slot(text + unit, self._digits(value, decimals, unit))
        if points:
            slot.wrong["points"] = text + ("个百分点" if unit == "%" else "%")
        if old is not None and _half(old, decimals) != _half(value, decimals):
            slot.wrong["old"] = f"{_half(old, decimals):.{decimals}f}{unit}"
        return slot

    def count(self, value: Decimal, unit: str) -> Slot:
        """A count, in digits or in words."""
        number = int(value)
        words = "零一二三四五六七八九十"
        text = words[number] if number <= 10 and number != 2 and self.chance.random() < 0.2 else str(number)
        wrong = {"digit": f"{number + self.chance.choice((1, 2, 3))}{unit}"}
        wrong["unit"] = (
            f"{number}{'批' if unit in ('家', '个', '人') else '家'}"
            if unit not in ("个",)
            else f"{number + 4}{unit}"
        )
        return Slot(f"{text}{unit}", wrong)

    def _digits(self, value: Decimal, decimals: int, unit: str) -> dict[str, str]:
        right, cut = _half(value, decimals), value.quantize(D(1).scaleb(-decimals), ROUND_DOWN)
        text = f"{right:.{decimals}f}"
        places = [place for place, each in enumerate(text) if each.isdigit()]
        place = self.chance.choice(places[: max(1, len(places) - 1)])
        digit = self.chance.choice([each for each in "123456789" if each != text[place]])
        wrong = {"digit": f"{text[:place]}{digit}{text[place + 1 :]}{unit}"}
        if decimals:
            step = D(1).scaleb(-decimals)
            near = right + step if right + step != cut else right + 2 * step
            wrong["rounding"] = f"{near:.{decimals}f}{unit}"
        return wrong

    # -- blocks --------------------------------------------------------------------------------------------------

    def say(self, *parts: Part) -> None:
        self.blocks.append(("paragraph", list(parts)))

    def table(self, rows: list[list[Part]]) -> None:
        self.blocks.append(("table", rows))


def _half(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(D(1).scaleb(-decimals), ROUND_HALF_UP)


def write(seed: int = 7, errors: int = 40) -> tuple[list[Passage], dict[tuple[int, int], str], int]:
    """The passages, the planted errors (passage, start) → what was done, and how many figures of ours there are."""
    from reports_sentences import compose

    writer = Writer(seed)
    compose(writer)
    slots = list(_slots(writer))
    for_each: dict[str, list[Slot]] = {}
    for slot in slots:
        for name in slot.wrong:
            for_each.setdefault(name, []).append(slot)
    names = sorted(for_each)
    planted = 0
    while planted < errors:
        name = names[planted % len(names)]
        free = [each for each in for_each[name] if not each.planted]
        slot = writer.chance.choice(free)
        slot.planted, slot.printed = name, slot.wrong[name]
        planted += 1
    passages, places = _laid_out(writer)
    return passages, places, len(slots)


def _slots(writer: Writer) -> Iterator[Slot]:
    for kind, content in writer.blocks:
        rows = [content] if kind == "paragraph" else [[each] for row in content for each in row]  # type: ignore[attr-defined]
        for parts in rows:
            yield from (each for each in parts if isinstance(each, Slot))  # type: ignore[union-attr]


def _laid_out(writer: Writer) -> tuple[list[Passage], dict[tuple[int, int], str]]:
    passages: list[Passage] = []
    planted: dict[tuple[int, int], str] = {}
    tables, unit = 0, ""
    for kind, content in writer.blocks:
        if kind == "paragraph":
            text = ""
            for part in content:  # type: ignore[attr-defined]
                if isinstance(part, Slot) and part.planted:
                    planted[len(passages), len(text) + _lead(part)] = part.planted
                text += part.printed if isinstance(part, Slot) else part
            passages.append(Passage(text, f"第 {len(passages) + 1} 段"))
            unit = caption_unit(text) or ("" if len(text) > 40 else unit)
            continue
        tables += 1
        rows = [
            [(part.printed if isinstance(part, Slot) else part, False) for part in row] for row in content
        ]  # type: ignore[attr-defined]
        flat = [part for row in content for part in row]  # type: ignore[attr-defined]
        for part, passage in zip(flat, table_passages(rows, number=tables, unit=unit), strict=True):
            if isinstance(part, Slot) and part.planted:
                planted[len(passages), _lead(part)] = part.planted
            passages.append(passage)
    return passages, planted


def _lead(slot: Slot) -> int:
    """How many characters of a slot are a sign before its number."""
    return len(slot.printed) - len(slot.printed.lstrip("≥≤=<>"))
