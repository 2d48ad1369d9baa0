"""The packing list as a PDF, with each container drawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from youju.foundation.documents.paper import set_pdf

_TEMPLATE = Path(__file__).with_name("list.typ")


def write_pdf(context: Mapping[str, Any], moment: datetime) -> bytes:
    """The packing list, said to be made at ``moment``.

    Raises:
        InputError: no Chinese font is found, or the setting fails.
    """
    return set_pdf(_TEMPLATE, context, moment=moment, style="sans")
