"""Example scores: the quarters of 2023 and the month that has just ended, an appeal upheld, a repair, a list being shown.

Scored by the same code as everything else, from the records that the other rooms' demos left; one transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.db import connection, transaction

from youju.foundation.audit.services import record
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import CHINA, Walk
from youju.rules.trade.credit.lifecycle import (
    APPEAL,
    FLOWS,
    LIST_FLOW,
    LIST_KIND,
    REPAIR,
    UPHELD,
)
from youju.rules.trade.credit.months import last_day
from youju.trade.credit import events
from youju.trade.credit.facts import mark_of
from youju.trade.credit.models import Plea, Score, Snapshot
from youju.trade.credit.services.pleading import set_record_aside
from youju.trade.credit.services.publishing import lines_of, show, store_list
from youju.trade.credit.services.snapshots import make_snapshot
from youju.trade.parties.demo.lapsed import plant_lapse

AGENT, STAFF, HEAD = ("demo-agt", "吴强"), ("demo-stf", "陈立"), ("demo-hed", "李建国")
CENTRE, MERCHANT = "DEMO-ZX", "DEMO-SH"
QUARTERS = (date(2023, 3, 1), date(2023, 6, 1), date(2023, 9, 1), date(2023, 12, 1))
GRADES = ("A", "D")
_LAPSED, _MENDED = timedelta(days=18), timedelta(days=13)


@transaction.atomic
def load(*, today: date, say: Callable[[], None] | None = None) -> bool:
    """Load them once; whether anything was loaded. The parties and what they did are there already."""
    with reaching_all():
        if Snapshot.objects.exists():
            return False
        last = today.replace(day=1) - timedelta(days=1)
        plant_lapse(MERCHANT, due_on=last - _LAPSED, mended_on=last - _MENDED)
        made = []
        for month in QUARTERS:
            made.append(_snapshot(month))
            if say:
                say()
            if month.month == 9:
                _decide(APPEAL, made[-1], "declarations.rejected", date(2023, 10, 9))
        if not made[-1].parties:
            transaction.set_rollback(True)
            return False
        _decide(REPAIR, made[-1], "declarations.corrected", date(2024, 1, 8))
        # The list of the example year's end, while that is the latest; shown now, so that strangers find one.
        _list(made[-1], today)
        latest = _snapshot(last.replace(day=1)) if last.year > 2023 else made[-1]
        record(
            events.LOADED, Subject(events.DEMO_KIND, "2023", "示例信用得分"), None,
            {"months": len(made) + 1, "parties": latest.parties},
        )  # fmt: skip
    return True


def _snapshot(month: date) -> Snapshot:
    day = last_day(month)
    return make_snapshot(
        month=month, made_at=datetime.combine(day + timedelta(days=1), time(2, 30), CHINA), is_demo=True
    )


def _decide(kind: str, snapshot: Snapshot, record_kind: str, day: date) -> None:
    """The first party whose score counts such a record asks, and it is granted some days later."""
    for row in (
        Score.objects.filter(snapshot=snapshot, current=True).order_by("total", "pk").iterator(chunk_size=200)
    ):
        told = next((each for each in row.evidence if each["kind"] == record_kind), None)
        if told is not None:
            break
    else:
        return
    reasons = {
        APPEAL: (
            "退单是海关系统升级期间误发，附海关的更正通知",
            "已向海关核实，退单系误发",
            "误发的退单不应计分",
        ),
        REPAIR: (
            "已更换录入软件并复核了三个月的单证，附复核记录",
            "复核记录属实，三个月内没有同类更正",
            "已整改，符合修复条件",
        ),
    }[kind]
    at = [datetime.combine(day + timedelta(days=ahead), time(10), CHINA) for ahead in (0, 2, 4)]
    walk = Walk(FLOWS[kind], AGENT, at[0])
    walk.take("submit", AGENT, at[0])
    walk.take("check", STAFF, at[1], reasons[1])
    walk.take("uphold", HEAD, at[2], reasons[2])
    plea = Plea.objects.create(
        number=_number("SS" if kind == APPEAL else "XF", day), kind=kind, party_id=row.party_id,
        organisation_id=row.organisation_id, sections=row.sections, name=row.name, score=row, mark=mark_of(told), record=told,
        reason=reasons[0], state=UPHELD, asked_by=[AGENT[0]], asked_at=at[0], checked_by=[STAFF[0]], finding=reasons[1],
        decided_by=[HEAD[0]], decided_at=at[2], decision=reasons[2], is_demo=True,
    )  # fmt: skip
    subject = events.plea_subject(plea)
    write_cases(subject.kind, [(subject.key, subject.label, CENTRE, walk)])
    set_record_aside(plea, at[2], HEAD[0])


def _list(snapshot: Snapshot, today: date) -> None:
    """Made from the scores and shown since yesterday."""
    day = today - timedelta(days=1)
    lines = lines_of(snapshot, GRADES)
    if not lines:
        return
    row = store_list(snapshot, GRADES, lines, HEAD[0], day)
    row.is_demo = True
    show(row, HEAD[0], day)
    row.save()
    at = datetime.combine(day, time(9), CHINA)
    walk = Walk(LIST_FLOW, HEAD, at)
    walk.take("show", HEAD, at + timedelta(hours=1))
    subject = events.list_subject(row)
    write_cases(LIST_KIND, [(subject.key, subject.label, CENTRE, walk)])


def _number(letters: str, day: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('credit_plea_number')")
        return f"{letters}{day:%Y}{cursor.fetchone()[0]:05d}"
