"""Kept files on their way into an archive and back. They never change once kept, so only missing ones are brought back."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from youju.foundation.kernel import places
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from psycopg import Connection

CHUNK = 1024 * 1024


class ContentGoneError(InputError):
    """A content that the snapshot knows is not in the store: collected since then, or lost."""

    def __init__(self, sha256: str) -> None:
        self.sha256 = sha256
        super().__init__(
            f"文件库里的文件 {sha256[:12]}… 不见了", how="请先运行 youju files check，从旧备份补回它，再备份"
        )


def referenced(connection: Connection[Any]) -> list[tuple[str, int]]:
    """(sha256 in hex, size) of every kept file that the connected database knows, in the order of their names."""
    row = connection.execute("SELECT to_regclass('files_content') IS NOT NULL").fetchone()
    if not row or not row[0]:
        return []
    found = connection.execute("SELECT sha256::text, size FROM files_content").fetchall()
    return sorted((name.removeprefix("\\x"), int(size)) for name, size in found)


def member_name(sha256: str) -> str:
    """Where it stands in an archive."""
    return f"files/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def read(sha256: str, size: int) -> Iterator[bytes]:
    """The content in pieces, hashed on the way.

    Raises:
        ContentGoneError: it is not in the store.
        InputError: it is not what its name says, or the store does not answer.
    """
    from youju.foundation.files.stores import store

    digest, seen = hashlib.sha256(), 0
    try:
        with store().open(sha256) as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                seen += len(chunk)
                yield chunk
    except FileNotFoundError as error:
        raise ContentGoneError(sha256) from error
    except InputError:
        raise
    except Exception as error:  # a store elsewhere has errors of its own
        raise InputError(
            f"文件库读不出文件 {sha256[:12]}…（{error}）", how="请检查文件存储后再备份"
        ) from error
    if seen != size or digest.hexdigest() != sha256:
        raise InputError(
            f"文件库里的文件 {sha256[:12]}… 已损坏",
            how="请先运行 youju files check，从旧备份补回它，再备份",
        )


def bring_back(sha256: str, size: int, chunks: Callable[[], Iterable[bytes]]) -> bool:
    """Put a content into the store where it is missing; whether it was.

    Nothing refers to it until the database is switched: a restore that ends before that leaves a file that is collected
    like any other that nobody refers to.
    """
    from youju.foundation.files.stores import store

    target = store()
    if target.size(sha256) == size:
        return False
    # Below var/files: on the disk of the folder store, where taking it over is a rename.
    folder = places.var() / "files" / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        for chunk in chunks():
            file.write(chunk)
    try:
        target.put(sha256, Path(file.name))
    finally:
        Path(file.name).unlink(missing_ok=True)
    return True
