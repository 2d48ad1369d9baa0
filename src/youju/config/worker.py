"""``youju worker``: job workers without a web server, beside a product whose pages are served elsewhere."""

from __future__ import annotations

import signal
import time
from types import FrameType

from youju.config.commands import say
from youju.foundation.database.ready import django_ready
from youju.foundation.jobs.supervising import Workers, worker_count
from youju.foundation.kernel.errors import InputError

_ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def worker() -> None:
    """Run the workers until Ctrl-C, SIGTERM or the end of the terminal.

    Raises:
        InputError: the database cannot be used or its tables are not up to date, or no worker is wanted.
    """
    count = worker_count()
    if not count:
        raise InputError("YOUJU_JOB_WORKERS 是 0，没有要启动的进程", how="请写成 1 或更大的数")
    for number in _ENDS:
        signal.signal(number, _leave)
    with django_ready(tell=say):
        from django.db import connections

        from youju.foundation.database.migrations import pending

        if pending():
            raise InputError("数据表还没有更新到本程序的版本", how="请先运行一次 youju up")
        connections.close_all()
        workers = Workers(count)
        try:
            workers.start()
            say(f"已启动 {count} 个后台任务进程    按 Ctrl-C 停止")
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            pass
        finally:
            for number in _ENDS:  # a second Ctrl-C must not cut the stop short
                signal.signal(number, signal.SIG_IGN)
            workers.stop()
    say("已停止。")


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
