"""The user's manual (用户手册): chapters by role, Markdown files under ``docs/manual``, and which of them helps with a page.

A chapter begins with a head in YAML between two lines of ``---``: ``title``, ``roles`` (their codes), ``language`` (zh-hans where
not said), ``order`` and ``pages``, which says for a page's name (``orders:new``) or for all of a room (``orders``) under which
heading it is explained.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import yaml
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from youju.foundation.kernel import places

MANUAL = places.ROOT / "docs" / "manual"
PICTURES = MANUAL / "pictures"
CHINESE = "zh-hans"
_FENCE = "---\n"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a chapter; its text is its anchor."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter, ready to be shown. ``pages``: name of a page or a room → the heading that explains it."""

    slug: str
    title: str
    roles: tuple[str, ...]
    language: str
    order: int
    pages: Mapping[str, str]
    headings: tuple[Heading, ...]
    pictures: tuple[str, ...]
    html: SafeString

    def heading_of(self, page: str) -> str | None:
        """The heading that explains a page, by its own name or by its room's; None where the chapter does not."""
        return self.pages.get(page, self.pages.get(page.partition(":")[0]))


@lru_cache(maxsize=1)
def chapters() -> Mapping[str, Chapter]:
    """Every chapter by its slug, in their order. Empty where the manual is not installed beside the product."""
    found = [_chapter(file) for file in sorted(MANUAL.glob("*.md")) if file.stem != "README"]
    return {each.slug: each for each in sorted(found, key=lambda each: (each.order, each.slug))}


def chapters_of(roles: Iterable[str]) -> list[Chapter]:
    """The chapters written for someone with these roles."""
    held = set(roles)
    return [each for each in chapters().values() if held.intersection(each.roles)]


def help_address(page: str, roles: Iterable[str]) -> str:
    """Where the manual explains a page: in a chapter of one's own roles, else in any, else at the manual's beginning."""
    own = chapters_of(roles)
    others = [each for each in chapters().values() if each not in own]
    for each in (*own, *others):
        heading = each.heading_of(page)
        if heading is not None:
            return f"{reverse('portal:manual-chapter', args=[each.slug])}#{heading}"
    return reverse("portal:manual")


def picture_file(name: str) -> Path | None:
    """A picture that some chapter shows; None for any other name."""
    known = {picture for each in chapters().values() for picture in each.pictures}
    file = PICTURES / name
    return file if name in known and file.is_file() else None


def _chapter(file: Path) -> Chapter:
    text = file.read_text(encoding="utf-8")
    head, body = {}, text
    if text.startswith(_FENCE):
        front, _, body = text.removeprefix(_FENCE).partition(f"\n{_FENCE}")
        head = yaml.safe_load(front)
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(body)
    headings, pictures = tuple(_anchored(tokens)), tuple(_pictured(tokens))
    return Chapter(
        slug=file.stem,
        title=str(head["title"]),
        roles=tuple(head.get("roles", ())),
        language=str(head.get("language", CHINESE)),
        order=int(head.get("order", 100)),
        pages={str(page): str(heading) for page, heading in (head.get("pages") or {}).items()},
        headings=headings,
        pictures=pictures,
        # Our own files, with raw HTML switched off in the parser.
        html=mark_safe(parser.renderer.render(tokens, parser.options, {})),  # noqa: S308
    )


def _anchored(tokens: list[Token]) -> Iterable[Heading]:
    """Give each heading its text as anchor. The page has the title as its h1: what the file has of that level is left to it."""
    for opening, content in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", content.content)
            yield Heading(content.content, int(opening.tag[1:]))


def _pictured(tokens: list[Token]) -> Iterable[str]:
    """Let each picture come from the product; other chapters are linked without the ending of their file."""
    for token in (child for each in tokens for child in each.children or ()):
        if token.type == "image":
            name = str(token.attrGet("src")).removeprefix("pictures/")
            token.attrSet("src", reverse("portal:manual-picture", args=[name]))
            token.attrSet("loading", "lazy")
            yield name
        elif token.type == "link_open" and str(token.attrGet("href")).partition("#")[0].endswith(".md"):
            slug, _, anchor = str(token.attrGet("href")).partition(".md")
            token.attrSet("href", f"{reverse('portal:manual-chapter', args=[slug])}{anchor}")
