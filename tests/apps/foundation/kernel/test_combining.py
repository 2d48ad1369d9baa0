"""One thread does it for all who wait: who is alone goes alone, nobody is left behind, a failure of all is a failure of none."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from youju.foundation.kernel.combining import Combiner

PATIENCE = 20


class Crew:
    """Numbers go together as tenfold, alone as hundredfold."""

    def __init__(
        self, together: Callable[[Sequence[int]], Sequence[int | None]] | None = None, *, most: int = 10
    ) -> None:
        self.groups: list[list[int]] = []
        self.alone: list[int] = []
        self._together = together or (lambda items: [item * 10 for item in items])
        self.line: Combiner[int, int] = Combiner(self._noted, most=most)

    def _noted(self, items: Sequence[int]) -> Sequence[int | None]:
        self.groups.append(list(items))
        return self._together(items)

    def by_itself(self, item: int) -> int:
        """What a thread does for itself."""
        self.alone.append(item)
        if item < 0:
            raise ValueError(item)
        return item * 100

    def all_at_once(self, items: Sequence[int]) -> list[int]:
        """The first goes alone, and is held until the others wait; their results, in the order of the items."""
        entered, waiting = threading.Event(), threading.Event()

        def first() -> int:
            entered.set()
            assert waiting.wait(PATIENCE)
            return self.by_itself(items[0])

        with ThreadPoolExecutor(len(items)) as threads:
            told = [threads.submit(self.line.do, "k", items[0], first)]
            assert entered.wait(PATIENCE)
            for count, item in enumerate(items[1:], 1):
                told.append(threads.submit(self.line.do, "k", item, partial(self.by_itself, item)))
                while len(self.line._lines["k"]) < count:
                    pass
            waiting.set()
            return [each.result(PATIENCE) for each in told]


def test_who_is_alone_goes_alone() -> None:
    crew = Crew()
    assert [crew.line.do("k", item, partial(crew.by_itself, item)) for item in (1, 2)] == [100, 200]
    assert crew.groups == [] and crew.line._lines == {}


def test_those_who_wait_go_together() -> None:
    crew = Crew()
    assert crew.all_at_once([1, 2, 3, 4]) == [100, 20, 30, 40]
    assert crew.groups == [[2, 3, 4]] and crew.line._lines == {}


def test_no_more_than_so_many_go_together() -> None:
    crew = Crew(most=2)
    assert crew.all_at_once([1, 2, 3, 4, 5, 6]) == [100, 20, 30, 40, 50, 600]
    assert crew.groups == [[2, 3], [4, 5]] and crew.alone == [1, 6]


def test_what_must_go_alone_does() -> None:
    crew = Crew(lambda items: [None if item == 3 else item * 10 for item in items])
    assert crew.all_at_once([1, 2, 3, 4]) == [100, 20, 300, 40]
    assert sorted(crew.alone) == [1, 3]


def test_what_stops_all_sends_each_alone() -> None:
    def stopped(items: Sequence[int]) -> list[int | None]:
        raise RuntimeError(items)

    crew = Crew(stopped)
    assert crew.all_at_once([1, 2, 3]) == [100, 200, 300]
    assert sorted(crew.alone) == [1, 2, 3] and crew.line._lines == {}


def test_a_failure_is_its_own_alone() -> None:
    crew = Crew(lambda items: [None if item < 0 else item * 10 for item in items])
    with pytest.raises(ValueError, match="-2"):
        crew.line.do("k", -2, partial(crew.by_itself, -2))
    assert crew.line._lines == {}
    with pytest.raises(ValueError, match="-3"):
        crew.all_at_once([1, 2, -3])
    assert crew.line._lines == {}


def test_keys_do_not_wait_for_one_another() -> None:
    crew = Crew()

    def held() -> int:
        return crew.line.do("other", 7, partial(crew.by_itself, 7))

    assert crew.line.do("k", 1, held) == 700


def test_many_threads_each_get_their_own() -> None:
    crew = Crew(most=4)
    with ThreadPoolExecutor(8) as threads:
        told = list(
            threads.map(lambda item: crew.line.do(item % 3, item, lambda: item * 10), range(1, 2_001))
        )
    assert told == [item * 10 for item in range(1, 2_001)]
    assert crew.line._lines == {}
