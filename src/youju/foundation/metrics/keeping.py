"""Engines over rows in memory, kept for who asks again: opening one and reading its rows costs more than most answers."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.conf import settings

Kept = TypeVar("Kept")
_MOST = 3


class KeptEngines(Generic[Kept]):
    """The engines last made, for all threads of a process. A key says who may see the rows and what the trail said then."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """The engine of a key, made where it is not kept; one is made at a time."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            found = make()
            if settings.KEPT_PAGES_BYTES:
                self._kept[key] = found
                while len(self._kept) > _MOST:
                    self._kept.popitem(last=False)
            return found
