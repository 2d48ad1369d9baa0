"""The manual's pictures, taken from the running product: none goes stale, since a page that reads otherwise fails here.

``docs/manual/pictures.yaml`` says which page each picture shows, to whom and how wide. ``make manual`` (``YOUJU_MANUAL=write``)
takes them anew; the usual run compares what the page says (headings, labels, buttons) with what it said when it was taken.
"""

from __future__ import annotations

import io
import json
import os
import re
from hashlib import sha256
from typing import Any

import pytest
import yaml
from PIL import Image
from playwright.sync_api import Page, expect

from e2e.conftest import DESK, Enter, fits
from youju.portal.chapters import MANUAL, PICTURES, chapters

pytestmark = pytest.mark.e2e

SHOWN: dict[str, dict[str, Any]] = yaml.safe_load((MANUAL / "pictures.yaml").read_text(encoding="utf-8"))
SEEN = PICTURES / "seen.json"
WRITE = os.environ.get("YOUJU_MANUAL") == "write"
ROLES = sorted({each["role"] for each in SHOWN.values()})
COLOURS = 64
HEADING, ALL = "main h1", "main h1, main h2, main th, main label, main legend, main button, main summary"
WORDS = """(which) => [...document.querySelectorAll(which)]
    .filter((each) => each.checkVisibility()).map((each) => each.textContent.trim()).join('|')"""


def test_each_picture_is_shown_and_each_shown_is_taken() -> None:
    shown = {picture for chapter in chapters().values() for picture in chapter.pictures}
    assert shown == {f"{name}.png" for name in SHOWN}
    assert {file.name for file in PICTURES.glob("*.png")} == shown, "make manual"


@pytest.mark.parametrize("role", ROLES)
def test_the_pages_read_as_they_did_when_pictured(enter: Enter, role: str) -> None:
    known = json.loads(SEEN.read_text(encoding="utf-8")) if SEEN.exists() else {}
    stale = []
    people: dict[int, Page] = {}
    for name, each in SHOWN.items():
        if each["role"] != role:
            continue
        width = each.get("width", DESK)
        page = people.get(width) or people.setdefault(width, enter(role, width))
        page.goto(each["address"])
        for words in each.get("follow", ()):
            page.locator("main").get_by_role("link", name=words).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(each["title"]))
        fits(page)
        said = re.sub(r"\d+", "", page.evaluate(WORDS, HEADING if each.get("varies") else ALL))
        words = sha256(said.encode()).hexdigest()[:16]
        if WRITE:
            known[name] = words
            _keep(page, name)
        elif known.get(name) != words:
            stale.append(name)
    if WRITE:
        SEEN.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    assert stale == [], "these pages have changed since their pictures were taken: make manual"


def _keep(page: Page, name: str) -> None:
    """With few colours: a screen has no more, and the picture is a third of its size."""
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)
