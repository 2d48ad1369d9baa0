"""The locks: every wanted package is pinned within its bounds, with hashes, and one version stands in all of them."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement

from youju.foundation.kernel import places

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")
SPARK = "requirements-spark.lock"
PROJECT = tomllib.loads((places.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _pins(name: str) -> dict[str, set[str]]:
    pins: dict[str, set[str]] = {}
    for line in (places.ROOT / name).read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([a-z0-9._-]+)==([^ ;\\]+)", line):
            pins.setdefault(match[1], set()).add(match[2])
    return pins


def _wanted(extras: list[str]) -> list[str]:
    return PROJECT["dependencies"] + [
        item for extra in extras for item in PROJECT["optional-dependencies"][extra]
    ]


@pytest.mark.parametrize(
    ("name", "extras"), list(zip((*LOCKS, SPARK), ([], ["dev"], ["dev", "bench"], ["spark"]), strict=True))
)
def test_a_lock_pins_what_the_project_wants(name: str, extras: list[str]) -> None:
    pins = _pins(name)
    for wanted in map(Requirement, _wanted(extras)):
        found = pins.get(re.sub(r"[._]+", "-", wanted.name).lower(), set())
        assert found, f"{wanted.name} is missing: run make lock"
        assert all(version in wanted.specifier for version in found), f"{wanted.name} {found}: run make lock"


@pytest.mark.parametrize(("smaller", "larger"), [LOCKS[:2], LOCKS[1:], (LOCKS[0], SPARK)])
def test_a_lock_contains_the_smaller_one(smaller: str, larger: str) -> None:
    assert _pins(smaller).items() <= _pins(larger).items()


@pytest.mark.parametrize("name", [*LOCKS, SPARK, "requirements-bootstrap.lock"])
def test_every_line_of_a_lock_has_hashes_and_no_address(name: str) -> None:
    text = (places.ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    for block in re.split(r"\n(?=[a-z0-9])", text.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_matplotlib_stays_out() -> None:
    assert "matplotlib" not in _pins("requirements.lock")


def test_everything_the_product_imports_is_locked() -> None:
    # What an optional extra brings is pinned where the tests use it; its import says what to install where it is missing.
    extras = PROJECT["optional-dependencies"]
    optional = {Requirement(each).name for extra in ("s3", "bulk") for each in extras[extra]}
    pins = _pins("requirements.lock").keys() | (optional & _pins("requirements-dev.lock").keys())
    # A third of a gigabyte that only its own tests use (`make test-spark`).
    pins |= _pins("requirements-spark.lock").keys() & {"pyspark"}
    missing = []
    carriers = metadata.packages_distributions()
    for path in (places.ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names = [node.module]
            for name in {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"youju"}:
                # Where it is not installed, the package is called as the module is.
                found = {re.sub(r"[._]+", "-", each).lower() for each in carriers.get(name, [name])}
                if not found & pins:
                    missing.append(f"{path.name}: {name}")
    assert missing == []
