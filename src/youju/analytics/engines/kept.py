"""Compiled statements kept on disk: compiling one takes some 20 ms of a processor, in every process anew.

A statement depends on its expression, on the dialect and on the code that compiles; all three make its name. The expression
counts as its pickled bytes, which are only hashed and never read back: two expressions never share a name, and one that is
built otherwise merely compiles once more.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import platform
import tempfile
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

MOST = 4096
"""Files that are kept; beyond that those longest unused go when a process begins to keep."""
_SUFFIX = ".sql"

_KEPT_IN: list[Path] = []


def keep_in(folder: Path | None) -> None:
    """Keep statements in this folder from now on, made when the first is kept; ``None``: nowhere."""
    _KEPT_IN[:] = [] if folder is None else [folder]


def kept(operation: Any, dialect: str, make: Callable[[], str]) -> str:
    """The statement of an operation, from disk or made now. A disk that cannot be used is passed over."""
    name = _name(operation, dialect) if _KEPT_IN else None
    if name is None:
        return make()
    file = _KEPT_IN[0] / f"{name}{_SUFFIX}"
    if (text := _read(file)) is None:
        text = make()
        _write(file, text)
    return text


def _name(operation: Any, dialect: str) -> str | None:
    try:
        told = pickle.dumps(operation, protocol=5)
    except (pickle.PicklingError, AttributeError, TypeError):
        return None  # a part of it is nothing that stands in a module
    return hashlib.sha256(b"\0".join((_compilers(), dialect.encode(), told))).hexdigest()


@cache
def _compilers() -> bytes:
    """What compiles: Python, the two libraries, our own module."""
    own = hashlib.sha256(Path(__file__).with_name("compiling.py").read_bytes()).hexdigest()
    return " ".join((platform.python_version(), version("ibis-framework"), version("sqlglot"), own)).encode()


def _read(file: Path) -> str | None:
    """A statement, unless it is not there or was cut short by a crash."""
    try:
        digest, text = file.read_text(encoding="utf-8").split("\n", 1)
        os.utime(file)
    except (OSError, ValueError):
        return None
    return text if digest == _digest(text) else None


def _write(file: Path, text: str) -> None:
    try:
        if not file.parent.is_dir():
            file.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        _made_room(file.parent)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=file.parent, prefix=".", delete=False
        ) as beside:
            beside.write(f"{_digest(text)}\n{text}")
        Path(beside.name).replace(file)
    except OSError:
        return  # the next process compiles it again


@cache
def _made_room(folder: Path) -> None:
    """Let those go that were not used for the longest time; what a crash left beside too."""
    for each in folder.glob(".*"):
        each.unlink(missing_ok=True)
    files = sorted(folder.glob(f"*{_SUFFIX}"), key=lambda each: each.stat().st_mtime, reverse=True)
    for each in files[MOST // 2 if len(files) > MOST else MOST :]:
        each.unlink(missing_ok=True)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
