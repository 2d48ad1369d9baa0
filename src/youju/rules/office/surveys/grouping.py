"""Groups that are too small to be shown apart (small cells) go together, so that nobody is found by subtraction either."""

from __future__ import annotations

from collections.abc import Mapping


def apart(sizes: Mapping[int, int], least: int) -> frozenset[int]:
    """Which groups may be shown apart; all others are shown as one, or not at all where that one is everything.

    A small group alone would be found by taking the shown ones from the whole: so the smallest of the large ones joins it, until
    those together are large enough. Every group shown apart has at least ``least`` members, and so have those put together.

    Args:
        sizes: group → how many answers; groups without any do not count.
        least: the fewest answers that may be shown.
    """
    large = sorted((size, group) for group, size in sizes.items() if size >= least)
    together = sum(size for size in sizes.values() if 0 < size < least)
    while large and 0 < together < least:
        size, _ = large.pop(0)
        together += size
    return frozenset(group for _, group in large)
