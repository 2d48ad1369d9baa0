"""The archive: a plain tar whose last members are a manifest with the sha256 and size of every other one, and its own sha256.

Members, in order: ``youju-backup.json`` (what this is), ``audit/…`` (witnesses and published roots), ``database.dump``
(pg_dump's custom format, compressed by it), ``files/ab/cd/<sha256>`` (kept files), ``manifest.json``, ``manifest.sha256``.
``tar`` alone can unpack it, years from now.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tarfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from youju.foundation.database.processes import alive
from youju.foundation.kernel.durable import sync_folder
from youju.foundation.kernel.errors import InputError, reason_of

FORMAT = "youju-backup-1"
HEADER = "youju-backup.json"
DUMP = "database.dump"
MANIFEST = "manifest.json"
MANIFEST_SHA = "manifest.sha256"
BLOCK = tarfile.BLOCKSIZE
CHUNK = 1024 * 1024
_NAME = re.compile(
    r"database\.dump|youju-backup\.json|audit/(?:witness|roots)/[A-Za-z0-9._-]{1,60}|files/([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{60}"
)

Progress = Callable[[str, int, int], None]


def has_place(name: str) -> bool:
    """Whether a member of this name belongs in an archive."""
    return _NAME.fullmatch(name) is not None


def silent(_step: str, _done: int, _total: int) -> None:
    """Show nothing."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside: its name, its size in bytes, its sha256 in hex."""

    name: str
    size: int
    sha256: str


