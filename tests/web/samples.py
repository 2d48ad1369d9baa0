"""Arguments for addresses that name a thing, so that the permission walk can open them.

An app adds functions to its own ``tests/web/samples_<app>.py``::

    from web.samples import Arguments, sample

    @sample("targets:project")
    def project() -> Arguments:
        return {"code": ...}

Each runs once inside the walk's database transaction, makes what it needs, and returns the arguments of
``reverse``; one function may serve several addresses.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

from youju.foundation.kernel.context import reaching_all

Arguments = dict[str, object]
Maker = Callable[[], Arguments]
_makers: dict[str, Maker] = {}


def sample(*url_names: str) -> Callable[[Maker], Maker]:
    """Register a function for the addresses."""

    def register(make: Maker) -> Maker:
        for name in url_names:
            if name in _makers:
                raise ValueError(f"two samples for {name}")
            _makers[name] = make
        return make

    return register


def registered() -> dict[str, Maker]:
    """Every function by the name of its address, those of all ``samples_<app>.py`` files included."""
    for file in sorted(Path(__file__).parent.glob("samples_*.py")):
        importlib.import_module(f"web.{file.stem}")
    return dict(_makers)


def arguments() -> dict[str, Arguments]:
    """The arguments of every address that names a thing; each function runs once, as a loader that reaches every row."""
    made: dict[Maker, Arguments] = {}
    with reaching_all():
        for make in registered().values():
            if make not in made:
                made[make] = make()
    return {name: made[make] for name, make in registered().items()}
