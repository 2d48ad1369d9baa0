"""The Chinese font: the system's best, else the wheel's, and never an import of matplotlib."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from youju.foundation.documents import fonts
from youju.foundation.documents.fonts import Font
from youju.foundation.kernel.errors import InputError


@pytest.fixture(autouse=True)
def _afresh() -> None:
    fonts.cjk_font.cache_clear()


def _font(family: str) -> Font:
    return Font(family, Path(f"/fonts/{family}.ttf"), "system")


@pytest.mark.parametrize(
    ("style", "families", "chosen"),
    [
        ("sans", ["SimSun", "WenQuanYi Zen Hei", "Noto Sans CJK SC"], "Noto Sans CJK SC"),
        ("serif", ["SimSun", "WenQuanYi Zen Hei", "Noto Sans CJK SC"], "SimSun"),
        ("serif", ["WenQuanYi Zen Hei"], "WenQuanYi Zen Hei"),
        ("sans", ["Comic Neue"], None),
    ],
)
def test_the_best_family_of_the_style_wins(
    style: fonts.Style, families: list[str], chosen: str | None
) -> None:
    found = fonts.choose(style, [_font(family) for family in families])
    assert (found.family if found else None) == chosen


def test_a_regular_weight_wins_over_a_bold_one() -> None:
    listed = "/b/Bold.ttc\tNoto Sans CJK SC\tBold\n/a/Regular.ttc\tNoto Sans CJK SC,思源黑体\tRegular\nbroken line\n"
    found = fonts.choose("sans", fonts._parse(listed))
    assert found == Font("Noto Sans CJK SC", Path("/a/Regular.ttc"), "system")


def test_without_a_system_font_the_wheel_gives_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "installed", list)
    font = fonts.cjk_font()
    assert (font.family, font.source) == ("Noto Sans SC", "wheel")
    assert font.path.stat().st_size > 1_000_000


def test_without_fc_list_known_paths_are_looked_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "wqy.ttc"
    path.write_bytes(b"font")
    monkeypatch.setattr(fonts, "_KNOWN_PATHS", (("WenQuanYi Zen Hei", str(path)), ("SimSun", "/nowhere.ttc")))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert fonts.installed() == [Font("WenQuanYi Zen Hei", path, "system")]


def test_no_font_at_all_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "installed", list)
    monkeypatch.setattr(fonts, "wheel_font", lambda: None)
    with pytest.raises(InputError, match="没有找到中文字体；请安装"):
        fonts.cjk_font()


def test_neither_zhplot_nor_matplotlib_is_imported() -> None:
    code = (
        "import sys; from youju.foundation.documents import fonts; fonts.wheel_font(); fonts.cjk_font();"
        "print(*{name.partition('.')[0] for name in sys.modules} & {'zhplot', 'matplotlib', 'django'})"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""
