"""``youju doctor``: looks at everything the product needs, and says how to mend what is wrong."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from youju.foundation.database.checks import database_checks
from youju.foundation.kernel import places
from youju.foundation.kernel.checks import Check, State, good, mend

GIGABYTE = 1_000_000_000
LEAST_DISK = 2 * GIGABYTE
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def all_checks() -> list[Check]:
    """Every check, in the order in which an engineer would look."""
    simple: list[Callable[[], Check]] = [_python, _packages, _folder, _secrets, _disk, _font, _browser]
    return [check() for check in simple] + database_checks()


def _python() -> Check:
    found = sys.version.split()[0]
    if (3, 11) <= sys.version_info[:2] <= (3, 13):
        return good("Python", found)
    return mend("Python", found, "请安装 Python 3.11 到 3.13，再运行 make clean 和 make run")


def _packages() -> Check:
    from packaging.requirements import Requirement

    lock = places.ROOT / "requirements.lock"
    if not lock.exists():
        return mend("依赖", "缺少 requirements.lock", "请取回完整的源码")
    wrong = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith((" ", "#")):
            continue
        wanted = Requirement(line.rstrip("\\ "))
        if wanted.marker and not wanted.marker.evaluate():
            continue
        try:
            found = metadata.version(wanted.name)
        except metadata.PackageNotFoundError:
            found = "未安装"
        if found not in wanted.specifier:
            wrong.append(f"{wanted.name}（{found}）")
    if wrong:
        return mend(
            "依赖", f"{len(wrong)} 个包与锁定的版本不同：{'、'.join(wrong[:5])}", "运行 make run 重新安装依赖"
        )
    return good("依赖", "与 requirements.lock 一致")


def _folder() -> Check:
    var = places.var()
    there = var if var.exists() else var.parent
    if os.access(there, os.W_OK | os.X_OK):
        return good("数据文件夹", f"{var} 可写")
    return mend(
        "数据文件夹",
        f"{there} 不可写",
        f"请让当前账户能写它：chown -R $(id -un) {there}，或设环境变量 YOUJU_VAR",
    )


def _secrets() -> Check:
    folder = places.var() / "secrets"
    loose = [path for path in [folder, *folder.glob("*")] if path.exists() and path.stat().st_mode & 0o077]
    if loose:
        return mend("密钥", f"{loose[0]} 可被其他账户读取", f"请执行 chmod -R go= {folder}")
    return good("密钥", "只有本账户可读")


def _disk() -> Check:
    var = places.var()
    there = next(folder for folder in (var, *var.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    text = f"{there} 所在磁盘剩余 {free / GIGABYTE:.1f} GB"
    if free < LEAST_DISK:
        return mend("磁盘", text, f"请腾出至少 {LEAST_DISK // GIGABYTE} GB，或用 YOUJU_VAR 换到别的磁盘")
    return good("磁盘", text)


def _font() -> Check:
    from youju.foundation.documents.fonts import cjk_font

    advice = "请安装中文字体，如 apt-get install fonts-noto-cjk"
    try:
        font = cjk_font()
    except (OSError, LookupError, ValueError) as error:
        return mend("中文字体", str(error), advice)
    return good("中文字体", f"{font.family}（{Path(font.path).name}）")


def _browser() -> Check:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return good("Chromium", found)
    return Check("Chromium", State.OPTIONAL, "未安装", "只有浏览器测试需要它：apt-get install chromium")
