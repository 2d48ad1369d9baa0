"""Taking statistics away as a file; who took what stands on the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.analytics.cuts import Dimension
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.subjects import Subject
from youju.trade.statistics import events, permissions, selectors
from youju.trade.statistics.documents.exports import Exported, export_cut, export_rows

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.trade.statistics.selectors import Asked


def export_dimension(*, actor: User, asked: Asked, dimension: Dimension, kind: str) -> Exported:
    """Every group of a dimension as a file.

    Raises:
        PermissionDenied: the actor may not export.
        InputError: no such format (400).
    """
    require(actor, permissions.EXPORT)
    page = selectors.dimension_page(actor=actor, asked=asked, dimension=dimension)
    made = export_cut(page, kind)
    _note(made, kind, asked)
    return made


def export_lines(*, actor: User, asked: Asked, kind: str) -> Exported:
    """Every row behind a question as a file, streamed.

    Raises:
        PermissionDenied: the actor may not export.
        InputError: no such format (400), or more rows than xlsx holds (422).
    """
    require(actor, permissions.EXPORT)
    made = export_rows(asked, kind, selectors.filters_in_words(asked))
    _note(made, kind, asked)
    return made


def _note(made: Exported, kind: str, asked: Asked) -> None:
    words = "；".join(text for _, _, text in selectors.filters_in_words(asked))
    record(
        events.EXPORTED,
        Subject(events.CUT_KIND, str(asked.period), made.name),
        None,
        {"period": asked.period.label, "filters": words, "rows": made.rows, "format": kind},
    )
