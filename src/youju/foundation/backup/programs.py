"""pg_dump and pg_restore: which ones, how they are told the password, what they say when they fail."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from youju.foundation.database.addresses import Address
from youju.foundation.database.binaries import MAJOR, programs
from youju.foundation.kernel.errors import InputError

CHUNK = 1024 * 1024


def program(name: str, server_major: int) -> Path:
    """``pg_dump`` or ``pg_restore`` for a server: the wheel's, which serve all older ones, or newer ones on PATH.

    Raises:
        InputError: the server is newer than every program found.
    """
    if server_major <= int(MAJOR):
        return programs() / name
    found = shutil.which(name)
    if found:
        said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        match = re.search(r"\b(\d+)[.\d]*", said)
        if match and int(match[1]) >= server_major:
            return Path(found)
    raise InputError(
        f"数据库服务器的版本是 {server_major}，本机没有同版本的 {name}",
        how=f"请安装 postgresql-client-{server_major}，再运行一次",
    )


def environment(where: Address) -> dict[str, str]:
    """libpq's variables for an address: no password stands in the list of processes."""
    named = {
        "PGHOST": where.host,
        "PGPORT": where.port,
        "PGUSER": where.user,
        "PGPASSWORD": where.password,
        "PGDATABASE": where.name,
        "PGSSLMODE": where.options.get("sslmode", ""),
        "PGSSLROOTCERT": where.options.get("sslrootcert", ""),
    }
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    return kept | {key: value for key, value in named.items() if value} | {"LC_ALL": "C"}


def dump(where: Address, server_major: int, snapshot: str) -> Iterator[bytes]:
    """The database in pg_dump's custom format, as a snapshot that another session exported sees it; in pieces.

    Raises:
        InputError: pg_dump failed; nothing that was yielded may be used then.
    """
    arguments = ["--format=custom", f"--snapshot={snapshot}", "--no-password", "--lock-wait-timeout=60000"]
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(
            [program("pg_dump", server_major), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            env=environment(where),
        ) as child:
            try:
                assert child.stdout is not None  # noqa: S101
                while chunk := child.stdout.read(CHUNK):
                    yield chunk
            except BaseException:
                child.kill()
                raise
        if child.returncode:
            raise InputError(f"数据库没有导出成功（{_last(said)}）", how="请看数据库的日志，处理后再备份")


def restore(where: Address, server_major: int, chunks: Iterable[bytes]) -> None:
    """Read a dump into an empty database, in one transaction, owned by the role that connects.

    Raises:
        InputError: pg_restore failed; the database is still empty.
    """
    arguments = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--no-password"]
    _feed([*arguments, f"--dbname={where.name}"], where, server_major, chunks, "数据库没有恢复成功")


def contents(server_major: int, chunks: Iterable[bytes]) -> None:
    """Have pg_restore read a dump's table of contents.

    Raises:
        InputError: it cannot.
    """
    nowhere = Address(host="", user="", name="")
    _feed(["--list"], nowhere, server_major, chunks, "备份里的数据库读不出来")


def _feed(
    arguments: list[str], where: Address, server_major: int, chunks: Iterable[bytes], failed: str
) -> None:
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(
            [program("pg_restore", server_major), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env=environment(where),
        ) as child:
            assert child.stdin is not None  # noqa: S101
            try:
                for chunk in chunks:
                    child.stdin.write(chunk)
                child.stdin.close()
            except BrokenPipeError:
                pass  # it had enough, or it failed: its status says which
            except BaseException:
                child.kill()
                raise
        if child.returncode:
            raise InputError(f"{failed}（{_last(said)}）", how="请换一份备份，或看数据库的日志")


def _last(said: object) -> str:
    said.seek(0)  # type: ignore[attr-defined]
    lines = [line for line in said.read().decode(errors="replace").splitlines() if line.strip()]  # type: ignore[attr-defined]
    wanted = [line for line in lines if "error" in line.lower() or "FATAL" in line] or lines[-1:]
    return wanted[0].strip()[:300] if wanted else "没有说明"
