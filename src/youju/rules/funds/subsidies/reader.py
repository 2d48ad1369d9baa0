"""Plain data (from YAML, a form or JSON) read step by step; a fault is one Chinese sentence that names its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from youju.rules.funds.subsidies.shapes import Window

_NUMBER = re.compile(r"\d+(\.\d+)?")


class PolicyTextError(ValueError):
    """The text cannot be read: ``what`` is wrong, ``where``, ``how`` to mend it; each a Chinese phrase."""

    def __init__(self, what: str, *, where: str, how: str = "") -> None:
        self.what, self.where, self.how = what, where, how
        super().__init__(f"{where}：{what}" + (f"。{how}" if how else ""))


class Reader:
    """A mapping under a place; every key is asked for once, and :meth:`done` refuses the ones that nobody asked for."""

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, Mapping):
            raise PolicyTextError("应是一组“键: 值”", where=where)
        self._data: Mapping[str, Any] = data
        self.where = where
        self._asked: set[str] = set()

    def fault(self, key: str, what: str, how: str = "") -> PolicyTextError:
        """An error at a key."""
        return PolicyTextError(what, where=f"{self.where}的 {key}" if key else self.where, how=how)

    def has(self, key: str) -> bool:
        """Whether a key says something."""
        self._asked.add(key)
        return self._data.get(key) not in (None, "")

    def raw(self, key: str) -> Any:
        """What a key holds; an error where it says nothing."""
        if not self.has(key):
            raise self.fault(key, "没有填写")
        return self._data[key]

    def text(self, key: str, default: str | None = None) -> str:
        """One line or paragraph of text."""
        if default is not None and not self.has(key):
            return default
        value = self.raw(key)
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise self.fault(key, "应是文字", "数字和日期请加引号")
        return str(value).strip()

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        if not self.has(key):
            return default
        value = self._data[key]
        if not isinstance(value, bool):
            raise self.fault(key, f"“{value}”应是 true 或 false")
        return value

    def number(self, key: str, *, places: int, most: int | None = None, positive: bool = False) -> Decimal:
        """A number that is not negative, with at most so many decimals, written in quotes."""
        value = self.raw(key)
        return self._number(key, value, places=places, most=most, positive=positive)

    def optional(self, key: str, *, places: int) -> Decimal | None:
        """The same, or ``None`` where the key says nothing."""
        return self._number(key, self._data[key], places=places, positive=True) if self.has(key) else None

    def _number(
        self, key: str, value: Any, *, places: int, most: int | None = None, positive: bool = False
    ) -> Decimal:
        if isinstance(value, float):
            raise self.fault(key, f"小数 {value} 要加引号，以免失真")
        try:
            if isinstance(value, bool) or not _NUMBER.fullmatch(str(value)):
                raise InvalidOperation
            number = Decimal(str(value))
        except InvalidOperation:
            raise self.fault(key, f"“{value}”不是数", "只写数字和小数点，不写千分号和单位") from None
        if number != round(number, places):
            raise self.fault(key, f"“{value}”最多 {places} 位小数")
        if most is not None and number > most:
            raise self.fault(key, f"“{value}”不能大于 {most}")
        if positive and not number:
            raise self.fault(key, "应大于零")
        return number

    def day(self, key: str) -> date:
        """A calendar day."""
        value = self.raw(key)
        try:
            return value if type(value) is date else date.fromisoformat(str(value))
        except ValueError:
            raise self.fault(key, f"“{value}”不是日期", "写成 2023-01-01") from None

    def optional_day(self, key: str) -> date | None:
        """The same, or ``None``."""
        return self.day(key) if self.has(key) else None

    def window(self, key: str) -> Window:
        """Half-open days: ``{from: 2023-01-01, to: 2024-01-01}``."""
        inner = self.inner(key)
        window = Window(inner.day("from"), inner.day("to"))
        inner.done()
        if window.end <= window.start:
            raise inner.fault("to", "应晚于 from（to 当天不再计入）")
        return window

    def inner(self, key: str) -> Reader:
        """The mapping under a key."""
        return Reader(self.raw(key), f"{self.where}的 {key}")

    def inners(self, key: str, *, needed: bool = False) -> list[Reader]:
        """The mappings of a list."""
        if not needed and not self.has(key):
            return []
        return [
            Reader(each, f"{self.where}的 {key} 第 {place} 项")
            for place, each in enumerate(self._list(key), 1)
        ]

    def words(self, key: str, *, known: Iterable[str] | None = None, needed: bool = False) -> tuple[str, ...]:
        """A list of words, each once; of those known where some are named."""
        if not needed and not self.has(key):
            return ()
        words = tuple(str(each) for each in self._list(key))
        if len(set(words)) != len(words):
            raise self.fault(key, "有重复的项")
        if known is not None and (strange := [word for word in words if word not in known]):
            raise self.fault(key, f"不认识“{strange[0]}”", f"可以写：{'、'.join(known)}")
        return words

    def _list(self, key: str) -> Sequence[Any]:
        value = self.raw(key)
        if not isinstance(value, list | tuple) or not value:
            raise self.fault(key, "应是一个至少有一项的列表")
        return value

    def done(self) -> None:
        """Refuse keys that nobody asked for."""
        extra = sorted(str(key) for key in self._data if key not in self._asked)
        if extra:
            raise PolicyTextError(f"多出不认识的键 {'、'.join(extra)}", where=self.where)
