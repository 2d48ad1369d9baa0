"""The operating-system account that runs PostgreSQL, which refuses to run as root.

An ordinary user runs it as itself. Root hands it to an account that exists already, so that no account is made and no
``useradd`` is needed: the owner of the data folder, else ``youju`` where an administrator made one, else ``nobody``.
"""

from __future__ import annotations

import os
import pwd
import struct
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from youju.foundation.database.processes import signals_later
from youju.foundation.kernel.errors import InputError

PREFERRED = ("youju", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """An account of this machine."""

    name: str
    uid: int
    gid: int

    @property
    def foreign(self) -> bool:
        """Whether a process must change its identity to act as this account."""
        return self.uid != os.geteuid()

    def popen(self) -> dict[str, Any]:
        """Arguments that make ``subprocess`` start a program as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.foreign else {}

    def own(self, folder: Path) -> None:
        """Give a folder to this account, closed to all others but root."""
        folder.mkdir(parents=True, exist_ok=True)
        if folder.stat().st_uid != self.uid:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)


def named(uid: int) -> Account:
    """The account of a number.

    Raises:
        InputError: the number has no name on this machine; ``initdb`` and peer authentication both need one.
    """
    try:
        entry = pwd.getpwuid(uid)
    except KeyError as error:
        raise InputError(
            f"系统账户号 {uid} 没有账户名，PostgreSQL 无法以它运行",
            how="请在 /etc/passwd 中登记这个账户，或换一个账户运行，或用 YOUJU_DATABASE_URL 指明一台数据库服务器",
        ) from error
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def server_account(data: Path) -> Account:
    """The account that runs the server whose data folder is ``data`` (which need not exist yet).

    Raises:
        InputError: the folder belongs to another account and this one is not root.
    """
    me = os.geteuid()
    owner = data.stat().st_uid if data.exists() else None
    if me != 0:
        if owner not in (None, me):
            raise InputError(
                f"数据文件夹 {data} 属于另一个账户（{_name_of(owner)}）",
                how="请用那个账户运行，或换一个 YOUJU_VAR 文件夹",
            )
        return named(me)
    if owner:
        return named(owner)
    for name in PREFERRED:
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise InputError(
        "本机没有可以运行 PostgreSQL 的普通账户（youju 或 nobody）", how="请先建立系统账户 youju，再运行一次"
    )


def _name_of(uid: int | None) -> str:
    with suppress(KeyError, TypeError):
        return pwd.getpwuid(uid).pw_name  # type: ignore[arg-type]
    return str(uid)


def open_passage(target: Path, account: Account) -> list[Path]:
    """Let the account pass through every folder above ``target``; only root needs it, for instance below ``/root``.

    Passing is all that is given (an ACL entry ``--x`` for this account alone; where the file system has no ACLs, ``x``
    for others): the account cannot list those folders.

    Returns:
        The folders that were opened, for the message.
    """
    opened = []
    if account.foreign:
        for folder in reversed(target.resolve().parents):
            if not _may_pass(folder, account):
                _let_pass(folder, account)
                opened.append(folder)
    return opened


def _may_pass(folder: Path, account: Account) -> bool:
    with signals_later():
        child = os.fork()
        if child == 0:
            try:
                os.setgroups([])
                os.setresgid(account.gid, account.gid, account.gid)
                os.setresuid(account.uid, account.uid, account.uid)
                os._exit(0 if os.access(folder, os.X_OK) else 1)
            except OSError:
                os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


# The kernel's form of an access list: version, then (tag, permissions, number) for each entry, sorted by tag.
_ACL = "system.posix_acl_access"
_VERSION = struct.Struct("<I")
_ENTRY = struct.Struct("<HHI")
_USER_OBJ, _USER, _GROUP_OBJ, _MASK, _OTHER = 1, 2, 4, 16, 32
_NOBODY = 0xFFFFFFFF
_EXECUTE = 1


def _let_pass(folder: Path, account: Account) -> None:
    mode = folder.stat().st_mode
    try:
        try:
            raw = os.getxattr(folder, _ACL)
            entries = {(tag, number): bits for tag, bits, number in _ENTRY.iter_unpack(raw[_VERSION.size :])}
        except OSError:
            entries = {
                (_USER_OBJ, _NOBODY): mode >> 6 & 7,
                (_GROUP_OBJ, _NOBODY): mode >> 3 & 7,
                (_OTHER, _NOBODY): mode & 7,
            }
        entries[_USER, account.uid] = entries.get((_USER, account.uid), 0) | _EXECUTE
        entries[_MASK, _NOBODY] = entries.get((_MASK, _NOBODY), mode >> 3 & 7) | _EXECUTE
        packed = b"".join(_ENTRY.pack(tag, bits, number) for (tag, number), bits in sorted(entries.items()))
        os.setxattr(folder, _ACL, _VERSION.pack(2) + packed)
    except OSError:
        folder.chmod(mode | 0o001)
