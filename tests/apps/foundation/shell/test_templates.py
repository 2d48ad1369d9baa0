"""What every template of every room keeps to."""

from __future__ import annotations

import re
from pathlib import Path

from each import each_of
from youju.foundation.kernel import places

SOURCE = places.ROOT / "src" / "youju"
TEMPLATES = sorted(path for path in SOURCE.rglob("templates/**/*.html"))
FRAGMENTS = ("components", "examples")
# Pages of their own on purpose: what a stranger finds behind a code on a carton loads nothing of ours but a sheet, and the
# screen of the hall has neither navigation nor person.
ALONE = (
    "tracing/public_base.html",
    "statistics/screen.html",
    "surveys/sheet_base.html",
    "credit/public_base.html",
)
REGIONS = ("listing/region.html", "listing/filters.html")


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def is_fragment(path: Path) -> bool:
    return path.name.startswith("_") or path.parent.name in FRAGMENTS or name(path).endswith(REGIONS)


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 30


@each_of(TEMPLATES, ids=name)
def test_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|hx-on", text) == []
    assert [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag] == []


@each_of(TEMPLATES, ids=name)
def test_nothing_is_fetched_from_elsewhere(path: Path) -> None:
    assert (
        re.findall(
            r"(?:src|href|action|hx-get|hx-post)=[\"']?(?:https?:)?//", path.read_text(encoding="utf-8")
        )
        == []
    )


@each_of([path for path in TEMPLATES if not is_fragment(path)], ids=name)
def test_every_page_extends_the_shell(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.name == "skeleton.html" or path.as_posix().endswith(ALONE):
        assert "<!doctype html>" in text
    else:
        outermost = _outermost(text)
        assert (
            re.match(r'\{% extends "shell/(base|bare|skeleton)\.html" %\}', outermost)
            or "<!doctype html>" in outermost
        )


def _outermost(text: str) -> str:
    """The text of the page's outermost layout below the shell: the steps of one form may share a layout of their own."""
    named = re.match(r'\{% extends "(?!shell/)([\w/.-]+)" %\}', text)
    if named is None:
        return text
    (layout,) = (path for path in TEMPLATES if path.as_posix().endswith(f"/templates/{named[1]}"))
    return _outermost(layout.read_text(encoding="utf-8"))


@each_of([path for path in TEMPLATES if is_fragment(path)], ids=name)
def test_a_fragment_is_no_page(path: Path) -> None:
    assert not re.search(r"<html|<body|\{% extends", path.read_text(encoding="utf-8"))


@each_of(TEMPLATES, ids=name)
def test_every_icon_exists(path: Path) -> None:
    sprite = (SOURCE / "foundation/shell/static/shell/icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([a-z]+)"', sprite))
    assert set(re.findall(r'\{% icon "([a-z]+)" %\}', path.read_text(encoding="utf-8"))) <= known


FOR_STRANGERS = {
    "funds/subsidies/templates/claims/public_object.html",
    "office/surveys/templates/surveys/sheet.html",
}
"""Forms for people without an account, on pages without any cookie; another site's form brings no session here (SameSite)."""


@each_of(TEMPLATES, ids=name)
def test_every_form_that_changes_something_carries_the_token(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", text, re.DOTALL)
    if name(path) in FOR_STRANGERS:
        assert "{% csrf_token %}" not in text
        return
    assert [form[:120] for form in forms if "{% csrf_token %}" not in form] == []


def test_python_builds_no_inline_style_or_script() -> None:
    found = [
        name(path)
        for path in SOURCE.rglob("web/**/*.py")
        if re.search(r"\sstyle=\\?[\"']|<script", path.read_text(encoding="utf-8"))
    ]
    assert found == []
