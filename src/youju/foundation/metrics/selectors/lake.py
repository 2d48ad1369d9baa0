"""How the lake stands, and an engine over it. Pages, commands and later rooms ask here."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from youju.analytics.lake import manifest
from youju.analytics.lake.errors import LakeError
from youju.analytics.lake.folder import LakeFolder
from youju.foundation.identity.permissions import require
from youju.foundation.jobs.selectors import RunView, run, runs
from youju.foundation.kernel import places
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.metrics import events, permissions
from youju.foundation.metrics.models import Change, Lake

if TYPE_CHECKING:
    from youju.analytics.engines import DuckEngine
    from youju.analytics.engines.spark import SparkEngine
    from youju.analytics.lake.reading import Snapshot
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Standing:
    """How the lake stands.

    ``lag``: how long ago its rows were true; None before the first refresh. ``waiting``: entries in the log of changes that it
    has not read. ``differences``: what the last check found.
    """

    pilot: str
    folder: str
    version: int
    rows: int
    refreshed_at: datetime | None
    lag: timedelta | None
    waiting: int
    verified_at: datetime | None
    differences: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "pilot": self.pilot,
            "folder": self.folder,
            "version": self.version,
            "rows": self.rows,
            "refreshed_at": self.refreshed_at.isoformat() if self.refreshed_at else None,
            "lag_seconds": round(self.lag.total_seconds()) if self.lag is not None else None,
            "waiting": self.waiting,
            "verified_at": self.verified_at.isoformat() if self.verified_at else None,
            "differences": list(self.differences),
        }


def lake_page(*, actor: User) -> tuple[Standing, RunView | None]:
    """How the lake stands, and the latest refresh that somebody asked for.

    Raises:
        PermissionDenied: the actor may not see metrics.
    """
    require(actor, permissions.VIEW)
    asked = runs(subject=Subject(events.LAKE, settings.PILOT)).values_list("pk", flat=True).first()
    return standing(), run(asked) if asked else None


def root() -> Path:
    """Where the lakes lie: ``YOUJU_LAKE``, else ``var/lake``."""
    named = os.environ.get("YOUJU_LAKE")
    return Path(named).resolve() if named else places.var() / "lake"


def folder() -> LakeFolder:
    """The folder of this installation's pilot."""
    return LakeFolder(root(), settings.PILOT)


def standing() -> Standing:
    """How the lake stands, by what the database remembers of it: no file is opened."""
    row = Lake.objects.filter(pilot=settings.PILOT).first() or Lake(pilot=settings.PILOT)
    return Standing(
        pilot=row.pilot,
        folder=str(root() / row.pilot),
        version=row.version,
        rows=row.rows,
        refreshed_at=row.refreshed_at,
        lag=timezone.now() - row.refreshed_at if row.refreshed_at else None,
        waiting=Change.objects.filter(transaction__gte=row.mark).count(),
        verified_at=row.verified_at,
        differences=tuple(row.differences),
    )


def snapshot() -> Snapshot | None:
    """The newest state of the lake; None where there is none yet.

    Raises:
        InputError: its manifest is damaged.
    """
    from youju.analytics.lake.errors import LakeError
    from youju.analytics.lake.manifest import read
    from youju.analytics.lake.reading import Snapshot
    from youju.foundation.kernel.errors import InputError

    place = folder()
    try:
        manifest = read(place.path)
    except LakeError as error:
        raise InputError(error.what, how=error.how) from error
    return Snapshot(place.path, manifest) if manifest is not None else None


def lake_engine() -> DuckEngine | None:
    """DuckDB over the newest state of the lake; None where there is none yet."""
    state = snapshot()
    return state.engine() if state is not None else None


def ready_lake_engine() -> DuckEngine:
    """DuckDB over the newest state of the lake, for who names it.

    Raises:
        InputError: there is no lake yet (409).
    """
    engine = lake_engine()
    if engine is None:
        raise InputError(
            "还没有数据湖", where="引擎", how="请先运行 youju lake refresh，或用实时引擎", status=409
        )
    return engine


def spark_over_lakes() -> SparkEngine:
    """Spark over every pilot's lake under the root; ``YOUJU_SPARK`` names a cluster, else this machine alone.

    Raises:
        InputError: there is no lake, Spark is not installed or does not start.
    """
    from youju.analytics.engines.spark import spark_engine

    base = root()
    lakes = {each.parent.name: base for each in sorted(base.glob(f"*/{manifest.NAME}"))}
    try:
        return spark_engine(lakes, master=os.environ.get("YOUJU_SPARK") or "local[*]")
    except LakeError as error:
        raise InputError(error.what, where="Spark 引擎", how=error.how, status=409) from error
