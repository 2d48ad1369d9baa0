"""The demo's internal supervision, authored in ``demo/audits``, written once in one transaction."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.selectors import user_named
from youju.foundation.kernel import places
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import CHINA, Walk, working_day
from youju.funds.internal_audits import events
from youju.funds.internal_audits.demo.walking import AUDITOR, HEAD, Told, walk_finding
from youju.funds.internal_audits.models import Engagement, Finding, Plan, PlanItem, SampleItem
from youju.funds.internal_audits.selectors.populations import Record, population_of
from youju.funds.internal_audits.services.numbering import ENGAGEMENTS, FINDINGS, next_numbers
from youju.funds.internal_audits.services.sampling import SampleWish, draw_sample
from youju.funds.internal_audits.services.telling import tell_payments
from youju.rules.funds.internal_audits.lifecycle import APPROVED, FINDING_KIND, OPEN, PLAN_FLOW, PLAN_KIND

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

YEAR, CENTRE = 2023, "DEMO-ZX"
_WHOLE = (date(2023, 1, 1), date(2023, 12, 31))


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """A CSV file of ``demo/audits``, by its name without ending."""
    with (places.DEMO / "audits" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@transaction.atomic
def load(*, today: date) -> bool:
    """Load it once; whether anything was loaded. Where a plan stands already nothing is touched."""
    with reaching_all():
        auditor = user_named(AUDITOR[0])
        if auditor is None or Plan.objects.exists():
            return False
        engagements = _plan()
        items = _sample(auditor, engagements[1])
        count = _findings(auditor, engagements, items, today)
        record(
            events.LOADED, Subject(events.DEMO_KIND, str(YEAR), "示例年度的内部监督"), None, {"count": count}
        )
    return True


def _plan() -> dict[int, Engagement]:
    row = Plan.objects.create(
        year=YEAR, title="2023 年内部监督计划", themes=["资金支付", "合同管理", "补贴兑现", "资产管理"],
        note="突出专项资金和补贴兑现，大额付款全部抽查。", state=APPROVED, approved_on=date(2023, 2, 10),
        approved_by=HEAD[0], approved_name=HEAD[1], created_by=AUDITOR[0], is_demo=True,
    )  # fmt: skip
    walk = Walk(PLAN_FLOW, AUDITOR, _at(date(2023, 2, 6), 9))
    walk.take("submit", AUDITOR, _at(date(2023, 2, 7), 9))
    walk.take("approve", HEAD, _at(date(2023, 2, 10), 15))
    write_cases(PLAN_KIND, [(str(YEAR), str(row), CENTRE, walk)])
    begun: dict[int, Engagement] = {}
    for each in table("items"):
        item = PlanItem.objects.create(
            plan=row, place=int(each["place"]), theme=each["theme"], title=each["title"],
            sections=each["sections"].split("|"), project=each["project"], lead=AUDITOR[0], lead_name=AUDITOR[1],
            team=each["team"], starts_on=date.fromisoformat(each["starts_on"]),
            ends_on=date.fromisoformat(each["ends_on"]), is_demo=True,
        )  # fmt: skip
        if each["opened"]:
            begun[item.place] = Engagement.objects.create(
                item=item, number=next_numbers(ENGAGEMENTS, YEAR)[0], opened_on=date.fromisoformat(each["opened"]),
                opened_by=AUDITOR[0], is_demo=True,
            )  # fmt: skip
    ended = begun[2]
    ended.ended_on = date(2023, 6, 21)
    ended.conclusion = "合同总体按制度办理，签订时间和验收付款的衔接有两处不规范，已登记并跟踪整改。"
    ended.save()
    return begun


def _sample(auditor: User, engagement: Engagement) -> dict[str, SampleItem]:
    """A sample of the year's payments with its working papers; sampled items by the payment's number."""
    wish = SampleWish(
        "payments", *_WHOLE, seed="20230904", size=18, limits=(Decimal(50_000), Decimal(200_000)),
        certainty=Decimal(1_000_000), allocation="neyman",
    )  # fmt: skip
    if not any(True for _ in population_of("payments").rows(auditor, *_WHOLE, "")):
        return {}
    made = draw_sample(actor=auditor, engagement_id=engagement.pk, wish=wish).sample
    items = list(made.items.order_by("place"))
    for place, item in enumerate(items):
        if place % 6 == 5:
            continue  # still to be looked at
        item.examined, item.conclusion = "核对了付款申请、合同、发票、验收单和银行回单。", "fine"
        item.examined_by, item.examined_name = AUDITOR
        item.examined_at, item.revision = _at(working_day(date(2023, 9, 5), place // 3), 15), 1
        item.save()
    return {each.subject_key: each for each in items}


def _findings(
    auditor: User, engagements: dict[int, Engagement], items: dict[str, SampleItem], today: date
) -> int:
    made: list[tuple[Finding, Walk]] = []
    for each in table("findings"):
        told = Told.of(each, today)
        kind, tied = _record(auditor, each["record"], each["key"])
        row, walk = walk_finding(told, today)
        row.subject_kind, row.subject_key = kind, tied.key if tied else ""
        row.subject_label, row.record_amount = (tied.label, tied.amount) if tied else ("", None)
        if row.amount is not None and row.record_amount is not None:
            row.amount = min(row.amount, row.record_amount)
        row.engagement = engagements.get(int(each["item"] or 0))
        row.item = items.get(row.subject_key) if row.engagement and each["item"] == "1" else None
        row.number = next_numbers(FINDINGS, row.found_on.year)[0]
        made.append((row, walk))
    Finding.objects.bulk_create([row for row, _ in made])
    write_cases(FINDING_KIND, [(row.number, str(row), CENTRE, walk) for row, walk in made])
    for (row, walk), each in zip(made, table("findings"), strict=True):
        Told.of(each, today).keep_reply(row, walk)
        tell_payments(row, auditor, is_open=row.state in OPEN)
        if row.item:
            row.item.conclusion = "found"
            row.item.examined = row.item.examined or "核对了付款申请、合同、发票、验收单和银行回单。"
            row.item.examined_by, row.item.examined_name = AUDITOR
            row.item.examined_at = row.item.examined_at or _at(row.found_on, 15)
            row.item.save()
    return len(made)


def _record(auditor: User, code: str, key: str) -> tuple[str, Record | None]:
    """The record that a row names: by number, by words of its label, or the first."""
    if not code:
        return "", None
    source = population_of(code)
    found = (
        source.named(auditor, key)
        if code == "contracts"
        else _first(source.rows(auditor, _WHOLE[0], date.max, ""), key)
    )
    return (source.kind, found) if found else ("", None)


def _first(rows: Iterable[Record], key: str) -> Record | None:
    words = [] if key == "first" else [word for word in key.split("|") if word]
    fitting = sorted(
        (each for each in rows if all(word in each.label for word in words)), key=lambda each: each.key
    )
    return fitting[0] if fitting else None


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), CHINA)
