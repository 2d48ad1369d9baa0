"""A whole year in one folder: what evaluation writes, the form of January to July, the public site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from youju.foundation.kernel.errors import InputError, reason_of
from youju.performance.disclosure.selectors.releases import public_releases
from youju.performance.disclosure.services import export_folder
from youju.performance.evaluation.services.whole_year import JULY, write_whole_year
from youju.performance.monitoring.selectors import round_in_month
from youju.performance.monitoring.services.papers import write_form

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

FORM, SITE = "monitoring-07", "open"


def write_year(
    *, actor: User, year: int, folder: Path, base: str = "", say: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """Write targets, values, monitoring, points, papers, evidence and what is public; what was written, step by step.

    Nobody's step is taken: a form that was not made and content that was not published are told and left out.

    Args:
        actor: whose permissions count; all of it goes on the trail under this name.
        year: the fiscal year.
        folder: made where it is not there; ``open/`` in it holds nothing but an earlier export.
        base: the address of the public site, for its sitemap.
        say: hears what is being done.

    Raises:
        PermissionDenied: the actor exports no evaluations, no monitoring, or not the rows behind figures.
        InputError: no targets of the year (404); nothing was handed in (409); the folder cannot be written.
    """
    done = write_whole_year(actor=actor, year=year, folder=folder, say=say)
    try:
        done["steps"] += [_form(actor, year, folder, say), _site(year, folder, base, say)]
    except OSError as error:
        raise InputError(
            f"写不进去（{reason_of(error)}）", where=str(folder), how="请换一个文件夹"
        ) from error
    return done


def _form(actor: User, year: int, folder: Path, say: Callable[[str], None]) -> dict[str, Any]:
    say("写出 1—7 月监控表")
    step, found = "监控表", round_in_month(year, JULY)
    if found is None:
        return {"step": step, "told": f"{year} 年没有 1—7 月监控，没有写监控表", "files": []}
    names = []
    for format in ("docx", "xlsx"):
        names.append(f"{FORM}.{format}")
        (folder / names[-1]).write_bytes(write_form(actor=actor, number=found["number"], format=format))
    return {"step": step, "told": f"{found['number']}，{len(found['projects'])} 个项目", "files": names}


def _site(year: int, folder: Path, base: str, say: Callable[[str], None]) -> dict[str, Any]:
    say("导出公开网站")
    published = [each for each in public_releases() if each.year == year and not each.withdrawn]
    if not published:
        return {"step": "公开", "told": f"{year} 年还没有公开过内容，没有导出网站", "files": []}
    paths = export_folder(folder=folder / SITE, base=base)
    return {"step": "公开", "told": f"{len(published)} 项已公开，{len(paths)} 个文件", "files": [f"{SITE}/"]}
