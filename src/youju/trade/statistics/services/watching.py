"""The watch over operations (运行监测): facts gathered, rules asked, alerts stored once; how they are settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record, record_many
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on, policy_hash
from youju.rules.registry import REGISTRY
from youju.trade.statistics import events, permissions
from youju.trade.statistics.facts import Case, cases
from youju.trade.statistics.models import Alert

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Watched:
    """What a round of the watch came to: alerts that are new, findings that were known already."""

    new: int
    known: int


def watch_now(*, actor: User) -> Watched:
    """A round on demand, over everything.

    Raises:
        PermissionDenied: the actor does not manage the watch.
    """
    require(actor, permissions.MANAGE)
    return watch(today=timezone.localdate())


@transaction.atomic
def watch(*, today: date) -> Watched:
    """A round of the watch as on a day. One alert for each rule, subject and period, however often it is run."""
    with reaching_all():
        found = [_alert(case, finding, today) for case in cases(today) for finding in _findings(case, today)]
        before = {
            (row.rule, row.subject, row.period)
            for row in Alert.objects.filter(rule__in={each.rule for each in found}).only(
                "rule", "subject", "period"
            )
        }
        wanted = [each for each in found if (each.rule, each.subject, each.period) not in before]
        # Two rounds at once: the constraint lets one of them through, and the other finds what is there.
        Alert.objects.bulk_create(wanted, ignore_conflicts=True)
        keys = {(each.rule, each.subject, each.period) for each in wanted}
        stored = [
            row
            for row in Alert.objects.filter(
                rule__in={key[0] for key in keys}, period__in={key[2] for key in keys}
            )
            if (row.rule, row.subject, row.period) in keys
        ]
        record_many(
            events.ALERT_FOUND,
            [
                (
                    Subject(events.ALERT_KIND, str(row.pk), str(row)),
                    None,
                    {"rule": row.rule, "message": row.message},
                )
                for row in stored
            ],
        )
    return Watched(len(stored), len(found) - len(wanted))


@transaction.atomic
def handle_alert(*, actor: User, alert: int, conclusion: str) -> Alert:
    """Settle an alert with a conclusion in words.

    Raises:
        PermissionDenied: the actor does not manage the watch.
        InputError: none such (404), settled already (409), no conclusion (422).
    """
    require(actor, permissions.MANAGE)
    row = Alert.objects.select_for_update().filter(pk=alert).first()
    if row is None:
        raise InputError("没有这条提醒", how="请从列表里打开", status=404)
    if row.state == Alert.State.HANDLED:
        raise InputError("这条提醒已经处理过", where=str(row), how=f"处理人 {row.handled_by}", status=409)
    words = " ".join(conclusion.replace("\0", "").split())[:_LONGEST]
    if not words:
        raise InputError("没有写处理结论", where="处理结论", how="请写明原因和办法", status=422)
    row.state, row.conclusion = Alert.State.HANDLED, words
    row.handled_by, row.handled_at = actor.username, timezone.now()
    row.save(update_fields=["state", "conclusion", "handled_by", "handled_at"])
    record(
        events.ALERT_HANDLED,
        Subject(events.ALERT_KIND, str(row.pk), str(row)),
        {"state": Alert.State.OPEN.label},
        {"state": Alert.State.HANDLED.label, "conclusion": words},
    )
    return row


def _findings(case: Case, today: date) -> Iterator[Any]:
    law = law_on(today)
    for each in REGISTRY.in_force(today, "watch", prefix="STA"):
        if each.id in case.rules:
            yield from each.findings(case.facts, law)


def _alert(case: Case, finding: Any, today: date) -> Alert:
    place: Mapping[str, Any] = finding.at
    return Alert(
        rule=finding.rule,
        subject=str(place["subject"])[:60],
        label=case.label[:120],
        period=str(place["period"]),
        message=finding.message[:_LONGEST],
        suggestion=finding.suggestion[:_LONGEST],
        evidence=case.evidence,
        as_of=today,
        policy_hash=policy_hash(),
    )
