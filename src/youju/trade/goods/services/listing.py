"""A changed law: first list whom it touches. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.jobs.defining import Progress, job
from youju.foundation.jobs.services import enqueue
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on, policy_hash
from youju.foundation.workflow import services as workflow
from youju.rules.trade.goods.lifecycle import CAMPAIGN_FLOW, LIVE
from youju.trade.goods import events, facts, permissions
from youju.trade.goods.models import Campaign, CampaignGood, Decision, Good, TariffVersion
from youju.trade.goods.services.judging import Judged, judge

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

BATCH = 500
"""Goods that are judged, or decided, in one go."""


@dataclass(frozen=True, slots=True)
class _System:
    """Who opens a campaign by himself: nobody; holds no permission."""

    username: str = ""
    display_name: str = "系统"


@transaction.atomic
def open_campaign(*, actor: User, reason: str) -> Campaign:
    """List whom the law of today touches, at an officer's wish.

    Raises:
        InputError: one is on its way already (409), or no reason is given (422).
        PermissionDenied: the actor may not recognise goods.
    """
    require(actor, permissions.RECOGNISE)
    reason = reason.replace("\0", "").strip()
    if not reason:
        raise InputError("没有写理由", where="理由", how="请写明为什么要复认", status=422)
    return _open(reason=reason, by=actor.username)


@transaction.atomic
def notice_changes() -> Campaign | None:
    """Open a campaign where decisions stand on another law or tariff than today's and none was opened for it yet."""
    version, law = version_on(timezone.localdate()), policy_hash()
    known = Campaign.objects.filter(trial=False, policy_hash=law, tariff=version).exclude(state="failed")
    if known.exists() or under_way().exists():
        return None
    older = ~Q(policy_hash=law) | ~Q(tariff=version)
    latest = (
        Decision.objects.filter(good__state__in=LIVE)
        .order_by("good_id", "-decided_at", "-pk")
        .distinct("good_id")
    )
    if not Decision.objects.filter(pk__in=latest.values("pk")).filter(older).exists():
        return None
    return _open(reason="法规、政策值或税则有变化", by="")


def _open(*, reason: str, by: str) -> Campaign:
    if under_way().exists():
        raise InputError(
            "已有一次复认在办理", how="请先办完或放弃它，再发起新的", where="商品复认", status=409
        )
    today = timezone.localdate()
    campaign = Campaign.objects.create(
        title=f"{today.isoformat()} 商品复认",
        as_of=today,
        policy_hash=policy_hash(),
        tariff=version_on(today),
        reason=reason,
        created_by=by,
    )
    subject = events.campaign_subject(campaign)
    record(events.OPENED, subject, None, {"as_of": today, "policy_hash": campaign.policy_hash}, reason=reason)
    enqueue(list_touched, subject=subject, key=f"campaign:{campaign.pk}", campaign_id=campaign.pk)
    return campaign


@job("goods.list-touched", title="列出复认涉及的商品")
def list_touched(*, progress: Progress, campaign_id: int) -> dict[str, int]:
    """Judge every decided good under the campaign's law and keep those that would change; one transaction.

    It looks at every good of the pilot, whoever asked for it: a law touches them all.
    """
    with reaching_all():
        return _list(campaign_id, progress)


def _list(campaign_id: int, progress: Progress) -> dict[str, int]:
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    if campaign.state != "listing":
        return {"touched": campaign.touched}
    if gone_stale(campaign):
        return {"touched": 0}
    CampaignGood.objects.filter(campaign=campaign).delete()
    law = law_on(campaign.as_of)
    looked = touched = 0
    progress(0, Good.objects.filter(state__in=LIVE).count(), "查看商品")
    for goods in in_batches(LIVE):
        loaded = facts.load(goods, as_of=campaign.as_of, version=campaign.tariff)
        changed = [each for each in judge(goods, loaded.facts, law) if each.state != each.good.state]
        rows = [_row(campaign, each) for each in changed]
        CampaignGood.objects.bulk_create(rows)
        looked, touched = looked + len(goods), touched + len(rows)
        progress(looked)
    campaign.looked_at, campaign.touched = looked, touched
    subject = events.campaign_subject(campaign)
    if touched:
        campaign.state = "listed"
        workflow.start(flow=CAMPAIGN_FLOW, subject=subject, actor=cast("Any", _System()))
    else:
        campaign.state, campaign.finished_at = "done", timezone.now()
    campaign.save(update_fields=["looked_at", "touched", "state", "finished_at"])
    record(events.LISTED, subject, None, {"looked_at": looked, "touched": touched})
    return {"looked_at": looked, "touched": touched}


def _row(campaign: Campaign, judged: Judged) -> CampaignGood:
    spoke = set(judged.before.rule_ids) if judged.before else set()
    return CampaignGood(
        campaign=campaign,
        good=judged.good,
        good_revision=judged.good.revision,
        before=judged.good.state,
        after=judged.state,
        rule_ids=sorted(spoke ^ set(judged.recognition.rule_ids)),
    )


def gone_stale(campaign: Campaign) -> bool:
    """Whether the policies have changed since it was opened; then it has failed, and says so."""
    if campaign.policy_hash == policy_hash():
        return False
    campaign.state, campaign.finished_at = "failed", timezone.now()
    campaign.save(update_fields=["state", "finished_at"])
    record(
        events.FAILED, events.campaign_subject(campaign), None, {"state": "failed"}, reason="政策文件又有变化"
    )
    return True


def under_way() -> QuerySet[Campaign]:
    """Re-recognitions that are being listed, wait for a word, or are being decided: one at most."""
    return Campaign.objects.filter(trial=False, state__in=["listing", "listed", "deciding"])


def version_on(day: date) -> TariffVersion | None:
    """The tariff version in force on a day."""
    fitting = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
    return TariffVersion.objects.filter(fitting).order_by("-valid_from").first()


def in_batches(states: Iterable[str]) -> Iterator[list[Good]]:
    """Every good in the states, in stretches by key, so that memory stays flat."""
    last, wanted = 0, Good.objects.filter(state__in=list(states)).order_by("pk")
    while goods := list(wanted.filter(pk__gt=last)[:BATCH]):
        last = goods[-1].pk
        yield goods
