"""A pack opened with care: bounded, nothing but what its manifest names, each file compared with its hash."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from youju.foundation.kernel.errors import InputError
from youju.performance.evaluation.packs.layout import FIGURES, FORMAT, MANIFEST, sha256

MOST_BYTES = 2_000_000_000
"""Unpacked, in all."""
_HOW = "请提供由本系统生成的证据包"


@dataclass(frozen=True, slots=True)
class Pack:
    """Its manifest and figures, the content of every file, and what is wrong with the files, in Chinese."""

    name: str
    digest: str
    manifest: dict[str, Any]
    figures: dict[str, Any]
    contents: dict[str, bytes] = field(repr=False)
    tampered: list[str] = field(default_factory=list)


def open_pack(path: Path) -> Pack:
    """Read a pack.

    Raises:
        InputError: there is no such file, it is no pack, or too large.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = {info.filename: info for info in archive.infolist()}
            if len(infos) != len(archive.infolist()):
                raise InputError("包里有重名的文件", where=path.name, how=_HOW)
            if sum(info.file_size for info in infos.values()) > MOST_BYTES:
                raise InputError("解开以后太大", where=path.name, how=_HOW)
            contents = {name: archive.read(info) for name, info in infos.items()}
    except FileNotFoundError as error:
        raise InputError("没有这个文件", where=str(path), how="请核对路径") from error
    except IsADirectoryError as error:
        raise InputError("这是文件夹，不是文件", where=str(path), how="请给出 zip 文件") from error
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise InputError("打不开，不是完整的 zip", where=path.name, how=_HOW) from error
    manifest = _json(contents, MANIFEST, path.name)
    if manifest.get("format") != FORMAT or not isinstance(manifest.get("files"), list):
        raise InputError("不是绩效评价证据包", where=path.name, how=_HOW)
    wrong = _compare(manifest["files"], contents)
    return Pack(
        path.name, sha256(contents[MANIFEST]), manifest, _json(contents, FIGURES, path.name), contents, wrong
    )


def _json(contents: dict[str, bytes], name: str, pack: str) -> dict[str, Any]:
    if name not in contents:
        raise InputError(f"包里没有 {name}", where=pack, how=_HOW)
    try:
        found = json.loads(contents[name])
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name} 读不出来", where=pack, how=_HOW) from error
    if not isinstance(found, dict):
        raise InputError(f"{name} 读不出来", where=pack, how=_HOW)
    return found


def _compare(files: list[dict[str, Any]], contents: dict[str, bytes]) -> list[str]:
    wrong = []
    listed = {str(each.get("path")): each for each in files if isinstance(each, dict)}
    for path, each in listed.items():
        if path not in contents:
            wrong.append(f"{path}：目录里有，包里没有")
        elif sha256(contents[path]) != each.get("sha256"):
            wrong.append(f"{path}：内容与目录里的校验值不同，被改动过")
    wrong += [
        f"{path}：目录里没有，是后来加进来的" for path in contents if path not in listed and path != MANIFEST
    ]
    return wrong
