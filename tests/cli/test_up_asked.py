"""A Ctrl-C that nobody heard still ends the start."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from youju.config.up import Asked

NUMBERS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture
def asked() -> Iterator[Asked]:
    before = {number: signal.getsignal(number) for number in NUMBERS}
    told = Asked()
    told.listen()
    yield told
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_swallowed_signal_is_obeyed_later(asked: Asked, number: signal.Signals) -> None:
    assert not asked
    asked.obey()

    class Careless:
        def __del__(self) -> None:
            # What the interpreter does with an exception from here: prints it and goes on.
            os.kill(os.getpid(), number)

    with _unraisable():
        thing = Careless()
        del thing
    assert asked
    with pytest.raises(KeyboardInterrupt if number == signal.SIGINT else SystemExit):
        asked.obey()


class _unraisable:  # noqa: N801 - reads like a function
    """Swallow what the interpreter says of exceptions that it ignores."""

    def __enter__(self) -> None:
        import sys

        self.before, sys.unraisablehook = sys.unraisablehook, lambda _: None

    def __exit__(self, *_: object) -> None:
        import sys

        sys.unraisablehook = self.before
