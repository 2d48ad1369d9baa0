"""Recognising goods (商品认定): the rules decide, the decision is kept with all that it stood on, the good's state follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from youju.foundation.audit.services import record_many
from youju.foundation.audit.verbs import Verb
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.context import current
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.law import Law, whole
from youju.rules.trade.goods.codec import to_json
from youju.rules.trade.goods.lifecycle import DRAFT, OUTDATED, RULES, WITHDRAWN
from youju.trade.goods import events, facts, permissions
from youju.trade.goods.models import Decision, Good, TariffVersion
from youju.trade.goods.services.judging import Judged, judge

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

MOST = "trade.goods.bulk_goods"
UNDECIDED = (DRAFT, OUTDATED)


@transaction.atomic
def recognise_good(*, actor: User, number: str) -> Decision:
    """Decide on one good under the law of today.

    Raises:
        InputError: there is no such good in the actor's reach (404), it is withdrawn, or no tariff is in force (409).
        PermissionDenied: the actor may not edit goods.
    """
    require(actor, permissions.EDIT)
    return decide([locked_good(number)], as_of=timezone.localdate())[0]


@transaction.atomic
def recognise_bulk(*, actor: User, numbers: Collection[str] | None = None) -> dict[str, int]:
    """Decide on many goods under the law of today, all or none.

    Args:
        actor: who asks; only goods in the actor's reach are looked at.
        numbers: which; without it those that were not decided yet or wait for a new decision, as many as policy allows at
            once: asked again, it goes on with the next.

    Returns:
        How many goods ended in each outcome.

    Raises:
        InputError: some numbers are unknown (404), too many are named (422), or no tariff is in force (409).
        PermissionDenied: the actor may not edit goods.
    """
    require(actor, permissions.EDIT)
    most = whole(law_on(timezone.localdate()), MOST)
    wanted = _wanted(numbers)[: most + 1] if numbers is not None else _wanted(None)[:most]
    if len(wanted) > most:
        raise InputError(f"一次至多认定 {most} 件商品", how="请分批办理", status=422)
    locked = Good.objects.select_for_update().filter(pk__in=wanted).exclude(state=WITHDRAWN)
    goods = list(locked.order_by("pk"))
    if numbers is not None and len(goods) < len(set(numbers)):
        missing = sorted(set(numbers) - {good.number for good in goods})
        raise InputError(
            f"没有商品 {'、'.join(missing[:5])}{' 等' if len(missing) > 5 else ''}",
            how="请核对商品编号",
            status=404,
        )
    return dict(Counter(each.outcome for each in decide(goods, as_of=timezone.localdate())))


def _wanted(numbers: Collection[str] | None) -> list[int]:
    """Keys of the goods asked for; of all that wait, those of which nothing was said yet come first."""
    found = Good.objects.exclude(state=WITHDRAWN)
    if numbers is not None:
        return list(found.filter(number__in=set(numbers)).order_by("pk").values_list("pk", flat=True))
    told = Decision.objects.filter(good=OuterRef("pk"), good_revision=OuterRef("revision"))
    waiting = found.filter(state__in=UNDECIDED).annotate(told=Exists(told)).order_by("told", "pk")
    return list(waiting.values_list("pk", flat=True))


def locked_good(number: str) -> Good:
    """The good, locked until the transaction ends.

    Raises:
        InputError: the actor reaches none with that number for writing (404), or it is withdrawn (409).
    """
    good = Good.objects.select_for_update().filter(number=number.replace("\0", "")).first()
    if good is None:
        raise InputError("没有这件商品", how="请回到商品列表重新选择", status=404)
    if good.state == WITHDRAWN:
        raise InputError(f"商品“{good.name}”已下架", how="重新上架后才能认定", status=409)
    return good


def decide(goods: Sequence[Good], *, as_of: date, reason: str = "", by: str = "") -> list[Decision]:
    """Decide on locked goods and write all of it. Inner step: callers check permissions and lock.

    The number of statements does not grow with the goods.

    Raises:
        InputError: no tariff version is in force on the day, so that no code can be judged (409).
    """
    loaded = facts.load(goods, as_of=as_of)
    if goods and loaded.version is None:
        raise InputError(
            f"{as_of.isoformat()} 没有有效的税则版本，不能认定商品",
            how="请先装入这一天的税则版本",
            status=409,
        )
    law = law_on(as_of)
    judged = judge(goods, loaded.facts, law)
    return write(judged, law=law, version=loaded.version, reason=reason, by=by)


def write(
    judged: Sequence[Judged],
    *,
    law: Law,
    version: TariffVersion | None,
    verb: Verb = events.RECOGNISED,
    reason: str = "",
    by: str = "",
) -> list[Decision]:
    """Keep what was judged: a decision for each, the states that follow, an entry of the trail for each."""
    decisions = Decision.objects.bulk_create(
        [
            Decision(
                good=each.good,
                good_revision=each.good.revision,
                as_of=law.as_of,
                policy_hash=law.hash,
                tariff=version,
                facts=to_json(each.facts),
                rule_ids=list(each.recognition.rule_ids),
                findings=[finding.as_json() for finding in each.recognition.findings],
                outcome=each.recognition.outcome,
                step=each.step,
                explanation=each.explanation,
                explained_by=each.before.explained_by if each.before and each.step != RULES else "",
                comment=each.before.comment if each.before and each.step != RULES else "",
                decided_by=by or current().actor,
            )
            for each in judged
        ],
        batch_size=1_000,
    )
    deeds = []
    moved: dict[str, list[int]] = {}
    for each in judged:
        if each.state != each.good.state:
            moved.setdefault(each.state, []).append(each.good.pk)
        deeds.append((events.good_subject(each.good), {"state": each.good.state}, _after(each, law, version)))
        each.good.state = each.state
    for state, ids in moved.items():
        Good.objects.filter(pk__in=ids).update(state=state)
    if deeds:
        record_many(verb, deeds, reason=reason)
    return decisions


def _after(each: Judged, law: Law, version: TariffVersion | None) -> dict[str, object]:
    return {
        "state": each.state,
        "outcome": each.recognition.outcome,
        "rules": list(each.recognition.rule_ids),
        "as_of": law.as_of,
        "policy_hash": law.hash,
        "tariff": version.name if version else "",
    }
