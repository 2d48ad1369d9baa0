"""Work that is done in a process of its own and waited for."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import traceback
from collections.abc import Callable

from youju.foundation.kernel.errors import InputError

_DIE_WITH_PARENT = 1
"""``PR_SET_PDEATHSIG`` of prctl(2)."""


def apart(work: Callable[[], None]) -> None:
    """Do the work in a forked process, and end it where this one is asked to end.

    Raises:
        InputError: it failed; it has said why on standard error.
    """
    from django.db import connections

    # A connection belongs to one process.
    connections.close_all()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        _work_and_end(work)
    status = None
    try:
        _, status = os.waitpid(child, 0)
    finally:
        if status is None:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    if status:
        raise InputError(
            "示例年度没有装完",
            where="youju up --demo",
            how="原因见上面；改正后再启动一次，会接着装",
            status=500,
        )


def _work_and_end(work: Callable[[], None]) -> None:
    failed = 1
    try:
        # Who is waiting may be killed: nobody would know of this one any more.
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        work()
        failed = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(failed)