class Writer:
    """Writes beside the target; ``close`` syncs, ``publish`` renames. Left without ``publish``, nothing stays."""

    def __init__(self, target: Path) -> None:
        if target.exists():
            raise InputError(f"文件 {target} 已存在", how="请换一个文件名；备份从不覆盖已有的文件")
        if not target.parent.is_dir():
            raise InputError(f"没有文件夹 {target.parent}", how="请先建立它，或换一个位置")
        self.target = target
        self.beside = target.with_name(f".{target.name}.{os.getpid()}.part")
        self.members: list[Member] = []
        _clear_abandoned(target)
        try:
            self.file: IO[bytes] = self.beside.open("xb")
        except OSError as error:
            raise InputError(
                f"不能写入 {target.parent}（{reason_of(error)}）", how="请换一个可以写的文件夹"
            ) from error
        self.beside.chmod(0o600)

    def add(self, name: str, chunks: Iterable[bytes]) -> Member:
        """A member whose length shows at its end: its head is written again then."""
        start = self.file.tell()
        self.file.write(_head(name, 0))
        digest, size = hashlib.sha256(), 0
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            self.file.write(chunk)
        self.file.write(b"\0" * (-size % BLOCK))
        end = self.file.tell()
        self.file.seek(start)
        self.file.write(_head(name, size))
        self.file.seek(end)
        member = Member(name, size, digest.hexdigest())
        self.members.append(member)
        return member

    def add_json(self, name: str, value: Any) -> Member:
        """A member of JSON text."""
        return self.add(name, [(json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()])

    def close(self, manifest: Mapping[str, Any]) -> None:
        """Write the manifest, the end of the tar, and everything to the disk."""
        listed = [{"name": each.name, "size": each.size, "sha256": each.sha256} for each in self.members]
        written = self.add_json(MANIFEST, {**manifest, "members": listed})
        self.add(MANIFEST_SHA, [f"{written.sha256}  {MANIFEST}\n".encode()])
        self.file.write(b"\0" * (2 * BLOCK))
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()

    def publish(self) -> None:
        """Give the archive its name; from now on it is there, for good."""
        try:
            os.link(self.beside, self.target)
        except FileExistsError:
            raise InputError(
                f"文件 {self.target} 已存在", how="请换一个文件名；备份从不覆盖已有的文件"
            ) from None
        except OSError:
            self.beside.rename(self.target)  # a file system without hard links
        self.beside.unlink(missing_ok=True)
        sync_folder(self.target.parent)

    def abandon(self) -> None:
        """Leave nothing behind."""
        self.file.close()
        self.beside.unlink(missing_ok=True)


def _head(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    head = info.tobuf(tarfile.GNU_FORMAT, "utf-8", "strict")
    if len(head) != BLOCK:
        raise ValueError(f"the name of a member is too long: {name}")
    return head


def _clear_abandoned(target: Path) -> None:
    """What a killed backup to the same name left."""
    for left in target.parent.glob(f".{target.name}.*.part"):
        number = left.name.removesuffix(".part").rpartition(".")[2]
        if number.isdigit() and not alive(int(number)):
            left.unlink(missing_ok=True)


@dataclass(slots=True)
class Archive:
    """An archive of which every byte was read and compared. ``sha256``: its manifest's, which stands for the whole."""

    path: Path
    manifest: dict[str, Any]
    places: dict[str, tarfile.TarInfo] = field(default_factory=dict)
    sha256: str = ""

    @property
    def members(self) -> list[Member]:
        """What the manifest lists."""
        return [Member(each["name"], each["size"], each["sha256"]) for each in self.manifest["members"]]

    def read(self, name: str) -> Iterator[bytes]:
        """A member's bytes in pieces.

        Raises:
            InputError: the file ends before the member does.
        """
        place = self.places[name]
        with self.path.open("rb") as file:
            file.seek(place.offset_data)
            left = place.size
            while left:
                chunk = file.read(min(CHUNK, left))
                if not chunk:
                    raise _damaged(self.path, f"{name} 不完整")
                left -= len(chunk)
                yield chunk


def open_archive(path: Path, progress: Progress = silent) -> Archive:
    """Open an archive and read every byte of it against its manifest.

    Raises:
        InputError: it cannot be read, is none of ours, was written by a newer program, or one byte of it differs.
    """
    try:
        with tarfile.open(path, "r:") as tar:
            places = _places(path, tar)
    except OSError as error:
        raise InputError(
            f"打不开文件（{reason_of(error)}）", where=str(path), how="请核对文件名和权限"
        ) from error
    except tarfile.TarError as error:
        raise _foreign_or_damaged(path) from error
    manifest = _manifest(path, places)
    archive = Archive(path, manifest, places, _manifest_sha(path, places))
    _compare(archive, progress)
    return archive


def _places(path: Path, tar: tarfile.TarFile) -> dict[str, tarfile.TarInfo]:
    places: dict[str, tarfile.TarInfo] = {}
    for info in tar:
        if not places and info.name != HEADER:
            raise _foreign(path)
        known = info.name in (MANIFEST, MANIFEST_SHA) or has_place(info.name)
        if not known or not info.isreg() or info.name in places:
            raise _damaged(path, f"里面有不该有的 {info.name[:80]!r}")
        places[info.name] = info
    if not places:
        raise _foreign(path)
    return places


def _manifest(path: Path, places: dict[str, tarfile.TarInfo]) -> dict[str, Any]:
    def text(name: str) -> bytes:
        return b"".join(Archive(path, {}, places).read(name))

    try:
        header = json.loads(text(HEADER))
        form = str(header["format"])
    except (ValueError, KeyError, TypeError) as error:
        raise _foreign(path) from error
    if form != FORMAT:
        if form.startswith("youju-backup-"):
            raise InputError(
                f"这份备份的格式（{form}）比本程序新", where=str(path), how="请用写出它的那一版程序恢复"
            )
        raise _foreign(path)
    if MANIFEST not in places or MANIFEST_SHA not in places or DUMP not in places:
        raise _damaged(path, "末尾缺少清单，文件被截断了")
    raw = text(MANIFEST)
    if text(MANIFEST_SHA).split()[:1] != [hashlib.sha256(raw).hexdigest().encode()]:
        raise _damaged(path, "清单与它的校验值不符")
    try:
        manifest = json.loads(raw)
        for each in manifest["members"]:
            Member(str(each["name"]), int(each["size"]), str(each["sha256"]))
        dict(manifest["database"]["tables"]), int(manifest["database"]["bytes"]), str(manifest["taken_at"])
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(path, "清单读不懂") from error
    return dict(manifest)


def _manifest_sha(path: Path, places: dict[str, tarfile.TarInfo]) -> str:
    return b"".join(Archive(path, {}, places).read(MANIFEST_SHA)).split()[0].decode()


def _compare(archive: Archive, progress: Progress) -> None:
    members = archive.members
    listed = {each.name for each in members}
    there = set(archive.places) - {MANIFEST, MANIFEST_SHA}
    if listed != there:
        odd = sorted(listed ^ there)[0]
        raise _damaged(archive.path, f"清单与内容不符：{odd}")
    total, done = sum(each.size for each in members), 0
    for member in members:
        if archive.places[member.name].size != member.size:
            raise _damaged(archive.path, f"{member.name} 的大小与清单不符")
        digest = hashlib.sha256()
        for chunk in archive.read(member.name):
            digest.update(chunk)
            done += len(chunk)
            progress("检查备份文件", done, total)
        if digest.hexdigest() != member.sha256:
            raise _damaged(archive.path, f"{member.name} 的校验值与清单不符")


def _foreign(path: Path) -> InputError:
    return InputError("这不是有据的备份文件", where=str(path), how="请选 youju backup 写出的文件")


def _foreign_or_damaged(path: Path) -> InputError:
    with path.open("rb") as file:
        ours = file.read(len(HEADER)) == HEADER.encode()
    return _damaged(path, "文件被截断或改过") if ours else _foreign(path)


def _damaged(path: Path, how: str) -> InputError:
    return InputError(
        f"备份文件已损坏（{how}）", where=str(path), how="请换一份完好的备份；现有的数据没有动过"
    )
