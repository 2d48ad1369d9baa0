"""Refreshing and checking the lake of this installation's pilot. For the periodic job and the command."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from youju.analytics.lake.checking import Checked, check
from youju.analytics.lake.errors import LakeError
from youju.analytics.lake.manifest import read
from youju.analytics.lake.refreshing import Refreshed, refresh
from youju.foundation.audit.services import record
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.metrics import events
from youju.foundation.metrics.lake_limits import limits
from youju.foundation.metrics.lake_source import database_source
from youju.foundation.metrics.models import Change, Lake
from youju.foundation.metrics.selectors.lake import folder

Tell = Callable[[str], None]
_SHOWN = 200


def refresh_lake(*, full: bool = False, tell: Tell = lambda _step: None) -> Refreshed:
    """Bring the lake to the state of the database; what the lake has passed leaves the log of changes.

    Not inside a transaction: it reads one state of the database from its begin to its end, and writes down what it did in
    another, after the manifest is safe on disk. A kill in between loses nothing: the manifest rules, and the next refresh reads
    on from its mark.

    Raises:
        InputError: another refresh is running, the disk is full, the manifest is damaged.
        RuntimeError: a transaction is open.
    """
    pilot = settings.PILOT
    with _said():
        with database_source(pilot) as source:
            done = refresh(folder(), source, limits=limits(), now=timezone.now(), full=full, tell=tell)
        _written_down(pilot, done)
    return done


@transaction.atomic(durable=True)
def _written_down(pilot: str, done: Refreshed) -> None:
    manifest = done.manifest
    Lake.objects.update_or_create(
        pilot=pilot,
        defaults={
            "mark": manifest.mark,
            "version": manifest.version,
            "rows": manifest.rows,
            "refreshed_at": manifest.as_of,
        },
    )
    with reaching_all():
        Change.objects.filter(transaction__lt=manifest.mark).delete()
    if done.changed:
        after = {
            "version": manifest.version,
            "rows": manifest.rows,
            "records": done.records,
            "whole": done.whole,
            "months": {table: len(months) for table, months in done.months.items()},
        }
        record(events.REFRESHED, subject(), None, after)


def verify_lake(*, tell: Tell = lambda _step: None) -> Checked:
    """Check every file against the manifest, and the lake against the database, to the cent.

    Raises:
        InputError: there is no lake yet, its manifest is damaged, the disk is full.
    """
    pilot, place = settings.PILOT, folder()
    with _said():
        manifest = read(place.path)
        if manifest is None:
            raise LakeError(f"还没有数据湖（{place.path}）", how="请先运行 youju lake refresh")
        with database_source(pilot) as source:
            done = check(place, manifest, source, memory_mb=limits().memory_mb, tell=tell)
    sentences = [each.sentence for each in done.differences]
    with transaction.atomic(durable=True):
        Lake.objects.filter(pilot=pilot).update(verified_at=timezone.now(), differences=sentences[:_SHOWN])
        after = {
            "version": done.version,
            "files": done.files,
            "rows": done.rows,
            "differences": len(sentences),
        }
        record(events.VERIFIED, subject(), None, after, reason="；".join(sentences[:3]))
    return done


def subject() -> Subject:
    """The lake, as the trail names it."""
    return Subject(events.LAKE, settings.PILOT, f"数据湖 {settings.PILOT}")


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except LakeError as error:
        raise InputError(error.what, how=error.how) from error
