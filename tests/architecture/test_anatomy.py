"""Every app has the same files, and every app is covered by the import contracts."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from youju.foundation.kernel import places

SOURCE = places.ROOT / "src" / "youju"
CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((places.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
}


def _apps() -> list[Path]:
    """Folders with tables or pages of their own."""
    found = {path.parent for name in ("models", "models.py", "apps.py") for path in SOURCE.rglob(name)}
    return sorted(folder for folder in found if folder.name != "rules" and (folder / "apps.py").exists())


def _module(folder: Path) -> str:
    return ".".join(("youju", *folder.relative_to(SOURCE).parts))


def _has_tables(folder: Path) -> bool:
    return (folder / "models.py").exists() or (folder / "models").is_dir()


@pytest.mark.parametrize("folder", [app for app in _apps() if _has_tables(app)], ids=_module)
def test_the_tables_of_an_app_are_protected(folder: Path) -> None:
    protected = [name for contract in CONTRACTS.values() for name in contract.get("protected_modules", [])]
    assert f"{_module(folder)}.models" in protected


@pytest.mark.parametrize("folder", [app for app in _apps() if _has_tables(app)], ids=_module)
def test_the_layers_of_an_app_are_checked(folder: Path) -> None:
    assert _module(folder) in CONTRACTS["anatomy"]["containers"]


@pytest.mark.parametrize("folder", _apps(), ids=_module)
def test_an_app_is_installed(folder: Path) -> None:
    from django.conf import settings

    assert _module(folder) in settings.INSTALLED_APPS


@pytest.mark.parametrize("folder", [app for app in _apps() if _has_tables(app)], ids=_module)
def test_an_app_with_tables_has_migrations_reads_and_writes(folder: Path) -> None:
    assert (folder / "migrations" / "__init__.py").exists()
    # A room without pages leaves the question of who may to the rooms whose pages show it.
    asks = any((folder / part).exists() for part in ("web", "api.py"))
    for part in ("selectors", "services", *(["permissions"] if asks else [])):
        assert (folder / f"{part}.py").exists() or (folder / part).is_dir(), part


@pytest.mark.parametrize("folder", _apps(), ids=_module)
def test_addresses_of_pages_stand_in_urls(folder: Path) -> None:
    if (folder / "web").is_dir():
        assert (folder / "urls.py").exists() or (folder / "web" / "urls.py").exists()


def test_every_room_stands_in_the_contract_of_the_house() -> None:
    rooms = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()} | {"cli"}
    # Rooms that stand beside each other share a line: "trade | office".
    layers = {name.strip() for layer in CONTRACTS["rooms"]["layers"] for name in layer.split("|")}
    assert rooms == layers
    assert CONTRACTS["rooms"]["exhaustive"]


def test_no_contract_looks_away() -> None:
    assert [name for name, contract in CONTRACTS.items() if contract.get("ignore_imports")] == []
