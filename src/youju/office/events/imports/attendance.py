"""Lists of attendance: a row a person at a session. Who is on the list already is marked, nobody is taken off."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from youju.foundation.imports.declaring import (
    Batch,
    CellFinding,
    Column,
    Day,
    Effects,
    Flag,
    Importer,
    Text,
)
from youju.office.events import permissions, selectors, services
from youju.office.events.services import AttendanceRow
from youju.rules.office.events.lifecycle import OPEN

CODE = "events.attendance"
COLUMNS = (
    Column("number", "活动编号", Text(20), required=True, example="PB2023-001"),
    Column("held_on", "日期", Day(), required=True, example="2023-03-16"),
    Column("title", "场次", Text(100), example="政策宣讲", help="同一天只有一场的可以不填"),
    Column("firm", "企业名称", Text(100), required=True, example="白沟示例箱包商行", aliases=("单位",)),
    Column("person", "姓名", Text(50), required=True, example="许红"),
    Column("present", "到场", Flag(), example="是", help="不填为到场"),
)  # fmt: skip
Known = dict[tuple[str, str], list[tuple[int, str, bool]]]


def _sessions(batch: Batch) -> Known:
    """Number and day → the sessions: id, title, whether the event is open."""
    numbers = {str(row.values[0]) for row in batch.rows}
    rows = selectors.sessions_of_numbers(batch.actor, numbers)
    known: Known = {}
    for each in rows:
        place = known.setdefault((each.event.number, each.held_on.isoformat()), [])
        place.append((each.pk, each.title, each.event.state in OPEN))
    return known


def _given(batch: Batch) -> Iterator[tuple[int, dict[str, Any]]]:
    names = [column.code for column in COLUMNS]
    for row in batch.rows:
        yield row.number, dict(zip(names, row.values, strict=True))


def _found(known: Known, given: Mapping[str, Any]) -> list[tuple[int, str, bool]]:
    there = known.get((given["number"], given["held_on"].isoformat()), [])
    return [each for each in there if not given["title"] or each[1] == given["title"]]


def check(batch: Batch) -> Iterable[CellFinding]:
    """Sessions that are not there, not to be told apart, or over; people that stand twice."""
    known, seen = _sessions(batch), set()
    for number, given in _given(batch):
        found = _found(known, given)
        if not found:
            yield CellFinding(number, "held_on", "这次活动在这一天没有这样的场次，请先登记场次")
            continue
        if len(found) > 1:
            yield CellFinding(number, "title", "这一天有几场，请写明场次")
            continue
        if not found[0][2]:
            yield CellFinding(number, "number", "这次活动已经提交结果或结束，不能再改签到")
        key = (found[0][0], given["firm"], given["person"])
        if key in seen:
            yield CellFinding(number, "person", "同一场里同一企业的这个人有两行")
        seen.add(key)


def _rows(batch: Batch) -> list[AttendanceRow]:
    known = _sessions(batch)
    return [
        AttendanceRow(
            _found(known, given)[0][0],
            given["firm"],
            given["person"],
            given["present"] is not False,
        )
        for _, given in _given(batch)
    ]


def compare(batch: Batch) -> Effects:
    """Who is new and who is marked; the token stands for the sessions."""
    rows = _rows(batch)
    there = selectors.people_of_sessions(batch.actor, {row.session for row in rows})
    known = [(row.session, row.firm, row.person) in there for row in rows]
    token = hashlib.sha256(repr(sorted(_sessions(batch).items())).encode()).hexdigest()
    sample = tuple(
        (number, f"{given['firm']} {given['person']}", "", "未到" if given["present"] is False else "到场")
        for number, given in list(_given(batch))[:20]
    )
    return Effects(new=known.count(False), changed=known.count(True), unchanged=0, token=token, sample=sample)


def store(batch: Batch) -> Mapping[str, Any]:
    """All of it, in the commit's transaction."""
    return {"people": services.store_attendance(actor=batch.actor, batch=batch.id, rows=_rows(batch))}


def consequences(batch: Batch) -> Sequence[str]:
    """What taking the batch back would do."""
    return [f"从签到名单里删去这一批加入的 {batch.kept['people']} 人；原来就在名单里的人仍记为到场。"]


def undo(batch: Batch) -> None:
    """Take those that it added off the lists."""
    services.remove_attendance(batch=batch.id)


ATTENDANCE = Importer(
    code=CODE,
    title="导入签到名单",
    permission=permissions.IMPORT.value,
    columns=COLUMNS,
    check=check,
    compare=compare,
    store=store,
    consequences=consequences,
    undo=undo,
    url="/events/",
    description="一行一个人：哪次活动、哪一天、哪家企业、到没到场。只记姓名，不要写电话和证件号码。",
)
