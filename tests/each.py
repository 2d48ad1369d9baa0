"""One test over hundreds of like things, each looked at in microseconds: a test for each would cost a hundred times that."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

Case = TypeVar("Case")


def each_of(
    cases: Iterable[Case], *, ids: Callable[[Case], str]
) -> Callable[[Callable[[Case], None]], Callable[[], None]]:
    """Make one test of a function of one case; it names every case that fails, with what its assertion says."""
    known = list(cases)

    def whole(test: Callable[[Case], None]) -> Callable[[], None]:
        def every() -> None:
            assert known, "there is nothing to look at"
            failed = {}
            for case in known:
                try:
                    test(case)
                except Exception as error:
                    failed[ids(case)] = f"{type(error).__name__}: {error}"
            assert failed == {}, failed

        every.__name__, every.__doc__, every.__module__ = test.__name__, test.__doc__, test.__module__
        return every

    return whole
