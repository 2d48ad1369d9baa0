"""Part one of the document: the department's goal, its sub-goals and its safeguards, from paragraphs."""

from __future__ import annotations

import re
from enum import Enum, auto

from youju.performance.targets.imports.labels import numbering_style, plain, without_number
from youju.rules.performance.targets.facts import Department, Safeguard, Subgoal

_GOAL = (
    "总体绩效目标",
    "整体绩效目标",
    "部门总体绩效目标",
    "总体目标",
    "部门总体目标",
    "年度总体目标",
    "总体绩效目标情况",
)
_SUBGOALS = ("分项绩效目标", "分项目标", "部门分项绩效目标", "职责分类绩效目标", "分项绩效目标及指标")
_SAFEGUARDS = ("工作保障措施", "保障措施", "实现年度发展规划目标的保障措施", "实现绩效目标的保障措施")
_CONTENTS_LINE = re.compile(r".*[\t.…·\s]\s*\d{1,4}")
_OTHER_HEADING = re.compile(
    r"第[一二三四五六七八九十\d]+部分.*|.*绩效目标(?:申报)?表|(?:部门|单位|预算)?(?:预算)?(?:项目|整体|部门整体)绩效目标|目录"
)
_GOAL_MARK = re.compile(r"(?:年度)?绩效目标\s*[:：]\s*")
_INDICATOR_MARK = re.compile(r"(?:主要|年度)?绩效指标\s*[:：]\s*")
_HEADING_LENGTH = 40


class _Section(Enum):
    NONE = auto()
    GOAL = auto()
    SUBGOALS = auto()
    SAFEGUARDS = auto()


class DepartmentReader:
    """Takes paragraphs in order; a known heading, numbered or not, opens its section."""

    def __init__(self) -> None:
        self._section = _Section.NONE
        self._goal: list[str] = []
        self._subgoals: list[dict[str, list[str]]] = []
        self._safeguards: list[tuple[str, list[str]]] = []
        self._part = "title"
        self._styles: dict[_Section, str] = {}

    @property
    def inside(self) -> bool:
        """Whether a section is open, so that a paragraph is its text."""
        return self._section is not _Section.NONE

    def close(self) -> None:
        """End the section that is open: a project table begins."""
        self._section = _Section.NONE

    def take(self, paragraph: str) -> None:
        """Take one paragraph that is not blank; what belongs to no section is passed over."""
        text = paragraph.strip()
        if self._heading(text):
            return
        if self._section is _Section.GOAL:
            self._goal.append(text)
        elif self._section is _Section.SUBGOALS:
            self._subgoal(text)
        elif self._section is _Section.SAFEGUARDS:
            self._safeguard(text)

    def finish(self) -> Department:
        """What was read; empty where the document has no part one."""
        return Department(
            goal="\n".join(self._goal),
            subgoals=tuple(
                Subgoal(*("\n".join(item[key]) for key in ("title", "goal", "indicator")))
                for item in self._subgoals
            ),
            safeguards=tuple(Safeguard(title, "\n".join(text)) for title, text in self._safeguards),
        )

    def _heading(self, text: str) -> bool:
        if len(text) > _HEADING_LENGTH:
            return False
        if _CONTENTS_LINE.fullmatch(text):
            return not self.inside
        word = plain(without_number(text)[0])
        for names, section in (
            (_GOAL, _Section.GOAL),
            (_SUBGOALS, _Section.SUBGOALS),
            (_SAFEGUARDS, _Section.SAFEGUARDS),
        ):
            if word in names:
                self._section = section
                return True
        if _OTHER_HEADING.fullmatch(plain(text)) or _OTHER_HEADING.fullmatch(word):
            self._section = _Section.NONE
            return True
        return False

    def _subgoal(self, text: str) -> None:
        """``（一）title``, then ``绩效目标：…`` and ``绩效指标：…``; a paragraph without a mark goes on with its part."""
        for mark, part in ((_GOAL_MARK, "goal"), (_INDICATOR_MARK, "indicator")):
            found = mark.match(text)
            if found:
                self._part = part
                self._current()[part].append(text[found.end() :])
                return
        title, _ = without_number(text)
        opened = bool(self._subgoals)
        if (
            self._opens(text)
            or not opened
            or (self._part == "indicator" and len(text) <= _HEADING_LENGTH and text[-1] not in "。；")
        ):
            self._subgoals.append({"title": [title], "goal": [], "indicator": []})
            self._part = "title"
        else:
            self._current()[self._part].append(text)

    def _opens(self, text: str) -> bool:
        """Whether a numbered paragraph opens an item: the first one's style counts, another is a list inside it."""
        style = numbering_style(text)
        return bool(style) and self._styles.setdefault(self._section, style) == style

    def _current(self) -> dict[str, list[str]]:
        if not self._subgoals:
            self._subgoals.append({"title": [], "goal": [], "indicator": []})
        return self._subgoals[-1]

    def _safeguard(self, text: str) -> None:
        """``（一）title。text``: the first full stop ends the title; an unnumbered paragraph goes on with the text."""
        rest, _ = without_number(text)
        if self._safeguards and not self._opens(text):
            self._safeguards[-1][1].append(text)
            return
        self._opens(text)
        title, stop, body = rest.partition("。")
        body = body.strip()
        self._safeguards.append((title.strip() if stop else rest, [body] if body else []))
