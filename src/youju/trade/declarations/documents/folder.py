"""The folder that is handed to the broker: messages, lists, gaps; written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from youju.foundation.kernel.errors import InputError, reason_of
from youju.rules.law import PolicyValue, UnknownPolicyError
from youju.rules.trade.declarations.facts import DeclarationPlan, GoodsLine
from youju.trade.declarations.documents.lists import LISTS, write_list
from youju.trade.declarations.documents.message import DRAFT_MARK, Message, message

__all__ = ["GAPS_FILE", "gaps_report", "write_folder"]

GAPS_FILE = "缺项.txt"


def write_folder(
    folder: Path,
    plan: DeclarationPlan,
    goods: Iterable[GoodsLine],
    law: Mapping[str, PolicyValue],
    *,
    header: Mapping[str, str],
    day: date,
) -> int:
    """Write a message for each declaration, the three lists, and what is missing; returns the number of drafts.

    Raises:
        InputError: the folder has files in it or cannot be written, or a message cannot be made.
    """
    _refuse_used(folder)
    lines = tuple(goods)
    files: dict[str, bytes] = {}
    messages = _messages(plan, law, header)
    for made, each in zip(plan.declarations, messages, strict=True):
        files[f"dec-{made.number:03d}.xml"] = each.xml
    for listing in LISTS:
        packing = header.get("WrapType", "")
        files[f"{listing.name}.xlsx"] = write_list(listing, plan, lines, packing=packing, made_on=day)
    drafts = sum(each.is_draft for each in messages)
    if drafts:
        files[GAPS_FILE] = gaps_report(messages).encode()
    _write(folder, files)
    return drafts


def gaps_report(messages: Sequence[Message]) -> str:
    """Which required fields are unknown, in how many messages, and how to give them."""
    whole: Counter[tuple[str, str]] = Counter()
    of_lines: Counter[tuple[str, str]] = Counter()
    for each in messages:
        for gap in each.missing:
            (whole if gap.line is None else of_lines)[gap.field, gap.label] += 1
    drafts = sum(each.is_draft for each in messages)
    lines = [f"{drafts} 份报文{DRAFT_MARK}：下列必填项没有给出，系统不代填。", ""]
    if whole:
        lines += ["表头（在 JSON 的 header 或工作表“表头”里给出）："]
        lines += [f"  {field}（{label}）：{count} 份" for (field, label), count in sorted(whole.items())]
    if of_lines:
        lines += ["商品项（单位认不出代码、没有法定数量单位，或表头没有给出各项共用的值）："]
        lines += [f"  {field}（{label}）：{count} 项" for (field, label), count in sorted(of_lines.items())]
    return "\n".join(lines) + "\n"


def _messages(
    plan: DeclarationPlan, law: Mapping[str, PolicyValue], header: Mapping[str, str]
) -> list[Message]:
    made = []
    for declaration in plan.declarations:
        try:
            made.append(message(declaration, law, header))
        except UnknownPolicyError as error:
            raise InputError(
                "那一天还没有报文格式，写不了 XML", where="申报日期", how="请不带 --out 运行，或核对日期"
            ) from error
        except ValueError as error:
            raise InputError(
                str(error), where=f"第 {declaration.number} 票", how="请核对该票的数量和金额"
            ) from error
    return made


def _refuse_used(folder: Path) -> None:
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InputError(
                "输出文件夹里已有文件，怕与旧报文混在一起", where=str(folder), how="请换一个文件夹，或先清空"
            )
    except OSError as error:
        raise _unwritable(folder, error) from error


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Fill a new folder beside the one wanted and give it its name in one step."""
    work = ""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name[:40]}-")
        for name, content in files.items():
            (Path(work) / name).write_bytes(content)
        umask = os.umask(0)
        os.umask(umask)
        Path(work).chmod(0o777 & ~umask)
        Path(work).replace(folder)
    except OSError as error:
        if work:
            shutil.rmtree(work, ignore_errors=True)
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> InputError:
    return InputError(f"无法写入文件夹（{reason_of(error)}）", where=str(folder), how="请检查路径和写入权限")
