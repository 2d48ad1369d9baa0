"""One piece of work in a process of its own: how long it takes and how much memory it comes to hold."""

from __future__ import annotations

import resource
import time
import traceback
from multiprocessing import get_context
from pathlib import Path
from typing import Any


def apart(work: Any, path: Path) -> tuple[float, int]:
    """Seconds, and the peak resident memory in MB."""
    from django.db import connections

    connections.close_all()
    fork = get_context("fork")
    here, there = fork.Pipe(duplex=False)
    child = fork.Process(target=_child, args=(work, path, there))
    child.start()
    there.close()
    seconds, peak = here.recv()
    child.join()
    return seconds, peak


def _child(work: Any, path: Path, answer: Any) -> None:
    began = time.perf_counter()
    try:
        work(path)
    except BaseException:
        traceback.print_exc()
        raise
    seconds = time.perf_counter() - began
    answer.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))
