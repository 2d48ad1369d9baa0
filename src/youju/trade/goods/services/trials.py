"""A changed list or rule value, tried on every good before it takes effect. Nothing is ever decided by a trial."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.jobs.defining import Progress, job
from youju.foundation.jobs.services import enqueue
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on, load, policy_hash, typed
from youju.rules.law import Law
from youju.rules.trade.goods.lifecycle import DRAFT, LIVE
from youju.rules.trade.goods.recognising import family_policies, recognise
from youju.rules.trade.goods.trying import plain, read_override
from youju.trade.goods import events, facts, permissions
from youju.trade.goods.models import Campaign, CampaignGood, TariffVersion
from youju.trade.goods.services.listing import in_batches

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

EARLIEST = date(2020, 1, 1)
_YEARS = 5
_TITLE = 100


@transaction.atomic
def start_trial(
    *,
    actor: User,
    title: str,
    as_of: date,
    typed_values: Mapping[str, str],
    tariff_id: int | None = None,
    reason: str = "",
) -> Campaign:
    """Ask for a trial; a job compares what the law says of every good with and without the change.

    Args:
        actor: who tries.
        title: what it is called.
        as_of: the day on which the change would take effect.
        typed_values: policy id → the value as typed (``rules.trade.goods.trying``).
        tariff_id: a tariff version to try in place of the one of that day.
        reason: why, in words; may be blank.

    Raises:
        InputError: an unknown policy, a value that does not fit it, nothing that differs from the present law, another day.
        PermissionDenied: the actor may not try rules.
    """
    require(actor, permissions.TRY)
    title = title.replace("\0", "").strip()
    if not title or len(title) > _TITLE:
        raise InputError("名称没有写或太长", where="名称", how=f"请写 1 到 {_TITLE} 个字", status=422)
    if (
        not EARLIEST
        <= as_of
        <= timezone.localdate().replace(month=1, day=1).replace(year=timezone.localdate().year + _YEARS)
    ):
        raise InputError(
            "生效日期不在可试算的范围内",
            where="生效日期",
            how=f"请写 {EARLIEST.isoformat()} 以后、{_YEARS} 年以内的日子",
            status=422,
        )
    overrides = read_overrides(as_of, typed_values)
    version = TariffVersion.objects.filter(pk=tariff_id).first() if tariff_id is not None else None
    if tariff_id is not None and version is None:
        raise InputError("没有这个税则版本", where="税则版本", how="请重新选择", status=422)
    if not overrides and version is None:
        raise InputError(
            "没有改动任何取值", where="取值", how="请至少改一项，或选一个要试的税则版本", status=422
        )
    campaign = Campaign.objects.create(
        title=title,
        trial=True,
        as_of=as_of,
        policy_hash=policy_hash(),
        overrides=overrides,
        tariff=version,
        reason=reason.replace("\0", "").strip(),
        created_by=actor.username,
    )
    subject = events.campaign_subject(campaign)
    record(events.TRIED, subject, None, {"as_of": as_of, "overrides": sorted(overrides)}, reason=reason)
    enqueue(try_rules, subject=subject, key=f"campaign:{campaign.pk}", campaign_id=campaign.pk)
    return campaign


def read_overrides(as_of: date, typed_values: Mapping[str, str]) -> dict[str, Any]:
    """The values that differ from the law of the day, as JSON can hold them.

    Raises:
        InputError: a policy that is not of this family (422), or a value that does not fit its policy.
    """
    known, policies, law = family_policies(), load().policies, law_on(as_of)
    found: dict[str, Any] = {}
    for name, text in typed_values.items():
        if name not in known:
            raise InputError(
                f"“{name[:60]}”不是商品认定的政策值", where="取值", how="请从列出的政策值里选", status=422
            )
        policy, present = policies[name], law[name]
        try:
            value = read_override(policy.type, present, text)
        except ValueError as error:
            raise InputError(
                str(error), where=policy.label, how="请照现行取值的样子填写", status=422
            ) from error
        if value != plain(present):
            found[name] = value
    return found


def changed_law(as_of: date, overrides: Mapping[str, Any]) -> Law:
    """The law of a day with values put in place of its own. Its hash stays empty: no decision may stand on it."""
    policies = load().policies
    values = dict(law_on(as_of))
    values |= {name: typed(value, policies[name].type) for name, value in overrides.items()}
    return Law(values, as_of=as_of)


@job("goods.try-rules", title="试算认定规则")
def try_rules(*, progress: Progress, campaign_id: int) -> dict[str, int]:
    """Compare both laws on every good that is not withdrawn, whoever asked for it; one transaction."""
    with reaching_all():
        return _try(campaign_id, progress)


def _try(campaign_id: int, progress: Progress) -> dict[str, int]:
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id, trial=True)
    if campaign.state != "listing":
        return {"touched": campaign.touched}
    CampaignGood.objects.filter(campaign=campaign).delete()
    present, changed = law_on(campaign.as_of), changed_law(campaign.as_of, campaign.overrides)
    looked = touched = 0
    for goods in in_batches([*LIVE, DRAFT]):
        now = facts.load(goods, as_of=campaign.as_of).facts
        then = (
            facts.load(goods, as_of=campaign.as_of, version=campaign.tariff).facts if campaign.tariff else now
        )
        rows = []
        for good, before, after in zip(goods, now, then, strict=True):
            first, second = recognise(before, present), recognise(after, changed)
            if first.outcome != second.outcome:
                rows.append(
                    CampaignGood(
                        campaign=campaign,
                        good=good,
                        good_revision=good.revision,
                        before=first.outcome,
                        after=second.outcome,
                        rule_ids=sorted(set(first.rule_ids) ^ set(second.rule_ids)),
                    )
                )
        CampaignGood.objects.bulk_create(rows)
        looked, touched = looked + len(goods), touched + len(rows)
        progress(looked, message="试算")
    campaign.looked_at, campaign.touched = looked, touched
    campaign.state, campaign.finished_at = "done", timezone.now()
    campaign.save(update_fields=["looked_at", "touched", "state", "finished_at"])
    return {"looked_at": looked, "touched": touched}
