"""What changed thresholds would have caught: one rule over history with other parameters, beside what people concluded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.analytics.risk.scanning import Found
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.jobs.defining import job
from youju.foundation.jobs.services import enqueue
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.rules.registry import REGISTRY
from youju.rules.trade.risk.judging import CASES
from youju.rules.trade.risk.lifecycle import CONFIRMED
from youju.trade.risk import events, permissions
from youju.trade.risk.metrics import trial
from youju.trade.risk.models import Hit, Trial
from youju.trade.risk.services.scanning import check_window

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Key = tuple[str, str]


def numbers_of(rule: str, day: date) -> dict[str, Decimal | int]:
    """The numbers among a rule's parameters with their values on a day: what a trial may change."""
    law = law_on(day)
    found: dict[str, Decimal | int] = {}
    for name in REGISTRY.versions(rule)[-1].parameters:
        value = law[name]
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            found[name] = value
    return found


@transaction.atomic
def ask_for_trial(
    *, actor: User, rule: str, parameters: Mapping[str, str], since: date, until: date
) -> Trial:
    """Put a trial into the queue.

    Raises:
        PermissionDenied: the actor may not run scans.
        InputError: no such rule or parameter, a value that is no number, or a window that cannot be scanned (422).
    """
    require(actor, permissions.RUN)
    if rule not in CASES:
        raise InputError(f"没有规则“{rule[:20]}”", where="规则", how="请从列表里选", status=422)
    check_window(since, until)
    given = {name: str(_number(name, text, rule, until)) for name, text in parameters.items() if text.strip()}
    row = Trial.objects.create(rule=rule, parameters=given, since=since, until=until, asked_by=actor.username)
    record(
        events.TRIED,
        subject_of(row),
        None,
        {"rule": rule, "parameters": given, "since": since, "until": until},
    )
    enqueue(try_rule, subject=subject_of(row), key="risk.trial", trial_id=row.pk)
    return row


@job("risk.trial", title="门槛试算")
def try_rule(*, trial_id: int) -> dict[str, Any]:
    """A trial that somebody asked for."""
    row = work_off_trial(trial_id)
    return {name: row.result[name] for name in ("now", "then", "added", "gone")} if row else {}


@transaction.atomic
def work_off_trial(trial_id: int) -> Trial | None:
    """Do a trial that waits; ``None`` where it was done already."""
    row = Trial.objects.select_for_update().filter(pk=trial_id).first()
    if row is None or row.state == "done":
        return None
    row.result = tried(row.rule, row.parameters, row.since, row.until)
    row.state, row.done_at = "done", timezone.now()
    row.save(update_fields=["result", "state", "done_at"])
    return row


def tried(rule: str, parameters: Mapping[str, str], since: date, until: date) -> dict[str, Any]:
    """The comparison: how many then and under trial, what is added and gone, how those stand that people concluded on.

    ``concluded``: conclusion → (how many of the present hits bear it, how many of them are still found); ``hit_rate`` and
    ``trial_rate``: confirmed over disposed of, empty without any.
    """
    as_of = min(until, timezone.localdate())
    law = dict(law_on(as_of))
    changed = law | {
        name: int(value) if isinstance(law[name], int) else Decimal(value)
        for name, value in parameters.items()
    }
    with reaching_all():
        now = {_key(each): each for each in trial(law, rule, since=since, until=until, as_of=as_of)}
        then = {_key(each): each for each in trial(changed, rule, since=since, until=until, as_of=as_of)}
        rows = Hit.objects.filter(rule=rule, day__gte=since, day__lt=until).exclude(conclusion="")
        concluded = {
            (row.subject, row.period): row.conclusion for row in rows.only("subject", "period", "conclusion")
        }
    most = whole(law, "trade.risk.trial_rows")
    added = [then[key] for key in sorted(then.keys() - now.keys())]
    gone = [now[key] for key in sorted(now.keys() - then.keys())]
    before = Counter(concluded.values())
    after = Counter(word for key, word in concluded.items() if key in then)
    return {
        "now": len(now),
        "then": len(then),
        "added": len(added),
        "gone": len(gone),
        "concluded": {word: [count, after[word]] for word, count in sorted(before.items())},
        "hit_rate": _rate(before),
        "trial_rate": _rate(after),
        "added_rows": [_told(each, concluded) for each in added[:most]],
        "gone_rows": [_told(each, concluded) for each in gone[:most]],
    }


def subject_of(row: Trial) -> Subject:
    """A trial as the trail names it."""
    return Subject(events.TRIAL_KIND, str(row.pk), f"门槛试算 {row}")


def _key(each: Found) -> Key:
    return each.subject[:160], each.period[:30]


def _told(each: Found, concluded: Mapping[Key, str]) -> Sequence[str]:
    return each.day.isoformat(), each.subject[:160], each.finding.message, concluded.get(_key(each), "")


def _rate(counts: Counter[str]) -> str:
    total = counts.total()
    return f"{sum(counts[word] for word in CONFIRMED) / total:.0%}" if total else ""


def _number(name: str, text: str, rule: str, day: date) -> Decimal | int:
    known = numbers_of(rule, min(day, timezone.localdate()))
    if name not in known:
        raise InputError(f"规则 {rule} 没有参数“{name[:60]}”", where="门槛", how="请从列表里选", status=422)
    try:
        value = Decimal(text.strip())
    except InvalidOperation as error:
        raise InputError(f"“{text[:20]}”不是数", where="门槛", how="请写一个数", status=422) from error
    if not value.is_finite() or value < 0 or value > Decimal(10) ** 12:
        raise InputError(f"“{text[:20]}”不是可用的数", where="门槛", how="请写一个不小于零的数", status=422)
    if isinstance(known[name], int):
        if value != int(value):
            raise InputError(f"“{text[:20]}”不是整数", where="门槛", how="这一项是整数", status=422)
        return int(value)
    return value
