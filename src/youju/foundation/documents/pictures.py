"""Pictures of chart definitions, for page (SVG) and paper (PNG), drawn without a browser and cached by content.

The drawing engine is vl-convert; nothing is fetched. The SVG is made to be put inside a page under a strict
Content-Security-Policy: it has no ``style`` attribute, no ``<style>`` and no script, and ids of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from youju.foundation.documents.fonts import cjk_font
from youju.foundation.kernel import places

INK, PAPER, SEAL = "#1d2b45", "#fdfcf9", "#c8321f"
"""Ink blue, paper white, and the vermilion of a seal: the last only for what is wrong or late."""
MUTED, RULE, WASH = "#5d6880", "#d9d6cc", "#e9ebf0"
_PAGE_FONTS = ("Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC", "sans-serif")
_REVISION = 1  # raised when what is done to a drawing changes, so that older cached ones are not used
_KEEP = 4096  # cached pictures, at most; the longest unused go first


class Chart(Protocol):
    """What can be drawn: any Altair chart."""

    def to_dict(self) -> dict[str, Any]:
        """The Vega-Lite definition."""
        ...


def theme() -> dict[str, Any]:
    """The house look as a Vega-Lite ``config``."""
    axis = {
        "labelColor": INK, "titleColor": MUTED, "gridColor": RULE, "domainColor": MUTED, "tickColor": MUTED,
        "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "gridDash": [1, 3],
    }  # fmt: skip
    return {
        "font": ", ".join(dict.fromkeys((cjk_font().family, *_PAGE_FONTS))),
        "view": {"stroke": None},
        "padding": 5,
        "axis": axis,
        "header": {"labelColor": INK, "labelFontSize": 11, "titleColor": MUTED},
        "legend": {"labelColor": INK, "titleColor": MUTED, "labelFontSize": 12},
        "text": {"fontSize": 12, "color": INK},
        "title": {
            "anchor": "start", "color": INK, "fontSize": 14, "fontWeight": "bold", "offset": 14,
            "subtitleColor": MUTED, "subtitleFontSize": 11, "subtitlePadding": 4,
        },
    }  # fmt: skip


def definition(chart: Chart) -> dict[str, Any]:
    """The chart's Vega-Lite definition with the house look in it: the same for page, paper and browser."""
    spec = chart.to_dict()
    given = spec.get("config", {})
    # Altair writes a default config of its own (a view size); the house look wins over it.
    return {**spec, "config": {**given, **theme()}}


def svg(chart: Chart) -> str:
    """The picture for a page: an ``<svg>`` element with ``<title>``, links kept, no inline style, see-through."""

    def draw(spec: dict[str, Any]) -> bytes:
        from youju.foundation.documents.svg import for_page

        drawn = _engine().vegalite_to_svg({**spec, "background": "transparent"}, allowed_base_urls=[])
        return for_page(
            drawn, title=str(spec.get("description", "")), prefix=f"p{_key(spec, 'svg')[:10]}"
        ).encode()

    return _cached(chart, "svg", draw).decode()


def png(chart: Chart, scale: float = 2) -> bytes:
    """The picture for paper, on white; ``scale`` is image pixels per pixel of the definition."""

    def draw(spec: dict[str, Any]) -> bytes:
        drawn = _engine().vegalite_to_png(
            {**spec, "background": "#ffffff"}, scale=scale, allowed_base_urls=[]
        )
        return bytes(drawn)

    return _cached(chart, f"{scale:g}.png", draw)


@cache
def _engine() -> Any:
    """vl-convert with the Chinese font made known to it (system fonts it finds by itself)."""
    import vl_convert

    font = cjk_font()
    if font.source == "wheel":
        vl_convert.register_font_directory(str(font.path.parent))
    return vl_convert


def title_of(chart: Chart) -> str:
    """The title that stands above the picture; empty where there is none."""
    title = chart.to_dict().get("title", "")
    return str(title.get("text", "") if isinstance(title, dict) else title)


def _key(spec: dict[str, Any], kind: str) -> str:
    from importlib.metadata import version

    seed = [version("vl-convert-python"), _REVISION, cjk_font().source, kind, spec]
    return hashlib.sha256(json.dumps(seed, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _cached(chart: Chart, kind: str, draw: Callable[[dict[str, Any]], bytes]) -> bytes:
    spec = definition(chart)
    path = places.var() / "cache" / "pictures" / f"{_key(spec, kind)}.{kind}"
    with suppress(OSError):
        content = path.read_bytes()
        os.utime(path)
        return content
    content = draw(spec)
    # A full disk or a folder without the right to write costs time, not the picture.
    with suppress(OSError):
        _keep(path, content)
    return content


def _keep(path: Path, content: bytes) -> None:
    """Write beside and rename, so that no reader sees half a picture; then drop the longest unused."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    kept = [entry for entry in path.parent.iterdir() if not entry.name.startswith(".")]
    if len(kept) > _KEEP:
        oldest = sorted(kept, key=lambda entry: entry.stat().st_mtime)
        for entry in oldest[: _KEEP // 4]:
            entry.unlink(missing_ok=True)
