"""A Chinese font for what the product prints: the system's, else the one in the ``zhplot`` wheel.

``zhplot`` itself is never imported (it would pull in matplotlib, which is not installed): only its folder is
looked up. Its font is Noto Sans SC under the SIL Open Font License.
"""

from __future__ import annotations

import importlib.util
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from youju.foundation.kernel.errors import InputError

Style = Literal["sans", "serif"]

# In order of preference: complete families of simplified Chinese, then whatever offices have.
_FAMILIES: dict[Style, tuple[str, ...]] = {
    "sans": (
        "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN",
        "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Microsoft YaHei", "PingFang SC", "SimHei",
    ),
    "serif": (
        "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Source Han Serif CN",
        "FangSong", "FangSong_GB2312", "SimSun", "STSong", "AR PL UMing CN",
    ),
}  # fmt: skip
# Where the same fonts lie on machines without fontconfig's fc-list.
_KNOWN_PATHS = (
    ("Noto Sans CJK SC", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    ("Noto Serif CJK SC", "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"),
    ("Noto Sans CJK SC", "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc"),
    ("WenQuanYi Zen Hei", "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
    ("WenQuanYi Micro Hei", "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    ("SimSun", "C:/Windows/Fonts/simsun.ttc"),
    ("Microsoft YaHei", "C:/Windows/Fonts/msyh.ttc"),
    ("PingFang SC", "/System/Library/Fonts/PingFang.ttc"),
)
_WHEEL_FAMILY = "Noto Sans SC"


@dataclass(frozen=True, slots=True)
class Font:
    """A font file: family name as programs know it, path, and where it came from (``system`` or ``wheel``)."""

    family: str
    path: Path
    source: Literal["system", "wheel"]


@cache
def cjk_font(style: Style = "sans") -> Font:
    """The Chinese font to print with.

    Args:
        style: ``sans`` for pictures, ``serif`` for official forms; where a machine has only the other
            style, that one is taken.

    Raises:
        InputError: neither the system nor the wheel has one.
    """
    found = choose(style, installed())
    if found is None:
        found = wheel_font()
    if found is None:
        raise InputError(
            "没有找到中文字体",
            where="本机",
            how="请安装 Noto CJK 字体（Debian：apt install fonts-noto-cjk）或重新安装本系统的依赖包",
            status=422,
        )
    return found


def choose(style: Style, candidates: Iterable[Font]) -> Font | None:
    """The best of the fonts given: families of the style asked for first, then those of the other."""
    by_family = {font.family: font for font in reversed(list(candidates))}
    other: Style = "serif" if style == "sans" else "sans"
    return next((by_family[name] for name in _FAMILIES[style] + _FAMILIES[other] if name in by_family), None)


def installed() -> list[Font]:
    """The fonts with simplified Chinese that the system has: by ``fc-list``, else at known paths."""
    try:
        listed = subprocess.run(
            ["fc-list", ":lang=zh-cn", "--format", "%{file}\t%{family}\t%{style}\n"],
            capture_output=True,
            timeout=10,
            check=True,
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return [Font(family, Path(path), "system") for family, path in _KNOWN_PATHS if Path(path).is_file()]
    return _parse(listed)


def _parse(listed: str) -> list[Font]:
    """Lines of ``file TAB families TAB styles``; regular weights first, so that they win over bold ones."""
    rows = [line.split("\t") for line in listed.splitlines() if line.count("\t") == 2]
    rows.sort(key=lambda row: ("Regular" not in row[2], row[0]))
    return [Font(family, Path(row[0]), "system") for row in rows for family in row[1].split(",")]


def wheel_font() -> Font | None:
    """The font that the ``zhplot`` wheel carries, found without importing it."""
    spec = importlib.util.find_spec("zhplot")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for path in sorted(Path(folder).rglob("*.[ot]tf")):
            return Font(_WHEEL_FAMILY, path, "wheel")
    return None
