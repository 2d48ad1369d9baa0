"""Every pair of colours that stand together reads well: WCAG AA."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import youju.foundation.shell

CSS = Path(youju.foundation.shell.__file__).parent / "static" / "shell" / "shell.css"
TEXT = CSS.read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", TEXT))
# Text on a ground: 4.5 to 1.
WORDS = [
    *(
        (word, ground)
        for word in ("text", "ink", "link", "muted")
        for ground in ("paper", "paper-shade", "paper-deep")
    ),
    ("on-ink", "ink"),
    ("on-ink-soft", "ink"),
    ("on-ink", "ink-soft"),
    ("seal-text", "paper"),
    ("seal-text", "seal-tint"),
    ("warning", "paper"),
    ("warning", "warning-tint"),
    ("hint", "paper"),
    ("hint", "hint-tint"),
    ("text", "seal-tint"),
    ("text", "warning-tint"),
    ("ink", "hint-tint"),
]
# Borders of controls, marks of state, focus: 3 to 1.
MARKS = [
    *(
        (mark, ground)
        for mark in ("seal", "rule-strong", "focus", "warning", "hint")
        for ground in ("paper", "paper-shade")
    ),
    ("on-ink", "ink"),
    ("ink-soft", "paper"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, share: float, other: str) -> str:
    parts = [
        round(int(one[place : place + 2], 16) * share + int(other[place : place + 2], 16) * (1 - share))
        for place in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)


def test_the_measure_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("word", "ground"), WORDS)
def test_words_read_well(word: str, ground: str) -> None:
    assert contrast(TOKENS[word], TOKENS[ground]) >= 4.5


@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_marks_are_seen(mark: str, ground: str) -> None:
    assert contrast(TOKENS[mark], TOKENS[ground]) >= 3


def test_every_rule_that_sets_both_colours_reads_well() -> None:
    wrong = []
    for selector, body in re.findall(r"([^{}]+)\{([^{}]+)\}", TEXT):
        word = re.search(r"(?<![\w-])color: var\(--([a-z-]+)\)", body)
        ground = re.search(r"background: var\(--([a-z-]+)\)", body)
        if word and ground and ":disabled" not in selector:
            found = contrast(TOKENS[word[1]], TOKENS[ground[1]])
            if found < 4.5:
                wrong.append((selector.strip(), round(found, 2)))
    assert wrong == []


def test_the_search_box_in_the_ink_bar_reads_well() -> None:
    assert TEXT.count("color-mix(in srgb, var(--ink) 78%, white)") == 2
    ground = mixed(TOKENS["ink"], 0.78, "#ffffff")
    assert contrast("#ffffff", ground) >= 4.5
    # The placeholder is drawn at 85 %.
    assert contrast(mixed(TOKENS["on-ink"], 0.85, ground), ground) >= 4.5


def test_red_is_kept_for_what_is_approved_or_wrong() -> None:
    allowed = re.compile(r"seal|error|wrong|danger|:target|^:root")
    used = [
        selector.strip().rsplit("*/", 1)[-1].strip()
        for selector, body in re.findall(r"([^{}]+)\{([^{}]+)\}", TEXT)
        if "--seal" in body
    ]
    assert [
        selector for selector in used if not allowed.search(selector) and selector != ".badge-approved"
    ] == []


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert re.findall(r"@import|https?://|url\((?!\"chevron\.svg\")", TEXT) == []
