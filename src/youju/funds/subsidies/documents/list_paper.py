"""The award list as a PDF, set by Typst; the words go to it as data, never as markup."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.paper import set_pdf
from youju.funds.subsidies.documents.award_list import HEADINGS

if TYPE_CHECKING:
    from youju.funds.subsidies.documents.award_list import Printed

_TEMPLATE = Path(__file__).with_name("award_list.typ")


def write_pdf(printed: Printed, figures: FigureSheet, moment: datetime) -> bytes:
    """The list, said to be made at ``moment``.

    Raises:
        InputError: no Chinese font is found, or the setting fails.
    """
    data = {
        "title": printed.title,
        "number": printed.number,
        "paragraphs": printed.paragraphs,
        "headings": HEADINGS,
        "rows": printed.rows,
        "total": printed.total,
        "notes": printed.notes,
    }
    return set_pdf(_TEMPLATE, data, sheet=figures, moment=moment)
