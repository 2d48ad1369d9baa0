"""The folder exchange: ``out/`` for the gateway to take, ``in/`` for what it brings, ``archive/`` and ``poison/`` for the rest.

A message is written beside, synced and renamed, so that whoever looks into ``out/`` sees it whole or not at all. Files of others
are opened without following links. Names with a leading dot or a suffix of writing are somebody's work under way.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from youju.foundation.kernel.durable import write_whole
from youju.trade.declarations.exchange.protocol import Incoming

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_UNFINISHED = (".tmp", ".part", ".partial", ".writing", ".crdownload", "~")
REASON = ".reason.txt"
"""What is added to a name in ``poison/`` for the file that says why."""


class FolderExchange:
    """Four folders below ``root``, made where they are missing."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("out", "in", "archive", "poison"):
            (root / name).mkdir(parents=True, exist_ok=True)

    def put(self, name: str, content: bytes) -> None:
        """See ``Exchange``."""
        if not _NAME.fullmatch(name):
            raise ValueError("not a plain file name")
        _write(self.root / "out" / name, content)

    def incoming(self) -> Iterator[Incoming]:
        """See ``Exchange``."""
        now, found = time.time(), []
        with os.scandir(self.root / "in") as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name.lower().endswith(_UNFINISHED):
                    continue
                try:
                    seen = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue
                if stat.S_ISREG(seen.st_mode):
                    found.append((seen.st_mtime_ns, entry.name, seen.st_size))
        for written, name, size in sorted(found):
            yield Incoming(name, size, max(0.0, now - written / 1e9))

    def read(self, name: str, limit: int) -> bytes | None:
        """See ``Exchange``."""
        return _content(self._at("in", name), limit + 1)

    def archive(self, name: str) -> None:
        """See ``Exchange``. A folder a day, so that none grows without end."""
        folder = self.root / "archive" / time.strftime("%Y%m%d")
        folder.mkdir(exist_ok=True)
        _move(self._at("in", name), folder, name)

    def poison(self, name: str, reason: str) -> str:
        """See ``Exchange``. The reason stands in a file beside it, written first: what lies there always says why."""
        source, folder = self._at("in", name), self.root / "poison"
        if not source.exists():
            return ""
        kept = _free(folder, _UNSAFE.sub("_", name).strip("._")[:100] or "reply")
        _write(folder / f"{kept}{REASON}", f"{reason}\n".encode())
        try:
            source.rename(folder / kept)
        except (
            FileNotFoundError
        ):  # somebody else was faster, perhaps under this very name: then the reason stands for it
            if not (folder / kept).exists():
                (folder / f"{kept}{REASON}").unlink(missing_ok=True)
            return ""
        return kept

    def poisoned(self) -> Iterator[tuple[str, str]]:
        """See ``Exchange``."""
        folder = self.root / "poison"
        for path in sorted(folder.iterdir()):
            if path.name.startswith(".") or path.name.endswith(REASON) or not path.is_file():
                continue
            why = _content(folder / f"{path.name}{REASON}", 4096)
            yield path.name, (why or b"").decode("utf-8", "replace").strip() or "没有说明原因"

    def read_poison(self, kept: str, limit: int) -> bytes:
        """See ``Exchange``."""
        return _content(self._at("poison", kept), limit) or b""

    def put_back(self, kept: str) -> bool:
        """See ``Exchange``."""
        source = self._at("poison", kept)
        if kept.endswith(REASON) or not source.is_file():
            return False
        _move(source, self.root / "in", kept)
        self._at("poison", f"{kept}{REASON}").unlink(missing_ok=True)
        return True

    def _at(self, folder: str, name: str) -> Path:
        """A file by its listed name, which is one part of a path and no way out of the folder."""
        if not name or name in (".", "..") or "/" in name or "\0" in name:
            raise ValueError("not a file name")
        return self.root / folder / name


def _content(path: Path, most: int) -> bytes | None:
    """At most so many bytes of a file, no link followed, no pipe waited for; ``None`` where there is none."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    with os.fdopen(handle, "rb") as file:
        return file.read(most)


def _write(target: Path, content: bytes) -> None:
    """Beside, synced, renamed: whole or not at all, also after a crash."""
    write_whole(target, content, beside=target.with_name(f".{target.name}.{os.getpid()}.tmp"))


def _move(source: Path, folder: Path, name: str) -> None:
    try:
        source.rename(folder / _free(folder, name))
    except FileNotFoundError:
        return


def _free(folder: Path, name: str) -> str:
    """The name, or with a number where a file of that name lies there already."""
    if not (folder / name).exists():
        return name
    stem, dot, ending = name.rpartition(".")
    number = 2
    while (
        folder / (there := f"{stem or ending}-{number}{dot if stem else ''}{ending if stem else ''}")
    ).exists():
        number += 1
    return there
