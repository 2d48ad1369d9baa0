"""The official form of performance targets as docx, xlsx or pdf; reading it back gives the same facts."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.templates import Origin
from youju.foundation.kernel.errors import InputError, reason_of
from youju.performance.targets.documents.checking import check_text
from youju.rules.performance.targets.facts import Department, TargetDocument

__all__ = ["FORMATS", "Format", "write_document", "write_path"]

Format: TypeAlias = Literal["docx", "xlsx", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)


def write_document(
    document: TargetDocument,
    format: Format,
    *,
    projects: Sequence[str] | None = None,
    pictures: bool = False,
    origin: Origin | None = None,
    moment: datetime | None = None,
) -> bytes:
    """The official form of a document. Its figures carry their codes (``foundation.documents.figures``).

    Args:
        document: the facts; amounts and values are printed exactly as they stand.
        format: ``docx``, ``xlsx`` or ``pdf``.
        projects: codes of the projects wanted, in the order wanted; then the department's part is left out.
        pictures: add the charts of budgets and plans as an appendix (docx only).
        origin: of which template and data it is made, where it is; it stands in the file.
        moment: when it is said to be made, with a time zone; now, where left out. All given the same, so are the bytes.

    Raises:
        InputError: the format or a project is unknown, or a text cannot stand in such a file.
    """
    if format not in FORMATS:
        raise InputError(f"不能写成“{format}”格式", how="可选 docx、xlsx、pdf", status=400)
    if pictures and format != "docx":
        raise InputError(f"{format} 文件不能带附图", how="附图请选 docx 格式", status=400)
    chosen = document if projects is None else _only(document, projects)
    check_text(chosen)
    sheet, at = FigureSheet(origin), moment or datetime.now(UTC)
    if format == "docx":
        from youju.performance.targets.documents.word import write_docx

        return write_docx(chosen, sheet, at, pictures=pictures)
    if format == "xlsx":
        from youju.performance.targets.documents.workbook import write_xlsx

        return write_xlsx(chosen, sheet, at)
    from youju.performance.targets.documents.paper import write_pdf

    return write_pdf(chosen, sheet, at)


def write_path(document: TargetDocument, path: Path | str) -> None:
    """Write the form to ``path``; its suffix decides the format. The file is there whole or not at all.

    Raises:
        InputError: the suffix is unknown, the folder is missing or may not be written, or as
            :func:`write_document`.
    """
    target = Path(path)
    suffix = target.suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        raise InputError(
            f"不认识的文件类型“{target.suffix}”" if suffix else "文件名没有扩展名",
            where=target.name,
            how="请把输出文件命名为 .docx、.xlsx 或 .pdf",
        )
    content = write_document(document, suffix)
    try:
        handle, temporary = tempfile.mkstemp(
            dir=target.parent, prefix=f".{target.stem[:40]}-", suffix=".part"
        )
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes private files; an output file gets the rights that any new file would get.
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(target)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise _unwritable(target, error) from error


def _unwritable(target: Path, error: OSError) -> InputError:
    return InputError(
        f"无法写入文件（{reason_of(error)}）",
        where=str(target),
        how="请检查文件夹是否存在、是否有写入权限",
    )


def _only(document: TargetDocument, codes: Sequence[str]) -> TargetDocument:
    by_code = {project.code: project for project in document.projects}
    for code in codes:
        if code not in by_code:
            raise InputError("文件里没有这个项目", where=f"项目编码 {code}", how="请核对项目编码", status=404)
    return replace(document, department=Department(), projects=tuple(by_code[code] for code in codes))
