"""The generated reference pages are current and complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from youju.foundation.kernel import places
from youju.foundation.policies import load
from youju.foundation.policies.reference import pages, write
from youju.rules.families import every_rule

PAGES = pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_page_in_the_repository_is_current(name: str) -> None:
    stored = (places.ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert stored == PAGES[name], "run: python -m youju.foundation.policies.reference"


def test_every_rule_stands_on_the_page_with_its_sentence_article_and_tests() -> None:
    page = PAGES["rules.md"]
    for rule in every_rule():
        # An id with several dated versions has a section for each.
        versions = page.split(f"\n## {rule.id}\n")[1:]
        section = next(each for each in versions if f"`{rule.basis}`" in each.split("\n## ", 1)[0]).split(
            "\n## ", 1
        )[0]
        assert rule.sentence in section
        assert f"`{rule.basis}`" in section
        assert f"test_{rule.id.replace('-', '_')}_" in section
        for parameter in rule.parameters:
            assert f"`{parameter}`" in section


def test_every_policy_and_source_stands_on_its_page() -> None:
    page = PAGES["policies.md"]
    for name in [*load().policies, *load().sources]:
        assert f"\n### `{name}`\n" in page


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    assert sorted(path.name for path in write(tmp_path)) == ["policies.md", "rules.md"]
    assert write(tmp_path) == []
