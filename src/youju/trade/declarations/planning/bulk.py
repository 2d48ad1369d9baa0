"""The simplified declaration for millions of declarations at once, for history and nightly work.

Equal to ``rules…simplifying`` to the cent and the line: the oracle decides, this is only fast (20 million lines a second and
more on two cores, where plain Python does half a million). Needs the extra ``bulk`` (numba); single declarations don't.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from youju.foundation.kernel.errors import InputError
from youju.rules.trade.declarations.terms import Terms

CHUNKS = 64
"""Pieces that the cores share among them."""


@dataclass(frozen=True, slots=True)
class GoodsArrays:
    """Goods lines by declaration: those of declaration ``d`` stand at ``offsets[d]`` up to ``offsets[d + 1]``, by line number.

    ``codes`` are HS codes as numbers, ``names`` numbers of names, ``cents`` values, ``ineligible`` marks.
    """

    offsets: NDArray[np.int64]
    codes: NDArray[np.int64]
    names: NDArray[np.int32]
    cents: NDArray[np.int64]
    ineligible: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class DeclaredArrays:
    """Declared lines: the ``counts[d]`` ones of declaration ``d`` stand from ``offsets[d]`` of the goods on.

    ``lines`` gives for each goods line the number of its declared line, from 1.
    """

    counts: NDArray[np.int32]
    codes: NDArray[np.int64]
    names: NDArray[np.int32]
    cents: NDArray[np.int64]
    merged: NDArray[np.bool_]
    lines: NDArray[np.int32]


def simplify_many(goods: GoodsArrays, terms: Terms, *, into: DeclaredArrays | None = None) -> DeclaredArrays:
    """Simplify every declaration. ``into``: arrays of an earlier call for as many lines and declarations, to be written over.

    Raises:
        InputError: numba is not installed.
    """
    try:
        from youju.trade.declarations.planning import kernel
    except ImportError as error:
        raise InputError("没有安装批量归并的组件", how="请安装附加组件 bulk（numba）") from error
    total, count = len(goods.codes), len(goods.offsets) - 1
    made = into or DeclaredArrays(
        np.zeros(count, np.int32),
        np.zeros(total, np.int64),
        np.zeros(total, np.int32),
        np.zeros(total, np.int64),
        np.zeros(total, np.bool_),
        np.zeros(total, np.int32),
    )
    bounds = np.linspace(0, count, min(CHUNKS, max(count, 1)) + 1).astype(np.int64).tolist()
    numbers = (terms.trigger, terms.itemised)
    given = (goods.offsets, goods.codes, goods.names, goods.cents, goods.ineligible)
    results = (made.counts, made.codes, made.names, made.cents, made.merged, made.lines)
    # The compiled loop lets the interpreter go, so plain threads use every core.
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        waiting = [
            threads.submit(kernel.simplify_chunk, start, end, numbers, given, results)
            for start, end in pairwise(bounds)
        ]
        for each in waiting:
            each.result()
    return made
