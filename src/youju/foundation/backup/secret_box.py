"""The secrets of an installation, in a file of their own: whoever has the archive alone can read no second factor."""

from __future__ import annotations

import json
import os
from pathlib import Path

from youju.foundation.kernel import places
from youju.foundation.kernel.errors import InputError, reason_of
from youju.foundation.kernel.secret_files import write_secret

FORMAT = "youju-secrets-1"
# This password belongs to a role of one database server; a restored database makes its own.
_NOT_MOVED = {"database_app_password"}


def refuse(path: Path, archive: Path) -> None:
    """Refuse a place for them before the work begins.

    Raises:
        InputError: it exists, its folder does not, or it is the archive itself.
    """
    if path == archive or path.exists():
        raise InputError(f"文件 {path} 已存在", how="请换一个文件名；密钥文件从不覆盖已有的文件")
    if not path.parent.is_dir():
        raise InputError(f"没有文件夹 {path.parent}", how="请先建立它，或换一个位置")


def write(path: Path) -> None:
    """Write the secrets, for this account alone."""
    folder = places.var() / "secrets"
    found = {
        each.name: each.read_text(encoding="ascii").strip()
        for each in sorted(folder.glob("*"))
        if each.is_file() and each.name not in _NOT_MOVED and not each.name.endswith(".new")
    }
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"format": FORMAT, "secrets": found}, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> dict[str, str]:
    """The secrets of a file.

    Raises:
        InputError: it cannot be read or is no such file.
    """
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        if value["format"] != FORMAT:
            raise ValueError(value["format"])
        found = {str(name): str(text) for name, text in value["secrets"].items()}
    except OSError as error:
        raise InputError(
            f"打不开密钥文件（{reason_of(error)}）", where=str(path), how="请核对文件名和权限"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            "这不是密钥文件", where=str(path), how="请选 youju backup --with-secrets 写出的文件"
        ) from error
    if any("/" in name or name.startswith(".") for name in found):
        raise InputError("密钥文件被改过", where=str(path), how="请换一份完好的密钥文件")
    return found


def put_back(secrets: dict[str, str]) -> None:
    """Write them in their places; each in one step."""
    for name, value in secrets.items():
        if name not in _NOT_MOVED:
            write_secret(name, value)
