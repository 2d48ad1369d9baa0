"""The embedded server's data folder: made once, in one step; its version and who may log in."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from youju.foundation.database.account import Account
from youju.foundation.database.addresses import APP_NAME, OWNER_NAME
from youju.foundation.database.binaries import MAJOR, programs
from youju.foundation.kernel.errors import InputError

SUPERUSER = "postgres"
MAP = "youju"


def server_environment() -> dict[str, str]:
    """A small environment of fixed language, free of PG… variables that would change what the programs do."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def ensure_cluster(data: Path, account: Account, *, durable: bool) -> bool:
    """Make the data folder where there is none; whether it was made now.

    It is made beside its place and then renamed: an interrupted first start leaves nothing half made. The locale is
    PostgreSQL's own C.UTF-8, so that an upgrade of the machine's C library cannot spoil an index.

    Raises:
        InputError: the folder belongs to another version, or initdb failed (disk full, no permission).
    """
    version = data / "PG_VERSION"
    if version.exists():
        found = version.read_text(encoding="ascii").strip()
        if found != MAJOR:
            raise InputError(
                f"数据文件夹 {data} 属于 PostgreSQL {found}，本程序带的是 {MAJOR}",
                how=f"请用原来的版本导出数据，把该文件夹改名，再用版本 {MAJOR} 导入",
            )
        return False
    if data.exists() and any(data.iterdir()):
        raise InputError(f"文件夹 {data} 不是空的，也不是 PostgreSQL 的数据", how="请把它改名或清空后再启动")
    fresh = data.with_name("data.new")
    shutil.rmtree(fresh, ignore_errors=True)
    account.own(fresh)
    options = ["--username", SUPERUSER, "--auth=peer", "--encoding=UTF8", "--no-instructions", "--locale=C"]
    options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    options += [] if durable else ["--no-sync"]
    done = subprocess.run(
        [programs() / "initdb", *options, "-D", fresh],
        capture_output=True,
        text=True,
        check=False,
        cwd=fresh,
        env=server_environment(),
        **account.popen(),
    )
    if done.returncode:
        reason = (done.stderr or done.stdout).strip().splitlines()[-1:] or ["没有说明"]
        raise InputError(
            f"数据库初始化失败（{reason[0]}）", where=str(data), how="请检查磁盘空间与文件夹权限，然后再启动"
        )
    if data.exists():
        data.rmdir()
    fresh.rename(data)
    return True


def write_access(data: Path, account: Account) -> None:
    """Say who may log in: this account, the server's and root, through the socket, proved by the kernel; no passwords.

    Any process that passes the peer check could read the data files anyway; nobody else can enter, however wide the
    permissions of the socket's folder.
    """
    names = sorted({account.name, pwd.getpwuid(os.geteuid()).pw_name, "root"})
    lines = [f'{MAP} "{name}" {role}' for name in names for role in (SUPERUSER, OWNER_NAME, APP_NAME)]
    _put(data / "pg_hba.conf", f"local all all peer map={MAP}\n", account)
    _put(data / "pg_ident.conf", "\n".join(lines) + "\n", account)


def _put(path: Path, text: str, account: Account) -> None:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.chmod(0o600)
    if account.foreign:
        os.chown(fresh, account.uid, account.gid)
    fresh.replace(path)
