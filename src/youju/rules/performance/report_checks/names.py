"""The ways in which a report calls a project or an indicator."""

from __future__ import annotations

import re

from youju.rules.performance.report_checks.figures import plain

_OFFICE = re.compile(r"^(?:运转保障-)?(?:国贸中心)?[-—]?")
_NOTICE = re.compile(r"^(?:关于)?(?:调整下达|提前下达|下达|调整|拨付|安排)?(?P<core>.+?)(?:的通知)?$")
_TAIL = re.compile(r"\([^()]*\)$")
_NUMBER = re.compile(r"[\[(]?((?:19|20)\d{2})[\])]?年?第?(\d{1,5})号")
_END = re.compile(r"(?:预算指标|预算|项目支持资金|专项资金|资金|经费|费用|费|补助|补贴)$")
_LEAST_STEM, _LEAST_NAME = 2, 4
_ENDS = ("项目", "资金", "专项", "专项资金", "经费")
_LABEL_TAIL = re.compile(r"(?:\([^()]*\)|%)$")


def project_names(code: str, name: str, unit_short: str = "国贸中心") -> tuple[str, ...]:
    """The names that stand for a project in running text, the longest first; plain characters.

    ``国贸中心-关于调整下达2022年中央外经贸发展资金的通知（保财建【2022】76号）`` is also 2022年中央外经贸发展资金.
    Several projects may share a short name: the index tells.
    """
    full = plain(name).strip()
    found = {code, full}
    short = _OFFICE.sub("", full).removeprefix(unit_short).lstrip("-—")
    found.add(short)
    while (bare := _TAIL.sub("", short)) != short:
        short = bare
        found.add(short)
    match = _NOTICE.match(short)
    core = match["core"] if match else short
    for each in (core, re.sub(r"^(?:19|20)\d{2}年度?", "", core)):
        found.add(each)
        found.add(f"{each}项目")
        ended = _END.sub("", each)
        for stem in {ended, ended.removesuffix("支持"), _END.sub("", ended)}:
            # The bare stem (市场采购贸易方式) is a word of everyday life; with such an end it means the project.
            found.update(f"{stem}{end}" for end in _ENDS if len(stem) >= _LEAST_STEM)
    least = {each for each in found if len(each) >= _LEAST_NAME}
    return tuple(sorted({code, *least}, key=lambda each: (-len(each), each)))


def document_number(name: str) -> tuple[str, str] | None:
    """Year and serial of the document number in a project's name, or ``None``."""
    match = _NUMBER.search(plain(name))
    return (match[1], match[2]) if match else None


def label_names(*given: str) -> tuple[str, ...]:
    """The names of an indicator: as printed, without a unit behind it, without a space."""
    found: dict[str, None] = {}
    for each in given:
        text = plain(each).strip()
        while text:
            found[text] = None
            shorter = _LABEL_TAIL.sub("", text)
            if shorter == text:
                break
            text = shorter
    return tuple(each for each in found if len(each) > 1)
