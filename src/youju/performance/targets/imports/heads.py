"""Whose document it is: unit code and name, money unit, fiscal year, from the lines above the tables."""

from __future__ import annotations

import re
import unicodedata

from youju.foundation.kernel.errors import InputError
from youju.performance.targets.imports.texts import printed
from youju.rules.performance.targets.facts import DocumentHead, Project

DEFAULT_MONEY_UNIT = "万元"
SCHEMA_2020, SCHEMA_2021 = "hebei-2020", "mof-2021"
_MONEY_UNIT = re.compile(
    r"[（(\s]*(?:金额|计量|货币)?单\s*位\s*[:：]\s*(?:人民币)?\s*(万元|亿元|千元|百万元|元)\s*[)）]?\s*$"
)
_UNIT = re.compile(r"(\d{3,15})\s*[-—－]?\s*(?![年月日元万亿个号])([\u3400-\u9fff].*)")
_UNIT_CODE = re.compile(r"(?:预算)?单位(?:编码|代码)\s*[:：]\s*(\d{3,15})")
_UNIT_NAME = re.compile(
    r"(?:(?:预算|填报|项目|申报|实施|主管|编制)?(?:单位|部门)(?:名称|[(（]公章[)）]|[(（]盖章[)）])?|部门[(（]单位[)）]名称)\s*[:：]\s*(\S.*)"
)
_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*(?:年度|财年)")
_YEAR_TITLE = re.compile(r"(20\d{2})年(?:部门|单位|预算|项目|整体|市级|县级|区级|省级|本级)")
_YEAR_LABEL = re.compile(r"(?:预算|财政|所属)?年度\s*[:：]\s*(20\d{2})年?")
_CHINESE_YEAR = re.compile(r"二[〇○零Oo][〇○零Oo一二三四五六七八九]{2}(?=年度)")
_LONGEST = 60
_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")


class HeadReader:
    """Looks at every short line; what it states first counts, and two money units contradict each other."""

    def __init__(self, filename: str) -> None:
        self.unit_code: str | None = None
        self.unit_name: str | None = None
        self._money: str | None = None
        self._filename = filename
        self._titles: list[str] = []

    @property
    def money_unit(self) -> str:
        """The money unit stated so far, 万元 where none is."""
        return self._money or DEFAULT_MONEY_UNIT

    def take(self, text: str, place: str = "", *, title: bool) -> bool:
        """Look at one line or cell; tells whether it is a line of the head and nothing else.

        Args:
            text: the line.
            place: where it stands, for an error sentence.
            title: whether it may be a title of the whole document (it stands above all tables).

        Raises:
            InputError: it states another money unit than a line before.
        """
        line = printed(text)
        if not line or len(line) > _LONGEST:
            return False
        found = _MONEY_UNIT.search(line)
        if found:
            self._set_money(found[1], place)
            line = line[: found.start()].strip()
            if not line:
                return True
        if title:
            self._titles.append(line)
        return self._unit(line) or found is not None

    def finish(self, projects: tuple[Project, ...]) -> DocumentHead:
        """The head of the document; the schema is told by where cost stands."""
        own_level = any("成本" in row.level1 for project in projects for row in project.indicators)
        return DocumentHead(
            unit_code=self.unit_code,
            unit_name=self.unit_name,
            money_unit=self.money_unit,
            schema=SCHEMA_2021 if own_level else SCHEMA_2020,
            fiscal_year=self._year({project.name for project in projects}),
        )

    def _set_money(self, unit: str, place: str) -> None:
        if self._money is not None and self._money != unit:
            raise InputError(
                f"这里的金额单位是“{unit}”，前面的表是“{self._money}”",
                where=f"{self._filename}，{place}" if place else self._filename,
                how="请把各表换算成同一个单位后再试",
            )
        self._money = unit

    def _unit(self, line: str) -> bool:
        code = _UNIT_CODE.fullmatch(unicodedata.normalize("NFKC", line))
        if code:
            self.unit_code = self.unit_code or code[1]
            return True
        named = _UNIT_NAME.fullmatch(line)
        rest = named[1].strip() if named else line
        coded = (
            _UNIT.fullmatch(unicodedata.normalize("NFKC", rest[:15]) + rest[15:])
            if rest[:1].isdigit()
            else None
        )
        if coded and not rest.endswith(("。", "；", "绩效目标表")):
            if self.unit_code is None:
                self.unit_code = coded[1]
                self.unit_name = rest[rest.index(coded[2][0]) :]
            return True
        if named and self.unit_name is None:
            self.unit_name = rest
        return named is not None

    def _year(self, names: set[str]) -> int | None:
        """The year that a title of the document states; a project's name may state another and does not count."""
        for title in self._titles:
            if any(_headed_by(title, name) for name in names):
                continue
            plain = unicodedata.normalize("NFKC", title)
            plain = _CHINESE_YEAR.sub(lambda found: found[0].translate(_DIGITS).replace("二", "2"), plain)
            found = _YEAR.search(plain) or _YEAR_TITLE.match(plain) or _YEAR_LABEL.search(plain)
            if found:
                return int(found[1])
        return None


def _headed_by(title: str, name: str) -> bool:
    """Whether a line is a project's heading; a short name may also stand in the document's own title by chance."""
    return bool(name) and name in title and (title.endswith("绩效目标表") or 2 * len(name) >= len(title))
