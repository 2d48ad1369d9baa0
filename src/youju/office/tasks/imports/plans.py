"""A year's work plan: a row a task, or a task that comes again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone

from youju.foundation.identity.limits import sections
from youju.foundation.imports.declaring import (
    Batch,
    CellFinding,
    Choice,
    Column,
    Day,
    Effects,
    Importer,
    Text,
)
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.typed import tags_of
from youju.foundation.policies import law_on
from youju.office.tasks import permissions, selectors, services
from youju.office.tasks.services import PlanRow, Repeat, TaskWish
from youju.office.tasks.services.people import acceptor, doer
from youju.office.tasks.services.planning import days_of, facts_of_wish, known
from youju.rules.findings import Severity
from youju.rules.office.tasks.judging import judge
from youju.rules.office.tasks.kinds import EVERY_NAMES, FROM_OUTSIDE, KIND_NAMES, Every

CODE = "tasks.plan"
KINDS = {code: label for code, label in KIND_NAMES.items() if code not in FROM_OUTSIDE}

COLUMNS = (
    Column("title", "事项", Text(100), required=True, example="市场采购贸易政策宣讲", aliases=("工作任务", "任务")),
    Column("kind", "类别", Choice(KINDS), required=True, example="培训"),
    Column("due_on", "期限", Day(), required=True, example="2023-03-31", aliases=("完成时限", "第一次的期限")),
    Column("every", "周期", Choice(EVERY_NAMES), example="每季度", help="不填为一次"),
    Column("until", "排到哪一天", Day(), example="2023-12-31", help="重复的任务必填"),
    Column("starts_on", "开始日期", Day(), example=""),
    Column("section", "科室", Choice(sections()), example="外贸服务科", aliases=("责任科室",)),
    Column("person", "办理人账号", Text(64), example="demo-stf", help="账号名，不填的由科室里的人认领"),
    Column("acceptor", "验收人账号", Text(64), example="demo-hed", help="不能和办理人相同"),
    Column("tags", "标签", Text(200), example="培训、创新", help="几个标签用顿号分开"),
    Column("project", "项目编码", Text(30), example="13060523P004544100010"),
    Column("details", "要求", Text(1000), example="每季度一场，签到表和照片作证明"),
)  # fmt: skip


_COLUMNS_OF = {"期限": "due_on", "排到哪一天": "until", "标签": "tags", "科室": "section"}


def _rows(batch: Batch) -> Iterator[PlanRow]:
    names = [column.code for column in COLUMNS]
    for row in batch.rows:
        given = dict(zip(names, row.values, strict=True))
        every = Every(given.pop("every") or "once")
        until = given.pop("until")
        repeat = Repeat(every, until if every is not Every.ONCE else None)
        given["tags"] = tags_of(given["tags"])
        words = {name: given[name] or "" for name in ("section", "person", "acceptor", "project", "details")}
        yield PlanRow(row.number, TaskWish(**(given | words), repeat=repeat))


def check(batch: Batch) -> Iterable[CellFinding]:
    """People, repeats and the rules TSK-…, each at its cell."""
    law = law_on(timezone.localdate())
    people: dict[tuple[str, str], str] = {}
    for row in _rows(batch):
        wish = row.wish
        for column, name, look in (("person", wish.person, doer), ("acceptor", wish.acceptor, acceptor)):
            if (column, name) not in people:
                people[column, name] = _refusal(look, name)
            if told := people[column, name]:
                yield CellFinding(row.number, column, told)
        try:
            known(wish)
            count = len(days_of(wish))
        except InputError as error:
            column = _COLUMNS_OF.get(error.where, "")
            yield CellFinding(row.number, column, f"{error.what}，{error.how}")
            continue
        for finding in judge(facts_of_wish(wish, count, batch.actor), law):
            severity = "error" if finding.severity is Severity.ERROR else "warning"
            yield CellFinding(row.number, str(finding.at.get("field") or ""), finding.told, severity)


def _refusal(look: Any, name: str) -> str:
    try:
        look(name)
    except InputError as error:
        return error.what
    return ""


def compare(batch: Batch) -> Effects:
    """Every row is new; the token stands for the accounts and the plan of the same days."""
    rows = list(_rows(batch))
    made = sum(len(days_of(row.wish)) for row in rows)
    sample = tuple(
        (row.number, row.wish.title, "", f"{len(days_of(row.wish))} 次，自 {row.wish.due_on}")
        for row in rows[:20]
    )
    token = ",".join(code for code, _ in selectors.people_who(batch.actor, permissions.DO))
    return Effects(new=made, changed=0, unchanged=0, token=token, sample=sample)


def store(batch: Batch) -> Mapping[str, Any]:
    """All tasks, in the commit's transaction."""
    return {"tasks": services.store_batch(actor=batch.actor, batch=batch.id, rows=list(_rows(batch)))}


def consequences(batch: Batch) -> Sequence[str]:
    """What taking the batch back would do."""
    return [f"删去这一批安排的 {batch.kept['tasks']} 件任务；已经有人开始办理的，不能撤销。"]


def undo(batch: Batch) -> None:
    """Take all of them away."""
    services.remove_batch(actor=batch.actor, batch=batch.id)


PLANS = Importer(
    code=CODE,
    title="导入年度工作计划",
    permission=permissions.IMPORT.value,
    columns=COLUMNS,
    check=check,
    compare=compare,
    store=store,
    consequences=consequences,
    undo=undo,
    url="/tasks/",
    description="一行一件任务；写了周期的，按周期排到写明的那一天，遇到非工作日提前。",
)
