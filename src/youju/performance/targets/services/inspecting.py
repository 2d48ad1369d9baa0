"""Reading and checking a file without keeping anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.policies import law_on
from youju.performance.targets import facts, permissions
from youju.performance.targets.imports import read_document
from youju.performance.targets.services.accepting import check_year
from youju.rules.findings import Finding
from youju.rules.performance.targets.cases import fiscal_year_of
from youju.rules.performance.targets.facts import TargetDocument
from youju.rules.performance.targets.lint import lint

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def read_upload(*, actor: User, filename: str, content: bytes) -> TargetDocument:
    """What a file says; nothing is stored.

    Raises:
        InputError: it cannot be read.
        PermissionDenied: the actor may not see targets.
    """
    require(actor, permissions.VIEW)
    return read_document(content, filename)


def lint_upload(
    *, actor: User, filename: str, content: bytes, fiscal_year: int | None = None
) -> Sequence[Finding]:
    """What the rules say about a file; nothing is stored.

    ``fiscal_year`` ``None`` takes the document's own, else the latest year of its codes, else today's law.

    Raises:
        InputError: it cannot be read, or the year is none.
        PermissionDenied: the actor may not see findings.
    """
    require(actor, permissions.VIEW_FINDINGS)
    document = read_document(content, filename)
    year = check_year(fiscal_year) if fiscal_year is not None else fiscal_year_of(document)
    if year is None:
        return lint(document, law_on(timezone.localdate()))
    return lint(facts.with_year(document, year), law_on(facts.lint_day(year)))
