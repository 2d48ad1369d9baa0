"""What people do with credit, as the trail says it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.trade.credit.lifecycle import (
    APPEAL_KIND,
    CERTIFICATE_KIND,
    LIST_KIND,
    PLEAS,
    REPAIR_KIND,
    SCORE_KIND,
    SNAPSHOT_KIND,
)

if TYPE_CHECKING:
    from youju.trade.credit.models import Certificate, Plea, PublicList, Score, Snapshot, Trial

SNAPSHOT_MADE = verb("credit.snapshot.made", "生成了信用得分")
SCORED_AGAIN = verb("credit.score.again", "重新评了分")
SET_ASIDE = verb("credit.record.set_aside", "决定不再计分")
LISTED = verb("credit.list.made", "拟定了信用名单")
SHOWN = verb("credit.list.shown", "公示了信用名单")
CERTIFIED = verb("credit.certificate.issued", "出具了信用证明")
REVOKED = verb("credit.certificate.revoked", "作废了信用证明")
TRIED = verb("credit.policy.tried", "试算了信用评价办法")
LOADED = verb("credit.demo.loaded", "载入了示例信用得分")
TRIAL_KIND, DEMO_KIND = "credit.trial", "credit.demo"

FIELDS = {
    "day": "截止日",
    "parties": "主体数",
    "grades": "各等级户数",
    "policy_hash": "评价办法校验值",
    "total": "得分",
    "grade": "等级",
    "record": "记录",
    "way": "种类",
    "shown_on": "公示开始",
    "shown_until": "公示截止",
    "size": "户数",
    "hash": "校验值",
    "issued_on": "出具日期",
    "valid_until": "有效期至",
    "revoked_on": "作废日期",
    "moved": "等级变化的户数",
    "months": "月份",
}
"""The Chinese names of what the trail keeps of this room."""


def day_of(moment: datetime) -> date:
    """The local day of a moment."""
    return timezone.localdate(moment)


def snapshot_subject(row: Snapshot) -> Subject:
    """A snapshot as the trail names it."""
    return Subject(SNAPSHOT_KIND, f"{row.month:%Y-%m}", f"{row.month:%Y-%m} 信用得分")


def score_subject(row: Score) -> Subject:
    """A party's credit as the trail names it: one for the party, whatever the month."""
    return Subject(SCORE_KIND, str(row.party_id), f"{row.name}的信用得分")


def plea_subject(row: Plea) -> Subject:
    """An appeal or a repair as trail and workflow name it."""
    kind = {"appeal": APPEAL_KIND, "repair": REPAIR_KIND}[row.kind]
    return Subject(kind, str(row.pk), f"{PLEAS[row.kind]} {row.number} {row.name}")


def list_subject(row: PublicList) -> Subject:
    """A publicity list as trail and workflow name it."""
    return Subject(LIST_KIND, str(row.pk), f"信用名单 {row.number}")


def certificate_subject(row: Certificate, name: str) -> Subject:
    """A certificate as the trail names it."""
    return Subject(CERTIFICATE_KIND, str(row.pk), f"{name}的信用证明")


def trial_subject(row: Trial) -> Subject:
    """A trial as the trail names it."""
    return Subject(TRIAL_KIND, str(row.pk), f"试算：{row.title}")
