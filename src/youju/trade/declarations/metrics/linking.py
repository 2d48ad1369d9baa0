"""Where rows of released goods and declarations open: the declaration's page, at the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from youju.foundation.metrics.linking import Link


def link_declarations(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """By their numbers; nothing is looked up."""
    return [Link(str(row["number"]), _page(str(row["number"]))) for row in rows]


def link_lines(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """``D…-1/3`` is line 3 of a declaration. Nothing is looked up."""
    parts = [str(row["number"]).rpartition("/") for row in rows]
    return [Link(f"{number} 第 {line} 项", f"{_page(number)}#g{line}") for number, _, line in parts]


def _page(number: str) -> str:
    return reverse("declarations:declaration", args=[number])
