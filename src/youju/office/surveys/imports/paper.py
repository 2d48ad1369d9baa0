"""Answers on paper: a row a sheet, its questions in columns 题1 to 题30, and how many sheets there are for control."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from youju.foundation.imports.declaring import Batch, CellFinding, Column, Effects, Importer, Text, Whole
from youju.office.surveys import permissions, selectors, services
from youju.office.surveys.models import Question, Survey
from youju.office.surveys.services.questions import MOST_QUESTIONS
from youju.rules.office.surveys.channels import PAPER
from youju.rules.office.surveys.lifecycle import OPEN
from youju.rules.office.surveys.questions import QuestionKind
from youju.rules.office.surveys.reading import LONGEST, Answer, Asked, Problem, read

CODE = "surveys.paper"
_FIRST = 2  # the column of the first question
_SPLIT = re.compile(r"[、，,；;\s]+")
_SAID = {
    Problem.MISSING: "这一题必答，没有填",
    Problem.UNKNOWN: "不是这一题的选项：量表填 1 至 5，单选填第几项，多选用顿号分开",
    Problem.LONG: f"太长，至多 {LONGEST} 个字",
}
COLUMNS = (
    Column("survey", "调查编号", Text(20), required=True, example="MYD2023-001"),
    Column(
        "count",
        "本批份数",
        Whole(),
        required=True,
        example="1",
        help="每一行都写全批的份数，用来核对有没有漏录",
    ),
    *(
        Column(f"q{place}", f"题{place}", Text(LONGEST), example="5" if place == 1 else "")
        for place in range(1, MOST_QUESTIONS + 1)
    ),
)


def _survey(batch: Batch) -> Survey | None:
    return selectors.for_paper(batch.actor, str(batch.rows[0].values[0])) if batch.rows else None


def _sheet(
    questions: Sequence[Question], values: Sequence[Any]
) -> tuple[dict[int, Answer], dict[int, Problem]]:
    given = {}
    for question in questions:
        cell = str(values[_FIRST + question.place - 1] or "")
        many = question.kind == QuestionKind.MANY
        given[question.pk] = [part for part in _SPLIT.split(cell) if part] if many else [cell]
    asked = [Asked(each.pk, each.kind, len(each.options), each.required) for each in questions]
    found = read(asked, given)
    return found.answers, found.problems


def check(batch: Batch) -> Iterable[CellFinding]:
    """One open survey, as many rows as the sheet says, each answer among its question's."""
    row = _survey(batch)
    if row is None or row.state != OPEN:
        yield CellFinding(
            batch.rows[0].number if batch.rows else 1, "survey", "没有这个编号的调查，或它不在答卷中"
        )
        return
    paper = next((each for each in row.channels.all() if each.kind == PAPER), None)
    if paper is None:
        yield CellFinding(batch.rows[0].number, "survey", "这次调查没有纸质问卷的渠道，请先在问卷页面登记")
        return
    if len(batch.rows) > paper.handed_out:
        yield CellFinding(batch.rows[0].number, "count", f"纸质问卷只发出 {paper.handed_out} 份，请核对")
    questions = list(row.questions.all())
    places = {question.pk: question.place for question in questions}
    for each in batch.rows:
        number, count = each.values[:_FIRST]
        if number != row.number:
            yield CellFinding(each.number, "survey", f"一批只能是一次调查，第一行是 {row.number}")
        if count != len(batch.rows):
            yield CellFinding(
                each.number, "count", f"写的是 {count} 份，表里有 {len(batch.rows)} 行，请核对有没有漏录"
            )
        for place in range(len(questions) + 1, MOST_QUESTIONS + 1):
            if each.values[_FIRST + place - 1]:
                yield CellFinding(each.number, f"q{place}", f"问卷只有 {len(questions)} 题")
        for key, problem in _sheet(questions, each.values)[1].items():
            yield CellFinding(each.number, f"q{places[key]}", _SAID[problem])


def compare(batch: Batch) -> Effects:
    """Every sheet is new; the token stands for the survey as it is."""
    row = _survey(batch)
    state = f"{row.pk} {row.state} {row.revision}" if row else ""
    token = hashlib.sha256(state.encode()).hexdigest()
    # No answers in the preview: whoever types sheets in sees them on paper, others need not.
    sample = ((batch.rows[0].number, str(row), "", f"{len(batch.rows)} 份答卷"),) if row else ()
    return Effects(new=len(batch.rows), changed=0, unchanged=0, token=token, sample=sample)


def store(batch: Batch) -> Mapping[str, Any]:
    """All sheets, in the commit's transaction."""
    row = _survey(batch)
    questions = list(row.questions.all()) if row else []
    sheets = [_sheet(questions, each.values)[0] for each in batch.rows]
    number = row.number if row else ""
    return {"sheets": services.store_sheets(actor=batch.actor, number=number, batch=batch.id, sheets=sheets)}


def consequences(batch: Batch) -> Sequence[str]:
    """What taking the batch back would do."""
    return [f"从票箱里取出这一批的 {batch.kept['sheets']} 份答卷；调查结束开箱以后，就分不出来、不能撤销了。"]


def undo(batch: Batch) -> None:
    """Take them out of the box."""
    services.remove_sheets(batch=batch.id)


PAPER_SHEETS = Importer(
    code=CODE,
    title="导入纸质答卷",
    permission=permissions.EDIT.value,
    columns=COLUMNS,
    check=check,
    compare=compare,
    store=store,
    consequences=consequences,
    undo=undo,
    url="/surveys/",
    description="一行一份纸质答卷；每行都写本批份数，与行数、发出份数核对。不要填姓名和电话。",
    private=True,
)
