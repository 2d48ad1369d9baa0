"""The official form as a template of documents: made in a job from the plain data of a target document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, cast

from youju.foundation.documents.templates import Context, Template
from youju.foundation.kernel.errors import InputError
from youju.performance.targets.documents import FORMATS, Format, write_document
from youju.rules.performance.targets.codec import from_json, to_json
from youju.rules.performance.targets.facts import TargetDocument

CODE = "targets.form"
# A file says some day of making; for data without one it is the first that every program can show.
_NO_DAY = date(2000, 1, 1)


def form_context(
    document: TargetDocument,
    *,
    projects: Sequence[str] | None = None,
    pictures: bool = False,
    as_of: date | None = None,
) -> dict[str, Any]:
    """What the template ``targets.form`` is made of.

    Args:
        document: the facts.
        projects: codes of the projects wanted, in that order; then the department's part is left out.
        pictures: add the charts as an appendix (docx only).
        as_of: the day the file says it was made on: that of the data, so that the same data make the same file.
    """
    return {
        "document": to_json(document),
        "projects": list(projects) if projects is not None else None,
        "pictures": pictures,
        "as_of": as_of.isoformat() if as_of else None,
    }


def _render(context: Context, format: str) -> bytes:
    try:
        document = from_json(context["document"])
        day = date.fromisoformat(context["as_of"]) if context.get("as_of") else _NO_DAY
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"表里的数据不完整（{error}）", where=FORM.title, how="请重新申请") from error
    return write_document(
        document,
        cast("Format", format),
        projects=context.get("projects"),
        pictures=bool(context.get("pictures")),
        origin=FORM.origin(context),
        moment=datetime.combine(day, time(), UTC),
    )


def _sources() -> tuple[Path, ...]:
    """Everything in this folder, and how figures are set on paper: a change of any makes another template hash."""
    from youju.foundation.documents import figures

    here, there = Path(__file__).parent, Path(next(iter(figures.__path__)))
    return tuple(sorted([*here.glob("*.py"), *here.glob("*.typ"), *there.glob("*.py"), *there.glob("*.typ")]))


FORM = Template(
    code=CODE,
    title="绩效目标表",
    version="1",
    formats=FORMATS,
    render=_render,
    sources=_sources(),
    permission="targets.export",
)
