"""Text, codes, choices, yes and no."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from youju.foundation.imports.kinds.base import BadCellError, plain


@dataclass(frozen=True)
class Text:
    """Text as printed, without white space at the ends, at most ``longest`` characters."""

    longest: int = 1000
    pattern: str = ""
    hint: str = ""

    name = "文字"

    def read(self, cell: Any) -> str:
        """See ``Kind``."""
        text = cell.strip() if isinstance(cell, str) else plain(cell)
        if len(text) > self.longest:
            raise BadCellError(f"太长：{len(text)} 个字，至多 {self.longest} 个字")
        if "\x00" in text:
            raise BadCellError("含有空字符，请删去后重新输入")
        if self.pattern and not re.fullmatch(self.pattern, text):
            raise BadCellError(f"“{text[:20]}”写法不对{f'，{self.hint}' if self.hint else ''}")
        return text

    def freeze(self, value: str) -> str:
        """See ``Kind``."""
        return value

    def thaw(self, value: str) -> str:
        """See ``Kind``."""
        return value


@dataclass(frozen=True)
class Code(Text):
    """Text made of digits or letters that a spreadsheet likes to take for a number: zeros in front, more than 15 digits."""

    name = "编码"

    def read(self, cell: Any) -> str:
        """See ``Kind``."""
        if isinstance(cell, float) and (abs(cell) >= 1e15 or not cell.is_integer()):
            raise BadCellError("编码被表格当成了数字，后面的位数已经丢失；请把该列设为“文本”格式后重新输入")
        if isinstance(cell, str) and re.fullmatch(r"\d(\.\d+)?[eE]\+\d+", cell.strip()):
            raise BadCellError(f"“{cell.strip()}”是科学记数，位数已经丢失；请把该列设为“文本”格式后重新输入")
        return super().read(plain(cell))


@dataclass(frozen=True)
class Choice:
    """One of several values, given by its label or its code."""

    labels: Mapping[str, str]
    _known: Mapping[str, str] = field(init=False, repr=False, compare=False)

    name = "选项"

    def __post_init__(self) -> None:
        known = {plain(code).casefold(): code for code in self.labels}
        known |= {plain(label).casefold(): code for code, label in self.labels.items()}
        object.__setattr__(self, "_known", known)

    def read(self, cell: Any) -> str:
        """See ``Kind``."""
        text = plain(cell)
        try:
            return self._known[text.casefold()]
        except KeyError:
            offered = "、".join(list(self.labels.values())[:12])
            raise BadCellError(f"“{text[:20]}”不在选项里；请填：{offered}") from None

    def freeze(self, value: str) -> str:
        """See ``Kind``."""
        return value

    def thaw(self, value: str) -> str:
        """See ``Kind``."""
        return value


_YES = {"是", "有", "对", "y", "yes", "true", "1", "√", "✓"}
_NO = {"否", "无", "不", "n", "no", "false", "0", "×", "✗"}


@dataclass(frozen=True)
class Flag:
    """Yes or no."""

    name = "是/否"

    def read(self, cell: Any) -> bool:
        """See ``Kind``."""
        text = plain(cell).casefold()
        if text in _YES:
            return True
        if text in _NO:
            return False
        raise BadCellError(f"“{text[:20]}”看不出是与否；请填“是”或“否”")

    def freeze(self, value: bool) -> bool:
        """See ``Kind``."""
        return value

    def thaw(self, value: bool) -> bool:
        """See ``Kind``."""
        return value
