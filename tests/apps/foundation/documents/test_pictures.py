"""Pictures: fit for a strict page, kept by content, written whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path

import altair as alt
import pytest
from lxml import etree

from youju.foundation.documents import fonts, pictures


@pytest.fixture(autouse=True)
def var(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A cache of its own for every test."""
    monkeypatch.setenv("YOUJU_VAR", str(tmp_path))
    return tmp_path


def _chart(href: str | None = None, amount: float = 5.0) -> alt.Chart:
    rows = [{"name": "国贸中心事务资金", "amount": amount, "href": href}]
    bars = alt.Chart(alt.InlineData(values=rows)).mark_bar(clip=True).encode(x="amount:Q", y="name:N")
    if href:
        bars = bars.encode(href="href:N")
    return bars.properties(title="预算数", description="一个项目的预算数")


def _cache(var: Path) -> list[Path]:
    return sorted((var / "cache" / "pictures").iterdir())


def test_the_svg_has_no_style_no_script_and_names_itself() -> None:
    drawn = pictures.svg(_chart())
    root = etree.fromstring(drawn)
    assert not re.search(r"style\s*=|<style|<script|javascript:|@font-face|https?://(?!www\.w3\.org/)", drawn)
    assert (root.get("role"), root[0].tag.rpartition("}")[2], root[0].text) == (
        "img",
        "title",
        "一个项目的预算数",
    )
    assert root.get("aria-labelledby") == root[0].get("id")
    assert "国贸中心事务资金" in drawn
    assert 'fill="white"' not in drawn


def test_links_stay_links_and_such_a_picture_is_a_group() -> None:
    root = etree.fromstring(pictures.svg(_chart("/targets/7/?tab=plan#row-2")))
    links = root.findall(".//{http://www.w3.org/2000/svg}a")
    assert [dict(link.attrib) for link in links] == [{"href": "/targets/7/?tab=plan#row-2"}]
    assert root.get("role") == "group"


def test_two_pictures_on_one_page_share_no_id() -> None:
    ids = [set(re.findall(r'\bid="([^"]+)"', pictures.svg(_chart(amount=amount)))) for amount in (5.0, 6.0)]
    assert ids[0]
    assert not ids[0] & ids[1]
    used = set(re.findall(r"url\(#([^)]+)\)", pictures.svg(_chart(amount=5.0))))
    assert used
    assert used <= ids[0]


def test_a_picture_is_drawn_once(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = pictures.png(_chart())
    assert first.startswith(b"\x89PNG")

    def never() -> None:
        raise AssertionError("drawn again")

    monkeypatch.setattr(pictures, "_engine", never)
    assert pictures.png(_chart()) == first
    assert [path.suffix for path in _cache(var)] == [".png"]
    with pytest.raises(AssertionError, match="drawn again"):
        pictures.png(_chart(amount=6.0))


def test_scale_makes_more_pixels() -> None:
    def width(content: bytes) -> int:
        return int.from_bytes(content[16:20], "big")

    assert width(pictures.png(_chart(), scale=2)) == pytest.approx(
        2 * width(pictures.png(_chart(), scale=1)), abs=2
    )


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(var: Path) -> None:
    (var / "cache").write_text("a file where the folder should be")
    assert pictures.svg(_chart()).startswith("<svg")


def test_the_longest_unused_go_first(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_KEEP", 4)
    monkeypatch.setattr(pictures, "_engine", _Engine)
    for amount in range(5):
        pictures.png(_chart(amount=amount))
    assert len(_cache(var)) == 4


class _Engine:
    def vegalite_to_png(self, spec: dict[str, object], **options: object) -> bytes:
        return b"png"


def test_the_house_look_is_in_the_definition() -> None:
    config = pictures.definition(_chart())["config"]
    assert config["font"].startswith(fonts.cjk_font().family)
    assert config["title"]["color"] == pictures.INK
    assert pictures.SEAL not in str(config), "the seal red is kept for what is wrong or late"
