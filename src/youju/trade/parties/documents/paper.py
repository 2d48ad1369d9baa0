"""The agreement as a PDF, set by Typst with a Chinese font inside; the words go to it as data, never as markup."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.paper import set_pdf

if TYPE_CHECKING:
    from youju.trade.parties.documents.agreement import Sheet

_TEMPLATE = Path(__file__).with_name("agreement.typ")


def write_pdf(sheet: Sheet, figures: FigureSheet, moment: datetime) -> bytes:
    """The agreement, said to be made at ``moment``.

    Raises:
        InputError: no Chinese font is found, or the setting fails.
    """
    data = {
        "title": sheet.title,
        "number": sheet.number,
        "paragraphs": sheet.paragraphs,
        "blocks": sheet.blocks,
        "notes": sheet.notes,
    }
    return set_pdf(_TEMPLATE, data, sheet=figures, moment=moment)
