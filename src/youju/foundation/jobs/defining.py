"""How an app declares its jobs: ``@job`` and ``@periodic`` in ``<app>/jobs.py``.

::

    @job("documents.make", title="生成文书")
    def make(*, progress: Progress, document_id: int) -> dict[str, object]:
        for page in progress.track(pages, message="排版"):
            ...
        return {"pages": len(pages)}

A job takes keyword arguments that JSON can hold, and ``progress`` where it declares it. Its database work and its being
marked done are **one transaction** (unless ``atomic=False``): a worker that is killed at any moment leaves either nothing
or everything, and the run is taken up again. What a job does outside the database (a file written, a message sent) it must
make repeatable itself. An ``InputError`` ends the run with its sentence and is not tried again; any other exception is
tried again with a growing pause.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from youju.foundation.jobs.progress import Progress

__all__ = ["Definition", "Progress", "definition", "definitions", "job", "periodic"]

Work = Callable[..., "Mapping[str, Any] | None"]
F = TypeVar("F", bound=Work)
DEFAULT_QUEUE = "default"
_ATTEMPTS = "foundation.jobs.attempts"
_MARK = "__youju_job__"


@dataclass(frozen=True, slots=True)
class Definition:
    """What is declared of one job.

    Args:
        code: ``room.verb``, fixed for good: runs in the database name it.
        title: what people read; Chinese.
        work: the function.
        queue: the queue whose workers take it.
        atomic: the work and the mark ``done`` are one transaction.
        attempts: id of the policy that says how often it is tried.
        cron: five fields in local time (minute, hour, day of month, month, day of week); empty: on request only.
        takes_progress: whether ``work`` declares ``progress``.
    """

    code: str
    title: str
    work: Work
    queue: str = DEFAULT_QUEUE
    atomic: bool = True
    attempts: str = _ATTEMPTS
    cron: str = ""
    takes_progress: bool = False

    def check(self, arguments: Mapping[str, Any]) -> None:
        """Raise ``TypeError`` where the arguments do not fit the function: a fault of the program, met when enqueuing."""
        injected = {"progress": None} if self.takes_progress else {}
        inspect.signature(self.work).bind(**injected, **arguments)


_known: dict[str, Definition] = {}
_discovered = False


def job(
    code: str,
    *,
    title: str,
    queue: str = DEFAULT_QUEUE,
    atomic: bool = True,
    attempts: str = _ATTEMPTS,
    cron: str = "",
) -> Callable[[F], F]:
    """Declare a function as a job; see the module's text. The function stays callable as it is."""

    def declare(work: F) -> F:
        parameters = inspect.signature(work).parameters.values()
        if any(parameter.kind is not parameter.KEYWORD_ONLY for parameter in parameters):
            raise TypeError(f"job {code}: keyword-only arguments, please")
        there = _known.get(code)
        if there is not None and there.work.__qualname__ != work.__qualname__:
            raise ValueError(f"two jobs are called {code}")
        takes = any(parameter.name == "progress" for parameter in parameters)
        found = Definition(code, title, work, queue, atomic, attempts, cron, takes)
        if cron:
            from youju.foundation.jobs.calendar import check_cron

            check_cron(cron)
            found.check({})
        _known[code] = found
        setattr(work, _MARK, code)
        return work

    return declare


def periodic(
    code: str,
    *,
    title: str,
    cron: str,
    queue: str = DEFAULT_QUEUE,
    atomic: bool = True,
    attempts: str = _ATTEMPTS,
) -> Callable[[F], F]:
    """Declare a job without arguments that is enqueued by itself, once for each period.

    A period that passed while no worker ran is served once, at the next start, however many were missed.
    """
    return job(code, title=title, queue=queue, atomic=atomic, attempts=attempts, cron=cron)


def definition(work_or_code: Work | str) -> Definition | None:
    """The declaration of a function or code; ``None`` when this program has none (a job that was removed)."""
    code = work_or_code if isinstance(work_or_code, str) else getattr(work_or_code, _MARK, "")
    found = _known.get(code)
    if found is None:
        discover()
        found = _known.get(code)
    return found


def definitions() -> list[Definition]:
    """Every job of this program, by code."""
    discover()
    return [_known[code] for code in sorted(_known)]


def discover() -> None:
    """Import ``jobs.py`` of every installed app, once; not at start, because jobs import what is slow to load."""
    global _discovered  # noqa: PLW0603
    if not _discovered:
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("jobs")
        _discovered = True
