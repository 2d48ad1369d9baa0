"""Pdf set by Typst: a Chinese font inside, words as data and never as markup, figures with their codes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import youju
from youju.foundation.documents.figures.sheet import FigureSheet, dump
from youju.foundation.documents.fonts import cjk_font
from youju.foundation.kernel.errors import InputError

_ROOT = Path(next(iter(youju.__path__)))


def set_pdf(
    template: Path,
    data: Mapping[str, Any],
    *,
    sheet: FigureSheet | None = None,
    moment: datetime,
    style: Literal["sans", "serif"] = "serif",
) -> bytes:
    """The pdf of a template; the same template, data and moment give the same bytes.

    Args:
        template: a ``.typ`` below this package. It reads ``json(bytes(sys.inputs.data))``, where ``font`` is the family to
            set in and ``figures`` is what ``attach-figures`` of ``figures.typ`` takes.
        data: plain data for it.
        sheet: the figures that the data's numbers mean.
        moment: of creation, as it stands in the file; with a time zone.
        style: of the font.

    Raises:
        InputError: no Chinese font is found, or the setting fails.
    """
    import typst

    font = cjk_font(style)
    given = {**data, "font": font.family, "figures": dump(sheet or FigureSheet())}
    try:
        return bytes(
            typst.compile(
                str(template),
                root=str(_ROOT),
                font_paths=[str(font.path.parent)],
                ignore_system_fonts=True,
                format="pdf",
                sys_inputs={"data": json.dumps(given, ensure_ascii=False)},
                # Typst takes whole seconds.
                timestamp=moment.replace(microsecond=0),
            )
        )
    except RuntimeError as error:
        reason = str(error).partition("\n")[0]
        raise InputError(
            f"PDF 排版没有成功（{reason}）", how="请改用 docx 格式，并把这句话告诉管理员"
        ) from error
