"""Reads of re-recognitions (复认) and trials: whom they touch, by merchant and by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from youju.foundation.policies import law_on, load, policy_hash
from youju.foundation.policies.reference import shown
from youju.rules.trade.goods.lifecycle import STATE_NAMES
from youju.rules.trade.goods.recognising import OUTCOMES, family_policies
from youju.rules.trade.goods.trying import as_typed
from youju.trade.goods.models import Campaign, CampaignGood, TariffVersion
from youju.trade.goods.selectors.decisions import NUL, rule_basis

CAMPAIGN_STATES = {
    "listing": "正在列出",
    "listed": "已列出，待确认",
    "deciding": "正在重新认定",
    "done": "已办完",
    "dropped": "已放弃",
    "failed": "已作废",
}
RESULTS = {
    "": "待办理",
    "decided": "已重新认定",
    "changed": "商品已变动，没有改",
    "differs": "结论与所列不同，没有改",
}

_TOP = 20


def campaign_words(campaign: Campaign) -> dict[str, str]:
    """What stands for before and after: states in a re-recognition, outcomes in a trial."""
    return OUTCOMES if campaign.trial else STATE_NAMES


@dataclass(frozen=True, slots=True)
class Change:
    """So many goods go from one word to another."""

    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """A re-recognition or trial as its page shows it.

    ``hidden``: goods that other sections handle and that the actor does not see; they are counted, not named.
    """

    campaign: Campaign
    state_label: str
    changes: tuple[Change, ...]
    rules: tuple[tuple[str, str, int], ...]
    merchants: tuple[tuple[str, int], ...]
    results: dict[str, int]
    hidden: int
    stale: bool
    values: tuple[tuple[str, str, str, str], ...]

    @property
    def handled(self) -> int:
        """How many listed goods are done with, whatever came of them."""
        return sum(count for name, count in self.results.items() if name)


def campaigns(*, trial: bool | None = None, text: str = "") -> QuerySet[Campaign]:
    """Every one that the actor reaches, newest first."""
    found = Campaign.objects.select_related("tariff").order_by("-created_at", "-pk")
    if trial is not None:
        found = found.filter(trial=trial)
    for word in text.replace(NUL, "").split():
        found = found.filter(Q(title__icontains=word) | Q(reason__icontains=word))
    return found


def campaign_page(pk: int) -> CampaignPage | None:
    """One of them, where the actor reaches it."""
    campaign = Campaign.objects.filter(pk=pk).select_related("tariff").first()
    if campaign is None:
        return None
    rows, words = CampaignGood.objects.filter(campaign=campaign).order_by(), campaign_words(campaign)
    changes = (
        rows.values_list("before", "after").annotate(count=Count("pk")).order_by("-count", "before", "after")
    )
    results = Counter(dict(rows.values_list("result").annotate(count=Count("pk"))))
    # The join asks the guard of goods: only those in reach come through it.
    seen = rows.filter(good__isnull=False).values_list("good__party__name").annotate(count=Count("pk"))
    merchants = [(str(name), int(count)) for name, count in seen.order_by("-count", "good__party__name")]
    return CampaignPage(
        campaign=campaign,
        state_label=CAMPAIGN_STATES[campaign.state],
        changes=tuple(Change(words.get(a, a), words.get(b, b), n) for a, b, n in changes),
        rules=tuple(_rules(campaign)),
        merchants=tuple(merchants[:_TOP]),
        results=dict(results),
        hidden=campaign.touched - sum(count for _, count in merchants),
        stale=campaign.policy_hash != policy_hash(),
        values=tuple(_values(campaign)),
    )


def campaign_goods(campaign: Campaign, *, rule: str = "", text: str = "") -> QuerySet[CampaignGood]:
    """The goods that it touches and the actor reaches, with ``party_name``."""
    found = (
        CampaignGood.objects.filter(campaign=campaign)
        .select_related("good")
        .annotate(party_name=F("good__party__name"))
        .order_by("good_id")
    )
    if rule:
        found = found.filter(rule_ids__contains=[rule.replace(NUL, "")[:12]])
    for word in text.replace(NUL, "").split():
        found = found.filter(
            Q(good__name__icontains=word) | Q(good__number__icontains=word) | Q(party_name__icontains=word)
        )
    return found


def _rules(campaign: Campaign) -> Sequence[tuple[str, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rule, count(*) FROM goods_campaigngood c, unnest(c.rule_ids) rule WHERE c.campaign_id = %s"
            " GROUP BY 1 ORDER BY 2 DESC, 1",
            [campaign.pk],
        )
        rows = cursor.fetchall()
    return [(rule, rule_basis(rule, campaign.as_of)[0], count) for rule, count in rows]


def _values(campaign: Campaign) -> list[tuple[str, str, str, str]]:
    """Id, label, value in force and value tried, in words."""
    found = []
    for name, value in campaign.overrides.items():
        policy = load().policies.get(name)
        dated = policy.on(campaign.as_of) if policy else None
        present = dated.value if dated else ""
        found.append((name, policy.label if policy else name, shown(present), _brief(value, present)))
    return found


def _brief(value: Any, present: Any) -> str:
    if isinstance(value, list) and isinstance(present, tuple):
        added, gone = [x for x in value if x not in present], [str(x) for x in present if x not in value]
        return "；".join(
            part
            for part in (
                f"加上 {'、'.join(added)}" if added else "",
                f"去掉 {'、'.join(gone)}" if gone else "",
            )
            if part
        )
    if isinstance(value, dict):
        return f"{len(value)} 项"
    return str(value)


@dataclass(frozen=True, slots=True)
class Choice:
    """A policy that may be tried: its value in force, as one would type it."""

    id: str
    label: str
    kind: str
    typed: str


def choices(day: date) -> list[Choice]:
    """Every policy of recognition with its value on a day, by label."""
    policies, law = load().policies, law_on(day)
    return sorted(
        (
            Choice(name, policies[name].label, policies[name].type, as_typed(law[name]))
            for name in family_policies()
        ),
        key=lambda each: each.label,
    )


def tariff_choices() -> list[tuple[str, str]]:
    """Tariff versions, newest first: key and name with first day."""
    return [
        (str(pk), f"{name}（{day.isoformat()} 起）")
        for pk, name, day in TariffVersion.objects.order_by("-valid_from").values_list(
            "pk", "name", "valid_from"
        )
    ]
