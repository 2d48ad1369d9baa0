"""A pilot's folder of the lake: one writer at a time, temporary names, and files that nobody can be reading any more."""

from __future__ import annotations

import fcntl
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from youju.analytics.durable import sync_folder
from youju.analytics.lake.errors import LakeError, disk_said
from youju.analytics.lake.manifest import NAME, Manifest

TEMPORARY = ".tmp-"
LOCK = ".lock"
_OURS = re.compile(r"^\w+/(?:month=\d{4}-\d{2}|year=\d{4})/\d{6}-[0-9a-f]{8}\.parquet$")


class LakeFolder:
    """``<root>/<pilot>``: where its files lie and what may be done with them."""

    def __init__(self, root: Path, pilot: str) -> None:
        self.root, self.pilot = root, pilot
        self.path = root / pilot

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Within the block nobody else writes; the lock goes with the process, however it ends.

        Raises:
            LakeError: another process writes, or the folder cannot be made.
        """
        with disk_said(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            lock = (self.path / LOCK).open("w")
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise LakeError("另一个进程正在刷新数据湖", how="请等它做完") from error
            self._clear_temporary()
            yield

    def temporary(self, name: str) -> Path:
        """A path for what is being written; whatever a killed writer left under such a name goes with the next writer."""
        folder = self.path / f"{TEMPORARY}work"
        folder.mkdir(exist_ok=True)
        return folder / f"{secrets.token_hex(4)}-{name}"

    def place(self, table: str, month: str, version: int) -> str:
        """A new name below the folder for a file of a table's month or a cube's year; the folders are made."""
        file = f"{table}/{'month' if '-' in month else 'year'}={month}/{version:06}-{secrets.token_hex(4)}.parquet"
        target = self.path / file
        made = [
            each
            for each in (target.parent.parent.parent, target.parent.parent, target.parent)
            if not each.exists()
        ]
        target.parent.mkdir(parents=True, exist_ok=True)
        for each in made:
            sync_folder(each.parent)
        return file

    def files(self) -> Iterator[tuple[str, bool]]:
        """Every file below the folder, and whether its name is one of ours; not the manifest, the lock, temporary ones."""
        for path in sorted(self.path.rglob("*")):
            name = path.relative_to(self.path).as_posix()
            if path.is_file() and name not in (NAME, LOCK) and not name.startswith(TEMPORARY):
                yield name, bool(_OURS.match(name))

    def highest_version(self) -> int:
        """The highest version that a file's name bears: where a lost manifest's numbering goes on."""
        return max((int(Path(name).name.partition("-")[0]) for name, ours in self.files() if ours), default=0)

    def retire(self, manifest: Manifest, now: datetime) -> dict[str, str]:
        """Files of ours that the manifest does not name → since when (now, where that was not known)."""
        named = {piece.file for _, _, piece in manifest.pieces()}
        loose = [name for name, ours in self.files() if ours and name not in named]
        return {name: manifest.retired.get(name, now.isoformat()) for name in loose}

    def sweep(self, retired: Mapping[str, str], now: datetime, grace: timedelta) -> int:
        """Remove files that left the manifest longer ago than the grace; how many."""
        gone = [name for name, since in retired.items() if now - datetime.fromisoformat(since) > grace]
        for name in gone:
            (self.path / name).unlink(missing_ok=True)
        return len(gone)

    def _clear_temporary(self) -> None:
        for path in self.path.glob(f"{TEMPORARY}*"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
