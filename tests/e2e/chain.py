"""The README's picture: what a figure opens, page after page, taken by the journey that goes there and put together in one."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from playwright.sync_api import Locator, Page

WRITE = os.environ.get("YOUJU_MANUAL") == "write"
FILE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "chain.png"
MARK = "(each) => { each.style.outline = '3px solid #c8321f'; each.style.outlineOffset = '3px'; }"
STYLE = """
body { margin: 0; padding: 18px; background: #efece4; font-family: 'Noto Sans CJK SC', sans-serif; color: #1c2b3a; }
ol { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: 1fr 1fr; gap: 18px; }
li { background: #fff; border: 1px solid #b9b3a4; } p { margin: 0; padding: 8px 12px; font-size: 17px; font-weight: 700; }
p b { color: #c8321f; margin-right: 8px; } img { display: block; width: 100%; border-top: 1px solid #b9b3a4; }
"""


class Chain:
    """Keeps a picture of each step where pictures are asked for (``make manual``); else nothing."""

    def __init__(self) -> None:
        self._steps: list[tuple[str, bytes]] = []

    def step(self, page: Page, words: str, clicked: Locator) -> None:
        """The part of the page around what is clicked next, or around where the chain ends."""
        if not WRITE:
            return
        clicked.scroll_into_view_if_needed()
        clicked.evaluate(MARK)
        box = clicked.bounding_box() or {"y": 0}
        top = max(0.0, min(box["y"] - 260, 900 - 520))
        self._steps.append((words, page.screenshot(clip={"x": 205, "y": top, "width": 1060, "height": 520})))

    def keep(self, page: Page) -> None:
        """All of them in one picture."""
        if not WRITE:
            return
        items = "".join(
            f'<li><p><b>{place}</b>{words}</p><img src="data:image/png;base64,{base64.b64encode(shot).decode()}"></li>'
            for place, (words, shot) in enumerate(self._steps, 1)
        )
        page.goto("about:blank")
        page.set_content(f"<style>{STYLE}</style><ol>{items}</ol>")
        page.screenshot(path=FILE, full_page=True)
