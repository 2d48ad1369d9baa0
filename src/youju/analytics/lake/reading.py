"""Reading: a snapshot is the files of one manifest. It stays whole while the lake is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from youju.analytics.engines.duck import DuckEngine
from youju.analytics.lake.cubes import CUBES
from youju.analytics.lake.errors import LakeError
from youju.analytics.lake.manifest import Manifest, month_of, read
from youju.analytics.lake.shapes import shape_of
from youju.analytics.periods import Period


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of a lake.

    ``folder`` is the pilot's; ``files`` is what :class:`DuckEngine` asks for.
    """

    folder: Path
    manifest: Manifest

    @property
    def as_of(self) -> datetime:
        """When its rows were true."""
        return self.manifest.as_of or datetime.fromtimestamp(0, UTC)

    def files(self, name: str, span: Period | None = None) -> Sequence[Path]:
        """The files of a table or a cube that hold the months of ``span`` (None: every month)."""
        months = self.manifest.tables.get(name) or self.manifest.cubes.get(name) or {}
        wanted = None if span is None else {month_of(day) for day in span.months}
        if wanted is not None and name in self.manifest.cubes:
            wanted = {month[:4] for month in wanted}
        return [
            self.folder / piece.file
            for month, pieces in sorted(months.items())
            if wanted is None or month in wanted
            for piece in pieces
        ]

    def has_cube(self, name: str) -> bool:
        """Whether it holds a cube as this program knows it."""
        cube = CUBES.get(name)
        return (
            cube is not None
            and name in self.manifest.cubes
            and self.manifest.shapes.get(name) == shape_of(cube.columns)
        )

    def engine(
        self, *, threads: int | None = None, memory: str = "", spill: Path | None = None
    ) -> DuckEngine:
        """DuckDB over this state."""
        return DuckEngine(
            as_of=self.as_of,
            files=self.files,
            pilot=self.manifest.pilot,
            threads=threads,
            memory=memory,
            spill=spill,
        )


def snapshot(root: Path, pilot: str) -> Snapshot:
    """The newest state of a pilot's lake.

    Raises:
        LakeError: there is none yet, or its manifest is damaged.
    """
    manifest = read(root / pilot)
    if manifest is None:
        raise LakeError(f"还没有数据湖（{root / pilot}）", how="请先运行 youju lake refresh")
    return Snapshot(root / pilot, manifest)
