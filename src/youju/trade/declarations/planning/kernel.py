"""The compiled loop of ``bulk``. Only numba's subset of Python, so numbers and arrays and nothing else."""

from __future__ import annotations

from typing import Any

import numba as nb
import numpy as np

_CHAPTERS = 100
_CHAPTER = 10**8  # a ten-digit code divided by this is its chapter
_SPREAD = 0x9E3779B97F4A7C15 - (1 << 64)  # the golden ratio, as a signed number of 64 bits


@nb.njit(cache=True, nogil=True)
def simplify_chunk(start: int, end: int, terms: Any, goods: Any, made: Any) -> None:  # noqa: PLR0912, PLR0915
    """Simplify the declarations from ``start`` up to ``end``. One loop: what it calls would be compiled into it anyway."""
    trigger, itemised = terms
    offsets, codes, names, cents, ineligible = goods
    counts, _, _, _, _, out_lines = made
    longest = 1
    for at in range(start, end):
        longest = max(longest, offsets[at + 1] - offsets[at])
    slots = 2
    while slots < 2 * longest:
        slots *= 2
    # A slot belongs to a declaration if its stamp says so: nothing has to be cleared between two.
    stamps, held = np.full(slots, -1, np.int64), np.zeros(slots, np.int32)
    first, values = np.zeros(longest, np.int64), np.zeros(longest, np.int64)
    marks, target = np.zeros(longest, np.bool_), np.zeros(longest, np.int32)
    ranked = np.zeros(longest, np.int32)
    best, sums = np.zeros(_CHAPTERS, np.int32), np.zeros(_CHAPTERS, np.int64)
    for at in range(start, end):
        low, high = offsets[at], offsets[at + 1]
        kinds = 0
        for line in range(low, high):
            code, name = codes[line], names[line]
            slot = (((code * 1000003) ^ name) * _SPREAD >> 20) & (slots - 1)
            while stamps[slot] == at:
                known = first[held[slot]]
                if codes[known] == code and names[known] == name:
                    break
                slot = (slot + 1) & (slots - 1)
            if stamps[slot] != at:
                stamps[slot], held[slot] = at, kinds
                first[kinds], values[kinds], marks[kinds] = line, 0, False
                kinds += 1
            kind = held[slot]
            values[kind] += cents[line]
            marks[kind] |= ineligible[line]
            out_lines[line] = kind
        simple = kinds >= trigger
        alone = _rank(kinds, itemised if simple else kinds, values, ranked)
        if simple:
            for kind in range(kinds):  # the first ``itemised`` are marked by their place in ``ranked``
                target[kind] = 0
            for place in range(alone):
                target[ranked[place]] = 1
            taken = alone
            for kind in range(kinds):
                if target[kind] == 0 and marks[kind]:
                    _insert(kind, taken, alone, values, ranked)
                    taken += 1
            alone = taken
            for kind in range(kinds):
                target[kind] = 0
        for place in range(alone):
            kind = ranked[place]
            target[kind] = place + 1
            _write(low + place, first[kind], values[kind], False, goods, made)
        count = alone
        if simple and alone < kinds:
            best[:], sums[:] = -1, 0
            for kind in range(kinds):
                if target[kind] == 0:
                    chapter = codes[first[kind]] // _CHAPTER
                    sums[chapter] += values[kind]
                    if best[chapter] < 0 or values[kind] > values[best[chapter]]:
                        best[chapter] = kind
            for chapter in range(_CHAPTERS):
                if best[chapter] >= 0:
                    _write(low + count, first[best[chapter]], sums[chapter], True, goods, made)
                    count += 1
                    best[chapter] = count
            for kind in range(kinds):
                if target[kind] == 0:
                    target[kind] = best[codes[first[kind]] // _CHAPTER]
        counts[at] = count
        for line in range(low, high):
            out_lines[line] = target[out_lines[line]]


@nb.njit(cache=True, inline="always")
def _rank(kinds: int, most: int, values: Any, ranked: Any) -> int:
    """The ``most`` kinds of highest value into ``ranked``, ties by first line; kinds are numbered by it."""
    taken = 0
    for kind in range(kinds):
        if taken < most:
            _insert(kind, taken, 0, values, ranked)
            taken += 1
        elif most > 0 and values[kind] > values[ranked[most - 1]]:
            _insert(kind, most - 1, 0, values, ranked)
    return taken


@nb.njit(cache=True, inline="always")
def _insert(kind: int, place: int, floor: int, values: Any, ranked: Any) -> None:
    """Put a kind at its rank among ``ranked[floor:place]``, which it overwrites at ``place``."""
    while place > floor and values[kind] > values[ranked[place - 1]]:
        ranked[place] = ranked[place - 1]
        place -= 1
    ranked[place] = kind


@nb.njit(cache=True, inline="always")
def _write(place: int, source: int, value: int, merged: bool, goods: Any, made: Any) -> None:  # noqa: PLR0917
    _, codes, names, _, _ = goods
    _, out_codes, out_names, out_cents, out_merged, _ = made
    out_codes[place], out_names[place] = codes[source], names[source]
    out_cents[place], out_merged[place] = value, merged
