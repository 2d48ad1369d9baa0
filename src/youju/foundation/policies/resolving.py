"""Policies loaded once, cached under ``var/cache`` by the hash of their bytes, resolved for a day."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import threading
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from youju.foundation.kernel import places
from youju.foundation.policies import checking, compiling, reading
from youju.foundation.policies.entries import PolicySet, Source
from youju.rules.law import Law

_FORMAT = 2
_lock = threading.Lock()
_loaded: dict[Path, PolicySet] = {}


def load() -> PolicySet:
    """Every policy and source of this installation; read once in a process, safe between threads."""
    root = places.POLICIES
    known = _loaded.get(root)
    if known is None:
        with _lock:
            known = _loaded.get(root) or _loaded.setdefault(
                root, policies_from(root, cache=places.var() / "cache")
            )
    return known


@lru_cache(maxsize=512)
def law_on(day: date) -> Law:
    """The law in force on a day: an immutable mapping from policy id to value.

    Raises:
        InputError: a policy file is malformed (names file and key).
    """
    return load().law_on(day)


def policy_hash() -> str:
    """The hash over all policy files, which every decision stores beside its outcome."""
    return load().hash


def sources() -> Mapping[str, Source]:
    """The legal texts and practices that policies and rules cite, by id."""
    return load().sources


def policies_from(root: Path, *, cache: Path | None = None) -> PolicySet:
    """Read, check and compile a folder of policies, or take the form of the same bytes from ``cache``."""
    contents = reading.read_bytes(root)
    digest = reading.content_hash(contents)
    stored = cache / f"policies-{_FORMAT}-{digest}.json" if cache else None
    compiled = _from_cache(stored, digest) if stored else None
    if compiled is not None:
        return compiled
    documents = reading.parse(contents)
    checking.check_shape(root, documents)
    checking.check_meaning(documents)
    plain = {
        key: [data for name, data in documents.items() if checking.kind_of_file(name) == kind]
        for key, kind in (("policies", "policy"), ("sources", "source"), ("subsidies", "subsidy"))
    }
    if stored:
        _to_cache(stored, plain)
    return compiling.compile_set(plain, digest)


def _from_cache(stored: Path, digest: str) -> PolicySet | None:
    """The cached form, or ``None`` when there is none or it is damaged: then the files themselves decide."""
    try:
        return compiling.compile_set(json.loads(stored.read_bytes()), digest)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ArithmeticError):
        return None


def _to_cache(stored: Path, plain: Mapping[str, Any]) -> None:
    """Write the cache in one step; a folder that can't be written to only costs time."""
    with contextlib.suppress(OSError):
        stored.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=stored.parent, suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(plain, file, ensure_ascii=False)
            Path(name).replace(stored)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
