"""Changing many indicators of a draft at once, from lines of a spreadsheet; and taking that back."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.db import transaction

from youju.foundation.audit.services import record, record_many, record_read
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.performance.targets import events, facts, models, permissions
from youju.performance.targets.services.comparing import OPTIONS
from youju.performance.targets.services.linting import lint_set
from youju.performance.targets.services.rewriting import rewrite_project, touch
from youju.performance.targets.services.versions import locked_draft
from youju.rules.performance.targets.bulk import Line, Plan, mark_of, planned, sets_named
from youju.rules.performance.targets.codec import project_from_json, project_to_json
from youju.rules.performance.targets.typed import ROW_FIELDS

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

SHEET = "指标"
WIDTHS = (22, 24, 34, 10, 14, 16, 30, 44, 18, 40)
SAMPLE = 50


@transaction.atomic
def bulk_sheet(*, actor: User, target_set_id: int, headings: Sequence[str]) -> bytes:
    """All indicators of a draft as xlsx, one a row, to be changed in a spreadsheet; ``headings`` are those of the import.

    Every cell is formatted as text, so that ``98%`` typed there stays ``98%``.

    Raises:
        InputError: no such version, or it is no draft (any more).
        PermissionDenied: the actor may not edit.
    """
    require(actor, permissions.EDIT)
    target_set = locked_draft(target_set_id)
    document = facts.document(target_set)
    record_read(events.DOWNLOADED, events.set_subject(target_set), fields=["Excel 批量修改表"])
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        sheet = book.add_worksheet(SHEET)
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        locked = book.add_format(
            {"num_format": "@", "font_color": "#5d6370", "bg_color": "#f6f3eb", "valign": "top"}
        )
        head = book.add_format({"bold": True, "bottom": 1})
        for column, (heading, width) in enumerate(zip(headings, WIDTHS, strict=True)):
            sheet.set_column(column, column, width, text)
            sheet.write_string(0, column, heading, head)
        row = 0
        for project in document.projects:
            for order, indicator in enumerate(project.indicators, 1):
                row += 1
                mark = mark_of(target_set.pk, order, indicator)
                cells = (mark, project.code, project.name, "", *(getattr(indicator, n) for n in ROW_FIELDS))
                for column, cell in enumerate(cells):
                    sheet.write_string(row, column, cell, locked if column < 3 else text)
        sheet.freeze_panes(1, 3)
        sheet.data_validation(1, 3, max(row, 1) + 200, 3, {"validate": "list", "source": ["删除"]})
    return file.getvalue()


def bulk_plan(lines: Sequence[Line]) -> tuple[models.TargetSet | None, Plan]:
    """Which draft the lines are about (``None``: none, or several), and what they would make of it. Stores nothing."""
    named = sets_named(lines)
    target_set = models.TargetSet.objects.filter(pk__in=named).first() if len(named) == 1 else None
    if target_set is None:
        return None, Plan((), ())
    return target_set, planned(target_set.pk, facts.document(target_set).projects, lines)


def bulk_token(target_set: models.TargetSet, plan: Plan) -> str:
    """The hash of what a preview was made against, and of what it showed."""
    shown = [target_set.pk, target_set.state, target_set.content_hash, [list(each) for each in plan.touched]]
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def bulk_store(*, actor: User, lines: Sequence[Line], source: str) -> dict[str, Any]:
    """Make the draft what the lines say: all of them or none. Returns what ``bulk_undo`` needs.

    Raises:
        InputError: the lines name no draft, or one of them cannot be taken (any more).
        PermissionDenied: the actor may not edit.
    """
    require(actor, permissions.EDIT)
    found, _ = bulk_plan(lines)
    if found is None:
        raise InputError("文件里没有可用的行标识", how="请从草稿的页面下载批量修改表再改")
    target_set = locked_draft(found.pk)
    plan = planned(target_set.pk, facts.document(target_set).projects, lines)
    if plan.troubles:
        first = plan.troubles[0]
        raise InputError(
            first.message, where=f"第 {first.number} 行", how="请重新下载批量修改表再改", status=409
        )
    rows = {row.code: row for row in target_set.projects.select_for_update().order_by("order")}
    before, deeds, revisions = {}, [], {}
    for project in plan.changed:
        row = rows[project.code]
        before[project.code] = project_to_json(facts.project(row))
        cells = rewrite_project(row, project)
        revisions[project.code] = row.revision
        deeds.append((events.project_subject(target_set, row), *cells))
    if deeds:
        touch(target_set)
        lint_set(target_set)
        record_many(events.EDITED, deeds, reason=f"Excel 批量修改：{source}")
        record(
            events.BULK_EDITED,
            events.set_subject(target_set),
            None,
            {"source": source, "projects": len(deeds), "cells": len(plan.touched)},
        )
    return {
        "target_set": target_set.pk,
        "before": before,
        "revisions": revisions,
        "new": plan.new,
        "changed": plan.altered,
        "dropped": plan.dropped,
    }


def bulk_consequences(kept: Mapping[str, Any]) -> list[str]:
    """What taking a batch back would do, a sentence for each table.

    Raises:
        InputError: a table was changed since, or the version is no draft any more (409).
    """
    target_set, rows = _undoable(kept)
    return [
        f"“{row.name}”恢复为 {len(kept['before'][row.code]['indicators'])} 行指标（现有 {row.indicators.count()} 行）"
        for row in rows
    ] + [f"第 {target_set.version} 版重新审核"]


@transaction.atomic
def bulk_undo(*, actor: User, kept: Mapping[str, Any], source: str) -> None:
    """Give the tables back what they said before a batch.

    Raises:
        InputError: a table was changed since, or the version is no draft any more (409); nothing changes then.
        PermissionDenied: the actor may not edit.
    """
    require(actor, permissions.EDIT)
    locked_draft(int(kept["target_set"]))
    target_set, rows = _undoable(kept)
    deeds = [
        (
            events.project_subject(target_set, row),
            *rewrite_project(row, project_from_json(kept["before"][row.code])),
        )
        for row in rows
    ]
    if deeds:
        touch(target_set)
        lint_set(target_set)
        record_many(events.EDITED, deeds, reason=f"撤销 Excel 批量修改：{source}")


def _undoable(kept: Mapping[str, Any]) -> tuple[models.TargetSet, list[models.Project]]:
    target_set = models.TargetSet.objects.filter(pk=int(kept["target_set"])).first()
    if target_set is None or target_set.state != "draft":
        raise InputError(
            "这一版已不是草稿，批量修改不能撤销", how="请在草稿里逐项改回，或开始调整", status=409
        )
    rows = list(target_set.projects.filter(code__in=list(kept["before"])).order_by("order"))
    for row in rows:
        if row.revision != kept["revisions"][row.code]:
            raise InputError(
                f"“{row.name[:40]}”在批量修改之后又有人改过，不能整批撤销",
                how="请在网页上逐格改回",
                status=409,
            )
    return target_set, rows
