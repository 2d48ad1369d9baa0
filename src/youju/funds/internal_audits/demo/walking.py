"""The way of an example finding, told from its row in ``demo/audits/findings.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from youju.foundation.files.services import attach, keep
from youju.foundation.policies import law_on
from youju.foundation.workflow.walks import CHINA, Walk, working_day
from youju.funds.internal_audits import events
from youju.funds.internal_audits.models import Finding, Reply
from youju.funds.internal_audits.selectors.pages import evidence_role
from youju.rules.funds.internal_audits.lifecycle import (
    CLOSED,
    FINDING_FLOW,
    NOTED,
    REPLIED,
    VERIFIED,
    WITHDRAWN,
)
from youju.rules.law import table

AUDITOR, HEAD, STAFF, FINANCE = (
    ("demo-aud", "赵明"),
    ("demo-hed", "李建国"),
    ("demo-stf", "陈立"),
    ("demo-fin", "王芳"),
)
REOPENED = "reopened"
_REPLY_AFTER, _VERIFY_AFTER, _CLOSE_AFTER, _AGAIN_AFTER = 5, 4, 1, 60


@dataclass(frozen=True, slots=True)
class Told:
    """A row of the table: its words, when it was found, and how far it came (``reopened``: closed, then opened again)."""

    words: dict[str, str]
    found: date
    state: str

    @staticmethod
    def of(row: dict[str, str], today: date) -> Told:
        """A row read; a day like ``-40`` counts from today."""
        given = row["found"]
        found = today + timedelta(days=int(given)) if given.startswith("-") else date.fromisoformat(given)
        return Told(row, found, row["state"])

    def keep_reply(self, row: Finding, walk: Walk) -> None:
        """The reply and its evidence, where the finding came so far."""
        step = next((each for each in walk.steps if each.transition == "reply"), None)
        if step is None or not self.words["reply"]:
            return
        reply = Reply.objects.create(
            finding=row, round=1, text=self.words["reply"], by=step.by, by_name=step.by_name
        )
        Reply.objects.filter(pk=reply.pk).update(at=step.at)
        text = f"{row.number} 整改情况说明：{self.words['reply']}"
        kept = keep(text.encode(), name="整改情况说明.txt", purpose="evidence")
        attach(sha256=kept.sha256, subject=events.finding_subject(row), name=kept.name, role=evidence_role(1))


def walk_finding(told: Told, today: date) -> tuple[Finding, Walk]:
    """The finding as it stands, not stored yet, and how it came there."""
    words = told.words
    names = ("title", "description", "suggestion", "category", "seriousness", "basis", "section")
    row = Finding(
        **{name: words[name] for name in names},
        amount=Decimal(words["amount"]) if words["amount"] else None,
        found_on=told.found,
        found_by=AUDITOR[0],
        found_name=AUDITOR[1],
        is_demo=True,
    )
    walk = Walk(FINDING_FLOW, AUDITOR, _at(told.found, 10))
    if told.state == NOTED:
        return row, walk
    notice = working_day(told.found, 1)
    if told.state == WITHDRAWN:
        walk.take("withdraw", AUDITOR, _at(notice, 9), words["reason"])
        row.state = walk.state
        return row, walk
    walk.take("notify", AUDITOR, _at(notice, 9))
    days = int(str(table(law_on(notice), "funds.internal_audits.rectify_days")[row.seriousness]))
    row.noticed_on, row.due_on = notice, working_day(notice, days)
    walk.due_on = row.due_on
    if told.state in (REPLIED, VERIFIED, CLOSED, REOPENED):
        _reply(row, walk, notice)
    if told.state in (VERIFIED, CLOSED, REOPENED):
        day = working_day(row.replied_on or notice, _VERIFY_AFTER)
        walk.take("verify", AUDITOR, _at(day, 11))
        row.verified_by, row.verified_name = AUDITOR
        if told.state != VERIFIED:
            row.closed_on = working_day(day, _CLOSE_AFTER)
            walk.take("close", AUDITOR, _at(row.closed_on, 9))
    if told.state == REOPENED:
        _reopen(row, walk, words["reason"], today)
    row.state = walk.state
    return row, walk


def _reply(row: Finding, walk: Walk, notice: date) -> None:
    doer = FINANCE if row.section == "CW" else STAFF
    row.replied_on, row.replied_by = working_day(notice, _REPLY_AFTER), doer[0]
    walk.take("reply", doer, _at(row.replied_on, 16))


def _reopen(row: Finding, walk: Walk, reason: str, today: date) -> None:
    """Opened again a few days before the load, so that its new limit still runs."""
    day = max(working_day(row.closed_on or today, _AGAIN_AFTER), today - timedelta(days=4))
    walk.take("reopen", AUDITOR, _at(day, 10), reason)
    row.closed_on, row.replied_on, row.replied_by = None, None, ""
    row.verified_by, row.verified_name = "", ""
    row.reopened, row.reopened_why, row.round = 1, reason, 2
    row.due_on = walk.due_on


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), CHINA)
