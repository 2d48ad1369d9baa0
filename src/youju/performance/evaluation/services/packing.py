"""The year's documents and its evidence pack, made in a job: every project, the department, key evaluations."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.files.selectors import attachments, read_kept
from youju.foundation.files.services import attach, keep
from youju.foundation.identity.selectors import user_named
from youju.foundation.jobs.defining import Progress, job
from youju.foundation.kernel.context import current
from youju.foundation.kernel.errors import InputError
from youju.foundation.metrics.selectors import rows_to_export
from youju.foundation.policies import policy_hash
from youju.performance.evaluation import events
from youju.performance.evaluation.documents.templates import render_form, render_key, render_report
from youju.performance.evaluation.models import DepartmentEvaluation, KeyEvaluation, SelfEvaluation
from youju.performance.evaluation.packs.layout import DOCUMENTS, EVIDENCE, safe
from youju.performance.evaluation.packs.writing import PackWriter
from youju.performance.evaluation.selectors.papers import PACK, department_paper, key_paper, self_paper
from youju.performance.evaluation.services.departments import department_facts
from youju.rules.performance.evaluation.lifecycle import FROZEN

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Say = Callable[[int, int, str], None]
Rendered = tuple[str, str, Callable[[], bytes], str]
"""Path, title, what makes it, what it is about."""


@job("evaluation.pack", title="生成绩效评价文书和证据包")
def make_pack(*, progress: Progress, year: int) -> dict[str, Any]:
    """Make the pack and keep it, as the person who asked for it."""
    actor = user_named(current().actor)
    if actor is None:
        raise InputError("申请的账号已经没有了", how="请重新申请")
    with tempfile.TemporaryFile() as file:
        digest, size = write_pack(file, actor=actor, year=year, say=progress)
        file.seek(0)
        kept = keep(file, name=f"绩效评价证据包-{year}.zip", purpose="document")
    subject = events.pack_subject(year)
    attach(sha256=kept.sha256, subject=subject, name=f"绩效评价证据包-{year}-{digest[:12]}.zip", role=PACK)
    record(events.PACKED, subject, None, {"file": kept.sha256, "note": f"目录校验值 {digest}"})
    return {"files": size, "manifest": digest}


def write_pack(
    file: IO[bytes], *, actor: User, year: int, say: Say = lambda _done, _total, _what: None,
    folder: Path | None = None,
) -> tuple[str, int]:  # fmt: skip
    """Write a year's pack into a file; the manifest's sha256 and how many files. ``folder``: the documents go there as well.

    Raises:
        InputError: nothing was handed in.
        PermissionDenied: the actor may not export the rows behind figures.
    """
    heads = list(SelfEvaluation.objects.filter(fiscal_year=year, state__in=FROZEN))
    if not heads:
        raise InputError(f"{year} 年还没有提交的自评", how="请先提交自评", status=409)
    papers = [self_paper(each) for each in heads]
    department = DepartmentEvaluation.objects.filter(fiscal_year=year).first()
    keys = [key_paper(each) for each in KeyEvaluation.objects.filter(fiscal_year=year)]
    whole = _department(department) if department else None
    asked = questions_of(papers)
    jobs = list(_papers(papers, whole, keys))
    total = len(jobs) + len(asked) + 1
    writer = PackWriter(file, _head(year, actor))
    done = 0
    for path, title, make, about in jobs:
        say(done, total, title)
        content = make()
        writer.add(f"{DOCUMENTS}/{path}", content, title=title, about=about)
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        done += 1
    for number, each in enumerate(asked, 1):
        say(done, total, f"业务记录 {each['metric']}")
        _rows(writer, f"q{number:03d}", each, actor)
        done += 1
    for head in heads:
        for found in attachments(events.self_subject(head), "evidence"):
            name = f"{EVIDENCE}/{safe(head.project_code)}/{found.id}-{safe(found.name)}"
            writer.add(name, read_kept(found.kept.sha256), title=found.name, about=head.project_name)
    figures = {"year": year, "projects": papers, "department": whole, "keys": keys, "questions": asked}
    digest = writer.close(figures)
    say(total, total, "完成")
    return digest, len(writer.files)


def questions_of(papers: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each frozen measure once, with what it was frozen with; several rows may stand on one."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for paper in papers:
        for row in paper["rows"]:
            for each in row["measures"]:
                given = each["parameters"]
                key = (each["metric"], each["period"], str(given), each["row_hash"])
                found.setdefault(
                    key,
                    {
                        "metric": each["metric"],
                        "period": each["period"],
                        "parameters": given,
                        "combination": each["combination"],
                        "unit": each["unit"],
                        "formula_hash": each["formula_hash"],
                        "frozen": {name: each[name] for name in ("value", "row_count", "row_hash")},
                        "file": "",
                    },
                )
    return list(found.values())


def _rows(writer: PackWriter, name: str, each: dict[str, Any], actor: User) -> None:
    rows = rows_to_export(
        actor=actor, code=each["metric"], period=each["period"], parameters=each["parameters"]
    )
    title = f"{rows.metric.label} {each['period']}"
    each["file"] = writer.add_rows(
        name,
        [label for label, _ in rows.headings],
        rows.rows,
        title=title,
        about=f"{each['metric']} {each['parameters'] or ''}",
    )


def _papers(
    papers: Sequence[Mapping[str, Any]],
    department: Mapping[str, Any] | None,
    keys: Sequence[Mapping[str, Any]],
) -> Iterator[Rendered]:
    for paper in papers:
        name, context, code = safe(paper["project_name"]), {"paper": paper}, paper["project_code"]
        for ending in ("docx", "xlsx"):
            yield (
                f"{safe(code)}-自评表.{ending}", f"自评表 {name}", _made(render_form, context, ending), f"form:{code}",
            )  # fmt: skip
        for ending in ("docx", "pdf"):
            yield (
                f"{safe(code)}-自评报告.{ending}", f"自评报告 {name}", _made(render_report, context, ending), f"report:{code}",
            )  # fmt: skip
    if department:
        both: dict[str, Any] = {"department": department, "projects": list(papers)}
        for ending in ("docx", "pdf"):
            yield (
                f"部门整体绩效评价报告.{ending}", "部门整体绩效评价报告", _made(render_report, both, ending), "department:",
            )  # fmt: skip
    for key in keys:
        for ending in ("docx", "pdf"):
            yield (
                f"{safe(key['project_code'])}-重点评价报告.{ending}", f"重点评价报告 {safe(key['project_name'])}",
                _made(render_key, {"key": key}, ending), f"key:{key['project_code']}",
            )  # fmt: skip


def _made(
    render: Callable[[Any, str], bytes], context: Mapping[str, Any], ending: str
) -> Callable[[], bytes]:
    return lambda: render(context, ending)


def _department(row: DepartmentEvaluation) -> dict[str, Any]:
    facts = department_facts(row.target_set)
    links = [
        {"number": each.number, "title": each.title, "projects": list(each.projects)}
        for each in facts.subgoals
    ]
    return department_paper(row) | {"subgoals": links}


def _head(year: int, actor: User) -> dict[str, Any]:
    now = timezone.localtime()
    return {
        "title": f"{year} 年绩效评价证据包",
        "year": year,
        "made_at": f"{now:%Y-%m-%d %H:%M}",
        "made_by": actor.display_name,
        "policy_hash": policy_hash(),
    }
