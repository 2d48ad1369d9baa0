"""Jobs for tests: they count in the table of sites, sleep, fail. Imported by test processes and by real workers."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django.db import connection

from youju.foundation.jobs import defining
from youju.foundation.jobs.defining import Progress, job, periodic
from youju.foundation.jobs.models import Period
from youju.foundation.kernel.context import current
from youju.foundation.kernel.errors import InputError

_before = dict(defining._known)


def _mark(name: str) -> None:
    """An effect in the database that counts: one more row for each time it really happened."""
    from django.utils import timezone

    number = Period.objects.filter(code__startswith=f"mark:{name}:").count()
    Period.objects.create(
        code=f"mark:{name}:{number}:{os.getpid()}:{time.monotonic_ns()}", slot=timezone.now()
    )


def marks(name: str) -> int:
    """How often ``_mark`` happened and was committed."""
    return Period.objects.filter(code__startswith=f"mark:{name}:").count()


@job("test.mark", title="记一笔")
def mark(*, name: str, progress: Progress) -> dict[str, object]:
    """One effect, and who was acting."""
    _mark(name)
    progress(1, 1, "记好了")
    context = current()
    return {"name": name, "actor": context.actor, "channel": context.channel, "request": context.request_id}


@job("test.slow", title="慢慢做")
def slow(*, name: str, seconds: float, progress: Progress, folder: str = "") -> dict[str, object]:
    """The effect first, then time in which to be killed."""
    _mark(name)
    if folder:
        (Path(folder) / f"{name}.{os.getpid()}.started").touch()
    for _ in progress.track(range(10), message="慢慢做"):
        time.sleep(seconds / 10)
    if folder:
        (Path(folder) / f"{name}.{os.getpid()}.ended").touch()
    return {"name": name}


@job("test.outside", title="不在一个事务里", atomic=False)
def outside(*, name: str) -> None:
    """Commits by itself; repeatable by its own care."""
    Period.objects.get_or_create(code=f"mark:{name}:0", defaults={"slot": "2026-01-01T00:00:00Z"})


@job("test.refuse", title="说不行")
def refuse(*, name: str) -> None:
    """Bad input after half of the work."""
    _mark(name)
    raise InputError("第 3 行的金额读不懂", where="表.xlsx", how="请改正后重新上传")


@job("test.break", title="总是出错")
def broken(*, name: str) -> None:
    """A fault of the program after half of the work."""
    _mark(name)
    raise RuntimeError("secret detail")


@job("test.break-once", title="第一次出错")
def broken_once(*, name: str, folder: str) -> None:
    """A fault at the first attempt alone."""
    _mark(name)
    flag = Path(folder) / name
    if not flag.exists():
        flag.touch()
        raise RuntimeError("not yet")


@job("test.die", title="杀死自己")
def die(*, name: str) -> None:
    """The memory killer, played."""
    import signal

    _mark(name)
    os.kill(os.getpid(), signal.SIGKILL)


@job("test.broken-transaction", title="断开数据库")
def cut(*, name: str) -> None:
    """Its own database connection is cut by the administrator."""
    _mark(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


@job("test.chain", title="发起另一个")
def chain(*, name: str, fail: bool) -> None:
    """Asks for another job in its own transaction, and then may fail."""
    from youju.foundation.jobs.services import enqueue

    enqueue(mark, name=name)
    time.sleep(0.3)
    if fail:
        raise InputError("算了")


@periodic("test.each-minute", title="每分钟", cron="* * * * *")
def each_minute() -> None:
    """Counts its periods."""
    _mark("minute")


DECLARED = {code: found for code, found in defining._known.items() if code.startswith("test.")}
defining._known.clear()
defining._known.update(_before)
