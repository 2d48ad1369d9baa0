"""What is different between two runs over one report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

OUTCOMES = {"agrees": "相符", "disagrees": "不符", "unjudged": "不能判断"}


def changes(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The figures whose outcome or right value changed, in order: ``{"place", "printed", "what", "before", "after"}``.

    The text is the same, so a figure is found again by its passage and place.
    """
    old = {(each["passage"], each["start"]): each for each in before}
    found = []
    for each in after:
        was = old.get((each["passage"], each["start"]))
        if was is None or (was["outcome"], was["right"]) == (each["outcome"], each["right"]):
            continue
        found.append(
            {"place": each["place"], "printed": each["printed"], "what": each["what"] or was["what"],
             "before": _told(was), "after": _told(each)}
        )  # fmt: skip
    return found


def _told(verdict: Mapping[str, Any]) -> str:
    right = f"（数据 {verdict['right']}）" if verdict["right"] else ""
    return f"{OUTCOMES[verdict['outcome']]}{right}"
