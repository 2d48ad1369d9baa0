"""A re-recognition that was listed: somebody says yes or no; after a yes those goods are decided anew, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.jobs.defining import Progress, job
from youju.foundation.jobs.services import enqueue
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on, policy_hash
from youju.foundation.workflow import services as workflow
from youju.rules.trade.goods.lifecycle import CAMPAIGN_FLOW
from youju.trade.goods import events, facts, permissions
from youju.trade.goods.models import Campaign, CampaignGood, Good
from youju.trade.goods.services.judging import judge
from youju.trade.goods.services.listing import gone_stale
from youju.trade.goods.services.recognition import write

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

STRETCH = 200
"""Goods that are decided in one transaction: what a kill can cost."""


@transaction.atomic
def confirm_campaign(*, actor: User, campaign_id: int, reason: str) -> Campaign:
    """Say yes to what was listed: those goods are decided anew, by a job, and no others.

    Raises:
        InputError: there is none, it is not listed (any more), no reason is given, or the law has changed since (409).
        PermissionDenied: the actor may not recognise goods.
    """
    require(actor, permissions.RECOGNISE)
    campaign = _locked(campaign_id, "listed")
    if campaign.policy_hash != policy_hash():
        raise InputError(
            "列出以后政策文件又有变化，所列的不再作数", how="请放弃这一次，按新的政策重新列出", status=409
        )
    subject = events.campaign_subject(campaign)
    workflow.advance(flow=CAMPAIGN_FLOW, subject=subject, transition="confirm", actor=actor, reason=reason)
    campaign.state, campaign.confirmed_by, campaign.confirmed_at = "deciding", actor.username, timezone.now()
    campaign.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    enqueue(decide_anew, subject=subject, key=f"campaign:{campaign.pk}", campaign_id=campaign.pk)
    return campaign


@transaction.atomic
def drop_campaign(*, actor: User, campaign_id: int, reason: str) -> Campaign:
    """Say no: every good keeps its decision.

    Raises:
        InputError: there is none, it is not listed (any more), or no reason is given.
        PermissionDenied: the actor may not recognise goods.
    """
    require(actor, permissions.RECOGNISE)
    campaign = _locked(campaign_id, "listed")
    subject = events.campaign_subject(campaign)
    workflow.advance(flow=CAMPAIGN_FLOW, subject=subject, transition="drop", actor=actor, reason=reason)
    campaign.state, campaign.finished_at = "dropped", timezone.now()
    campaign.save(update_fields=["state", "finished_at"])
    return campaign


@job("goods.decide-anew", title="按新的法规重新认定", atomic=False)
def decide_anew(*, progress: Progress, campaign_id: int) -> dict[str, int]:
    """Decide anew what was confirmed, a stretch a transaction; taken up where it stood after the worker was killed."""
    with reaching_all():
        return _decide_all(campaign_id, progress)


def _decide_all(campaign_id: int, progress: Progress) -> dict[str, int]:
    done = CampaignGood.objects.filter(campaign=campaign_id).exclude(result="").count()
    progress(done, CampaignGood.objects.filter(campaign=campaign_id).count(), "重新认定")
    while True:
        taken = _decide_batch(campaign_id)
        if not taken:
            break
        done += taken
        progress(done)
    return _finish(campaign_id)


@transaction.atomic
def _decide_batch(campaign_id: int) -> int:
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    if campaign.state != "deciding" or gone_stale(campaign):
        return 0
    rows = list(CampaignGood.objects.filter(campaign=campaign, result="").order_by("good_id")[:STRETCH])
    goods = {
        good.pk: good
        for good in Good.objects.select_for_update()
        .filter(pk__in=[row.good_id for row in rows])
        .order_by("pk")
    }
    standing, law = [], law_on(campaign.as_of)
    for row in rows:
        good = goods[row.good_id]
        if good.revision == row.good_revision and good.state == row.before:
            standing.append(row)
        else:
            row.result = "changed"
    kept = [goods[row.good_id] for row in standing]
    loaded = facts.load(kept, as_of=campaign.as_of, version=campaign.tariff)
    ready = []
    for row, judged in zip(standing, judge(kept, loaded.facts, law), strict=True):
        # What was shown and confirmed is what is done; anything else asks anew.
        row.result = "decided" if judged.state == row.after else "differs"
        if row.result == "decided":
            ready.append(judged)
    write(
        ready,
        law=law,
        version=loaded.version,
        reason=f"{campaign.title}：{campaign.reason}",
        by=campaign.confirmed_by,
    )
    CampaignGood.objects.bulk_update(rows, ["result"])
    return len(rows)


@transaction.atomic
def _finish(campaign_id: int) -> dict[str, int]:
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    results = list(CampaignGood.objects.filter(campaign=campaign).order_by().values_list("result", flat=True))
    counts = {name: results.count(name) for name in ("decided", "changed", "differs")}
    if campaign.state == "deciding":
        campaign.state, campaign.finished_at = "done", timezone.now()
        campaign.save(update_fields=["state", "finished_at"])
        record(events.DONE, events.campaign_subject(campaign), None, counts)
    return counts


def _locked(campaign_id: int, state: str) -> Campaign:
    campaign = Campaign.objects.select_for_update().filter(pk=campaign_id, trial=False).first()
    if campaign is None:
        raise InputError("没有这次复认", how="请回到复认列表重新选择", status=404)
    if campaign.state != state:
        raise InputError("这次复认已经办过，或还没有列好", how="请刷新页面，看过最新情况再办理", status=409)
    return campaign
