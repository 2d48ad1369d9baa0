"""A year's events: a row an event."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone

from youju.foundation.identity.limits import sections
from youju.foundation.imports.declaring import (
    Amount,
    Batch,
    CellFinding,
    Choice,
    Column,
    Day,
    Effects,
    Importer,
    Text,
    Whole,
)
from youju.foundation.kernel.countries import code_of
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.office.events import permissions, selectors, services
from youju.office.events.services import EventWish
from youju.office.events.services.planning import known
from youju.rules.findings import Severity
from youju.rules.office.events.facts import EventFacts
from youju.rules.office.events.judging import judge
from youju.rules.office.events.kinds import KIND_NAMES

CODE = "events.plan"
_COLUMNS_OF = {
    "开始日期": "starts_on",
    "结束日期": "ends_on",
    "负责科室": "section",
    "国家（地区）": "country",
}
COLUMNS = (
    Column("kind", "类别", Choice(KIND_NAMES), required=True, example="展会"),
    Column("name", "名称", Text(100), required=True, example="第 133 届中国进出口商品交易会", aliases=("活动名称", "展会名称")),
    Column("name_en", "英文名称", Text(150), example="The 133rd Canton Fair"),
    Column("country", "国家（地区）", Text(50), example="中国", help="名称或两位代码；不填为中国", aliases=("国家",)),
    Column("city", "城市", Text(50), example="广州"),
    Column("venue", "场馆或地点", Text(100), example="广交会展馆"),
    Column("starts_on", "开始日期", Day(), required=True, example="2023-05-01"),
    Column("ends_on", "结束日期", Day(), required=True, example="2023-05-05"),
    Column("signup_until", "报名截止", Day(), example="2023-03-31"),
    Column("places", "展位或名额", Whole(1, 100_000), example="12", help="不填为不限"),
    Column("budget", "预算（元）", Amount(2, least="0"), example="300000.00"),
    Column("project", "项目编码", Text(30), example="13060523P00454610001B"),
    Column("section", "负责科室", Choice(sections()), example="外贸服务科", aliases=("责任科室",)),
    Column("details", "说明", Text(1000), example=""),
)  # fmt: skip


def _wishes(batch: Batch) -> Iterator[tuple[int, EventWish]]:
    names = [column.code for column in COLUMNS]
    for row in batch.rows:
        given: dict[str, Any] = dict(zip(names, row.values, strict=True))
        words = ("name_en", "city", "venue", "project", "section", "details")
        given |= {name: given[name] or "" for name in words}
        given["country"] = code_of(given["country"] or "CN")
        yield row.number, EventWish(**given)


def _key(wish: EventWish) -> tuple[str, str, str]:
    return wish.kind, wish.name, wish.starts_on.isoformat()


def _there(batch: Batch) -> set[tuple[str, str, str]]:
    names = {wish.name for _, wish in _wishes(batch)}
    rows = selectors.events_of(batch.actor).filter(name__in=names)
    return {
        (kind, name, day.isoformat()) for kind, name, day in rows.values_list("kind", "name", "starts_on")
    }


def check(batch: Batch) -> Iterable[CellFinding]:
    """Events that are there or stand twice, words of no list, and the rules EVT-…, each at its cell."""
    today = timezone.localdate()
    law, there, seen = law_on(today), _there(batch), set()
    for number, wish in _wishes(batch):
        if _key(wish) in there:
            yield CellFinding(number, "name", "已有同类、同名、同一天开始的活动")
        elif _key(wish) in seen:
            yield CellFinding(number, "name", "文件里有两行同样的活动")
        seen.add(_key(wish))
        try:
            known(wish)
        except InputError as error:
            yield CellFinding(number, _COLUMNS_OF.get(error.where, ""), f"{error.what}，{error.how}")
            continue
        facts = EventFacts(
            "plan", today, wish.kind, wish.name, wish.starts_on, wish.ends_on,
            signup_until=wish.signup_until, places=wish.places, budget=wish.budget,
        )  # fmt: skip
        for finding in judge(facts, law):
            severity = "error" if finding.severity is Severity.ERROR else "warning"
            yield CellFinding(number, str(finding.at.get("field") or ""), finding.told, severity)


def compare(batch: Batch) -> Effects:
    """Every row is new; the token stands for the events that are there."""
    wishes = list(_wishes(batch))
    token = hashlib.sha256(repr(sorted(_there(batch))).encode()).hexdigest()
    sample = tuple(
        (number, wish.name, "", f"{KIND_NAMES[wish.kind]}，{wish.starts_on} 至 {wish.ends_on}")
        for number, wish in wishes[:20]
    )
    return Effects(new=len(wishes), changed=0, unchanged=0, token=token, sample=sample)


def store(batch: Batch) -> Mapping[str, Any]:
    """All events, in the commit's transaction."""
    wishes = [wish for _, wish in _wishes(batch)]
    return {"events": services.store_events(actor=batch.actor, batch=batch.id, wishes=wishes)}


def consequences(batch: Batch) -> Sequence[str]:
    """What taking the batch back would do."""
    return [f"删去这一批登记的 {batch.kept['events']} 次活动；已经发布或登记了内容的，不能撤销。"]


def undo(batch: Batch) -> None:
    """Take all of them away."""
    services.remove_events(actor=batch.actor, batch=batch.id)


PLAN = Importer(
    code=CODE,
    title="导入展会与活动计划",
    permission=permissions.IMPORT.value,
    columns=COLUMNS,
    check=check,
    compare=compare,
    store=store,
    consequences=consequences,
    undo=undo,
    url="/events/",
    description="一行一次活动：展会、招商、培训、调研、AEO 培育。导入后逐个发布。",
)
