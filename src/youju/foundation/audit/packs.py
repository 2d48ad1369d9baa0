"""An exported trail: a text file that can be checked on its own, with nothing but the standard library.

One JSON value a line: a header; for each segment its head, then its entries as lists in the order of ``FIELDS`` with the hash at
the end; the published roots; at last a manifest with the sha256 of every byte before it. The same state gives the same bytes.
A name that ends in ``.gz`` asks for compression.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from youju.foundation.audit.chain import FIELDS
from youju.foundation.audit.checking import Check, SegmentHead, check_roots
from youju.foundation.kernel.errors import InputError, reason_of

FORMAT = "youju-audit-export-1"
Progress = Callable[[int, int], None]
_GZIP = b"\x1f\x8b"
_LONGEST = 64 * 1024 * 1024


class Writer:
    """Writes a pack beside its target; ``close`` renames it. Left without ``close``, nothing stays."""

    def __init__(self, target: Path) -> None:
        if target.exists():
            raise InputError(f"文件 {target} 已存在", how="请换一个文件名，或先移走旧文件")
        if not target.parent.is_dir():
            raise InputError(f"没有文件夹 {target.parent}", how="请先建立它，或换一个位置")
        self.target = target
        self.beside = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            self.raw = self.beside.open("xb")
        except OSError as error:
            raise InputError(
                f"不能写入 {target.parent}（{reason_of(error)}）", how="请换一个可以写的文件夹"
            ) from error
        # No name and no time in the gzip header: equal states give equal bytes.
        self.file: Any = (
            gzip.GzipFile(fileobj=self.raw, mode="wb", filename="", mtime=0)
            if target.suffix == ".gz"
            else self.raw
        )
        self.digest = hashlib.sha256()
        self.counts = {"segments": 0, "entries": 0, "roots": 0}
        self.line({"format": FORMAT, "fields": [*FIELDS, "hash"]})

    def line(self, value: Any) -> None:
        """One JSON value."""
        data = (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
        self.digest.update(data)
        self.file.write(data)

    def segment(self, head: SegmentHead, entries: Iterable[tuple[Iterable[str | None], bytes]]) -> None:
        """A segment and its entries."""
        self.counts["segments"] += 1
        self.line(
            {
                "segment": head.number,
                "previous": head.previous,
                "genesis": head.genesis.hex(),
                "length": head.length,
                "head": head.head.hex(),
                "closed": head.closed,
            }
        )
        for values, stored in entries:
            self.counts["entries"] += 1
            self.line([*values, stored.hex()])

    def root(self, root: Mapping[str, Any]) -> None:
        """A published root."""
        self.counts["roots"] += 1
        self.line({"root": dict(root)})

    def close(self) -> dict[str, Any]:
        """Write the manifest, sync, rename; gives the manifest."""
        manifest = {"manifest": {**self.counts, "sha256": self.digest.hexdigest()}}
        self.line(manifest)
        if self.file is not self.raw:
            self.file.close()
        self.raw.flush()
        os.fsync(self.raw.fileno())
        self.raw.close()
        self.beside.rename(self.target)
        return manifest["manifest"]

    def abandon(self) -> None:
        """Leave nothing behind."""
        self.raw.close()
        self.beside.unlink(missing_ok=True)


def check_pack(path: Path, progress: Progress = lambda _done, _total: None) -> tuple[Check, dict[str, Any]]:
    """Check a pack; the check and the manifest.

    Raises:
        InputError: the file cannot be read, or is no pack of ours at all.
    """
    check = Check()
    manifest: dict[str, Any] = {}
    # The roots stand at the end and must be heard before the segments: two passes over the file.
    size = path.stat().st_size if path.exists() else 0
    with _open(path) as file:
        reader = _Reader(file)
        try:
            reader.header(path)
            check_roots(_roots(path), check)
            for head in reader.segments(check):
                check.segment(head, reader.entries(check, head, lambda: progress(reader.place(), size)))
        except (EOFError, gzip.BadGzipFile, zlib.error):
            check.fault("pack", 0, 0, f"压缩文件在第 {reader.number} 行之后读不下去：文件被截断或改过")
        manifest = reader.manifest
        _close(check, reader)
    check.finish()
    progress(size, size)
    return check, manifest


class _Reader:
    """Reads a pack line by line; a line that is none of ours becomes a finding."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = hashlib.sha256()
        self.said: str | None = None
        self.manifest: dict[str, Any] = {}
        self.number = 0
        self.waiting: Any = None
        self.counts = {"segments": 0, "entries": 0, "roots": 0}

    def place(self) -> int:
        """How far the file has been read, in bytes on disk."""
        under = getattr(self.file, "fileobj", None) or self.file
        return int(under.tell())

    def header(self, path: Path) -> None:
        """The first line.

        Raises:
            InputError: it is not the header of a pack.
        """
        value = self._next(None)
        if not isinstance(value, dict) or value.get("format") != FORMAT:
            raise InputError(
                "这不是审计记录的导出文件", where=str(path), how="请选 youju audit export 写出的文件"
            )
        if value.get("fields") != [*FIELDS, "hash"]:
            raise InputError("导出文件的字段与本程序不同", where=str(path), how="请用写出它的那一版程序核对")

    def segments(self, check: Check) -> Iterator[SegmentHead]:
        """The segment heads; entries are read in between."""
        while (value := self._next(check)) is not None:
            if isinstance(value, dict) and "segment" in value:
                try:
                    yield SegmentHead(
                        int(value["segment"]),
                        value["previous"],
                        bytes.fromhex(value["genesis"]),
                        int(value["length"]),
                        bytes.fromhex(value["head"]),
                        bool(value["closed"]),
                    )
                except (KeyError, TypeError, ValueError):
                    check.fault("line", 0, 0, f"第 {self.number} 行的段头不完整：文件被改过")
                self.counts["segments"] += 1
            elif isinstance(value, dict) and "root" in value:
                self.counts["roots"] += 1
            elif isinstance(value, dict) and "manifest" in value:
                self.manifest = dict(value["manifest"])
            else:
                check.fault("line", 0, 0, f"第 {self.number} 行不在任何一段里：文件被改过")

    def entries(
        self, check: Check, head: SegmentHead, tick: Callable[[], None]
    ) -> Iterator[tuple[list[str | None], bytes]]:
        """The entries up to the next line that is none."""
        while (value := self._next(check)) is not None:
            if not isinstance(value, list):
                self.waiting = value
                return
            if self.number % 5_000 == 0:
                tick()
            if len(value) != len(FIELDS) + 1 or not all(
                each is None or isinstance(each, str) for each in value
            ):
                check.fault("line", head.number, 0, f"第 {self.number} 行的条目不完整：文件被改过")
                continue
            self.counts["entries"] += 1
            try:
                position, stored = int(value[1]), bytes.fromhex(value[-1])
            except (TypeError, ValueError):
                check.fault("line", head.number, 0, f"第 {self.number} 行的条目不完整：文件被改过")
                continue
            if value[0] != str(head.number):
                check.fault("order", head.number, position, f"第 {self.number} 行不属于第 {head.number} 段")
            yield value[:-1], stored

    def _next(self, check: Check | None) -> Any:
        if self.waiting is not None:
            value, self.waiting = self.waiting, None
            return value
        line = self.file.readline(_LONGEST)
        if not line:
            return None
        self.number += 1
        if self.manifest and check is not None:
            check.fault("line", 0, 0, f"第 {self.number} 行在清单之后：文件被改过")
        try:
            value = json.loads(line)
        except ValueError:
            if check is None:
                return None
            check.fault("line", 0, 0, f"第 {self.number} 行读不出来：文件被改过或截断了")
            return {}
        if isinstance(value, dict) and "manifest" in value:
            self.said = self.digest.hexdigest()
        self.digest.update(line)
        return value if value is not None else {}


def _close(check: Check, reader: _Reader) -> None:
    manifest = reader.manifest
    if not manifest:
        check.fault("manifest", 0, 0, "文件末尾没有清单：文件被截断了")
        return
    if manifest.get("sha256") != reader.said:
        check.fault("manifest", 0, 0, "文件与清单里的校验值不符：文件被改过")
    for name, counted in reader.counts.items():
        if manifest.get(name) != counted:
            check.fault("manifest", 0, 0, f"清单里 {name} 是 {manifest.get(name)}，文件里有 {counted}")


def _roots(path: Path) -> list[dict[str, Any]]:
    found = []
    with _open(path) as file:
        for line in file:
            if line.startswith(b'{"root":'):
                with contextlib.suppress(ValueError, KeyError):
                    found.append(dict(json.loads(line)["root"]))
    return found


@contextlib.contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(
            f"打不开文件（{reason_of(error)}）", where=str(path), how="请核对文件名和权限"
        ) from error
    with file:
        packed = file.read(2) == _GZIP
        file.seek(0)
        if packed:
            with gzip.GzipFile(fileobj=file) as inner:
                yield inner  # type: ignore[misc]
        else:
            yield file
