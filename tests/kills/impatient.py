"""The product as a test can wait for it.

What the product does after a kill is not changed, only how long it waits before: workers look after dead ones every tenth of a
second in place of every five, and a second try comes at once.
"""

from __future__ import annotations

from datetime import timedelta


def hurry() -> None:
    """Short pauses for the product that this process is about to start; its workers are forked from it and inherit them."""
    from youju.foundation.jobs import supervising

    start = supervising.Workers.start

    def start_impatiently(self: supervising.Workers) -> None:
        # Not before: these modules need a Django that is set up.
        from youju.foundation.jobs import limits, rescuing, working

        supervising._LONGEST_PAUSE = 0.1
        working._WATCH_SECONDS = 0.1
        working._POLL_SECONDS = 0.1
        rescuing._YOUNG = 0.3
        limits.pause = lambda _attempt: timedelta(seconds=0.1)
        start(self)

    supervising.Workers.start = start_impatiently  # type: ignore[method-assign]
