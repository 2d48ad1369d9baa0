"""Threads that want the same kind of thing at the same time: one does it for all who wait.

Flat combining (Hendler, Incze, Shavit, Tzafrir: Flat combining and the synchronization-parallelism tradeoff, SPAA 2010), as a
database's group commit does for its log. The first comes through at once and alone; whoever comes while it works waits, and all
who wait by then are done together. Nobody waits for company: with one thread it costs two looks at a lock.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class _Slot(Generic[Item, Result]):
    """One thread's wish while it waits: then it leads ``company``, or finds its ``result``, or goes alone."""

    __slots__ = ("company", "item", "result", "turn")

    def __init__(self, item: Item) -> None:
        self.item = item
        self.result: Result | None = None
        self.company: list[_Slot[Item, Result]] = []
        self.turn = Lock()
        self.turn.acquire()


class Combiner(Generic[Item, Result]):
    """Does wishes of one kind, those of one key one after another or together, those of different keys side by side.

    Args:
        together: items → a result for each, in their order; ``None`` for one that must go alone, which its own thread then does.
            What it raises sends all of them alone.
        most: items done together at most.
    """

    def __init__(self, together: Callable[[Sequence[Item]], Sequence[Result | None]], *, most: int) -> None:
        self._together, self._most = together, most
        self._lock = Lock()
        # A key is here while one of its threads works; the slots are those that came meanwhile.
        self._lines: dict[Hashable, list[_Slot[Item, Result]]] = {}

    def do(self, key: Hashable, item: Item, alone: Callable[[], Result]) -> Result:
        """The item's result: by ``alone`` where nobody else is there, else together with others of its key.

        Raises:
            Exception: whatever ``alone`` raises.
        """
        with self._lock:
            line = self._lines.get(key)
            if line is None:
                self._lines[key] = []
            else:
                slot = _Slot[Item, Result](item)
                line.append(slot)
        if line is None:
            try:
                return alone()
            finally:
                self._hand_on(key)
        slot.turn.acquire()
        if slot.company:
            self._lead(key, slot.company)
        return alone() if slot.result is None else slot.result

    def _lead(self, key: Hashable, company: list[_Slot[Item, Result]]) -> None:
        try:
            if len(company) > 1:
                results = self._together([each.item for each in company])
                for each, result in zip(company, results, strict=True):
                    each.result = result
        except Exception:
            for each in company:
                each.result = None
        finally:
            for each in company[1:]:
                each.turn.release()
            self._hand_on(key)

    def _hand_on(self, key: Hashable) -> None:
        with self._lock:
            line = self._lines[key]
            if not line:
                del self._lines[key]
                return
            company, self._lines[key] = line[: self._most], line[self._most :]
        company[0].company = company
        company[0].turn.release()
