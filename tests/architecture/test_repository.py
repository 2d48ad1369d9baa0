"""What holds for every file of the repository."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
from pathlib import Path

from each import each_of
from youju.foundation.kernel import places

ROOT = places.ROOT
SOURCE = ROOT / "src" / "youju"
KEPT_OUT = {".git", ".venv", "var", "build", "node_modules"}
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".yaml",
    ".yml",
    ".lock",
    ".html",
    ".css",
    ".js",
    ".json",
    ".csv",
    ".typ",
    "",
    ".txt",
    ".cfg",
}
LONGEST = 400
MEDIAN = 120


def _files() -> list[Path]:
    found = [path for path in (ROOT / ".ci" / "run",) if path.exists()]
    for folder, names, files in os.walk(ROOT):
        names[:] = [
            n for n in names if n not in KEPT_OUT and not n.startswith(".") and not n.endswith(".egg-info")
        ]
        found += [Path(folder, name) for name in files]
    return found


def _code() -> list[Path]:
    return [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@each_of(_code(), ids=_name)
def test_no_code_file_has_outgrown_its_room(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_the_median_code_file_is_small() -> None:
    sizes = sorted(
        len(path.read_text(encoding="utf-8").splitlines()) for path in _code() if path.stat().st_size
    )
    assert sizes[len(sizes) // 2] <= MEDIAN


def test_no_file_is_a_drawer_for_odds_and_ends() -> None:
    assert [
        _name(path)
        for path in _code()
        if path.stem in {"utils", "util", "helpers", "helper", "misc", "common"}
    ] == []


def test_no_file_names_a_package_host() -> None:
    hosts = re.compile(
        "|".join(
            ["py" + r"pi\.org", r"python" + r"hosted", r"mirrors?\.[a-z]+\.(com|cn|edu)", "index" + "-url ="]
        )
    )
    named = []
    for path in _files():
        if path.suffix in TEXT and path.stat().st_size < 2_000_000:
            text = path.read_text(encoding="utf-8", errors="replace")
            named += [_name(path)] if hosts.search(text) else []
    assert named == []


def test_no_file_holds_unfinished_work() -> None:
    marks = re.compile(
        r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b|raise Not" + "ImplementedError"
    )
    assert [_name(path) for path in _code() if marks.search(path.read_text(encoding="utf-8"))] == []


def test_rules_ask_no_clock() -> None:
    asked = []
    for path in (SOURCE / "rules").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}:
                asked.append(f"{_name(path)}:{node.lineno}")
    assert asked == []


def test_the_description_of_the_api_is_current() -> None:
    from youju.config.openapi import PATH, text

    assert PATH.read_text(encoding="utf-8") == text(), "run: python -m youju.config.openapi"


def test_schemas_of_the_api_have_names_of_their_own() -> None:
    from ninja import Schema

    names: dict[str, set[str]] = {}
    waiting = [Schema]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if each.__module__.startswith("youju."):
                names.setdefault(each.__name__, set()).add(each.__module__)
    assert {name: found for name, found in names.items() if len(found) > 1} == {}


def test_the_client_was_generated_from_the_description() -> None:
    program = places.ROOT / "scripts" / "make_client.py"
    made = importlib.util.spec_from_file_location("make_client", program)
    assert made is not None
    assert made.loader is not None
    module = importlib.util.module_from_spec(made)
    made.loader.exec_module(module)
    assert module.current(), "run: make reference"
