"""Reads of decisions: one with its articles, a good's latest, what waits for an officer, what was refused by which rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from youju.foundation.identity.permissions import allowed
from youju.foundation.policies import Source, load, policy_hash
from youju.rules.registry import REGISTRY
from youju.rules.trade.goods.lifecycle import STATE_NAMES, STEP_NAMES, WAITS, WITHDRAWN
from youju.rules.trade.goods.recognising import OUTCOMES
from youju.trade.goods import permissions
from youju.trade.goods.models import Decision, Good

NUL = "\0"


@dataclass(frozen=True, slots=True)
class Said:
    """A finding with the article that it stands on; ``verified``: the article was read in the text itself."""

    rule: str
    title: str
    severity: str
    message: str
    suggestion: str
    article: str
    source: str
    source_id: str
    verified: bool


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """A decision as a page shows it. ``latest``: the good's newest; ``fresh``: the good was not changed since."""

    decision: Decision
    good: Good
    said: tuple[Said, ...]
    state_label: str
    outcome_label: str
    step_label: str
    latest: bool
    fresh: bool
    law_changed: bool

    @property
    def hard(self) -> tuple[Said, ...]:
        """What it was refused by."""
        return tuple(each for each in self.said if each.severity == "error")

    @property
    def may_be_explained(self) -> bool:
        """Whether an explanation would move it on."""
        return (
            self.latest
            and self.fresh
            and self.decision.outcome == "explain"
            and self.decision.step in {"rules", "rejected"}
        )

    @property
    def waits(self) -> bool:
        """Whether an explanation waits for an officer."""
        return self.latest and self.fresh and self.decision.step == WAITS


def good_of(number: str) -> Good | None:
    """The good with the number, where the actor reaches it."""
    return Good.objects.filter(number=number.replace(NUL, "")).first()


def decision_page(pk: int) -> DecisionPage | None:
    """The decision with the key, where the actor reaches its good."""
    found = Decision.objects.filter(pk=pk).select_related("good", "tariff").first()
    return _page(found) if found else None


def latest_page(number: str) -> DecisionPage | None:
    """The latest decision of the good with the number."""
    wanted = Decision.objects.filter(good__number=number.replace(NUL, ""))
    found = wanted.select_related("good", "tariff").order_by("-decided_at", "-pk").first()
    return _page(found) if found else None


def decisions_of(number: str) -> QuerySet[Decision]:
    """Every decision of a good, newest first, without its facts."""
    return (
        Decision.objects.filter(good__number=number.replace(NUL, "")).defer("facts").select_related("tariff")
    )


def _page(decision: Decision) -> DecisionPage:
    good = decision.good
    newer = Decision.objects.filter(good=good).order_by("-decided_at", "-pk").values_list("pk", flat=True)
    return DecisionPage(
        decision=decision,
        good=good,
        said=tuple(said(each, decision.as_of) for each in decision.findings),
        state_label=STATE_NAMES[good.state],
        outcome_label=OUTCOMES[decision.outcome],
        step_label=STEP_NAMES[decision.step],
        latest=newer.first() == decision.pk,
        fresh=good.revision == decision.good_revision,
        law_changed=decision.policy_hash != policy_hash(),
    )


def said(finding: Mapping[str, Any], day: date) -> Said:
    """A stored finding with the article of its rule, in the version of a day."""
    rule = str(finding["rule"])
    title, basis = rule_basis(rule, day)
    known = load()
    source = known.sources.get(basis.partition("#")[0])
    cited = known.cited(basis) or source
    return Said(
        rule=rule,
        title=title,
        severity=str(finding["severity"]),
        message=str(finding["message"]),
        suggestion=str(finding["suggestion"]),
        article=cited.read if cited else "",
        source=_titled(source) if source else basis,
        source_id=source.id if source else "",
        verified=bool(cited and cited.verified),
    )


def rule_basis(rule: str, day: date) -> tuple[str, str]:
    """Title and basis of a rule in the version of a day, or its newest; its id where this program no longer knows it."""
    if rule not in REGISTRY:
        return rule, ""
    versions = REGISTRY.versions(rule)
    found = next((each for each in versions if each.covers(day)), versions[-1])
    return found.title, found.basis


def _titled(source: Source) -> str:
    return source.title if source.kind == "house" else f"《{source.title}》（{source.number}）"


def waiting(*, text: str = "") -> QuerySet[Decision]:
    """Explanations that wait for an officer, oldest first: the latest decision of a good that was not changed since."""
    newest = Decision.objects.filter(good=OuterRef("good")).order_by("-decided_at", "-pk").values("pk")[:1]
    found = (
        Decision.objects.filter(step=WAITS, good_revision=F("good__revision"), pk=Subquery(newest))
        .exclude(good__state=WITHDRAWN)
        .defer("facts")
        .select_related("good")
        .annotate(party_name=F("good__party__name"))
        .order_by("decided_at", "pk")
    )
    for word in text.replace(NUL, "").split():
        found = found.filter(
            Q(good__name__icontains=word) | Q(good__number__icontains=word) | Q(party_name__icontains=word)
        )
    return found


def goods_to_recognise(*, state: str = "", text: str = "", rule: str = "") -> QuerySet[Good]:
    """Goods in the actor's reach with what was said last: ``rule_ids``, ``outcome``, ``step``, ``as_of``, ``party_name``."""
    newest = Decision.objects.filter(good=OuterRef("pk")).order_by("-decided_at", "-pk")
    found = Good.objects.exclude(state=WITHDRAWN).annotate(
        last_rules=Subquery(newest.values("rule_ids")[:1]),
        last_step=Subquery(newest.values("step")[:1]),
        last_outcome=Subquery(newest.values("outcome")[:1]),
        last_day=Subquery(newest.values("as_of")[:1]),
        party_name=F("party__name"),
    )
    if state:
        found = found.filter(state=state)
    if rule:
        found = found.filter(Q(last_rules__contains=[rule.replace(NUL, "")[:12]]))
    for word in text.replace(NUL, "").split():
        found = found.filter(
            Q(name__icontains=word) | Q(number__icontains=word) | Q(hs_code__startswith=word)
        )
    return found.order_by("-changed_at", "-pk")


def state_counts() -> dict[str, int]:
    """How many goods in the actor's reach stand in each state; every state is named."""
    counted = Good.objects.order_by().values_list("state").annotate(count=Count("pk"))
    found = dict(counted)
    return {state: found.get(state, 0) for state in STATE_NAMES}


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How many goods a rule refuses, and of how many it wants an explanation, by their latest decisions."""

    rule: str
    title: str
    refused: int
    explain: int


_BY_RULE = """
WITH latest AS (
  SELECT DISTINCT ON (d.good_id) d.findings FROM goods_decision d JOIN goods_good g ON g.id = d.good_id
  WHERE g.state <> 'withdrawn' ORDER BY d.good_id, d.decided_at DESC, d.id DESC)
SELECT f->>'rule', count(*) FILTER (WHERE f->>'severity' = 'error'), count(*) FILTER (WHERE f->>'severity' = 'warning')
FROM latest, jsonb_array_elements(latest.findings) f WHERE f->>'severity' IN ('error', 'warning')
GROUP BY 1 ORDER BY 2 DESC, 3 DESC, 1
"""


def refusals_by_rule(day: date) -> list[RuleCount]:
    """The rules that speak against goods now, those that refuse most first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_RULE)
        rows = cursor.fetchall()
    return [RuleCount(rule, rule_basis(rule, day)[0], refused, explain) for rule, refused, explain in rows]


@dataclass(frozen=True, slots=True)
class GoodCard:
    """What the page of a good needs about recognition (``goods/_decision.html``)."""

    good: Good
    page: DecisionPage | None
    state_label: str
    earlier: int
    may_recognise: bool
    may_judge: bool


def good_card(good: Good, user: Any) -> GoodCard:
    """The card of a good for a user."""
    page = latest_page(good.number)
    earlier = Decision.objects.filter(good=good).count() - 1 if page else 0
    own = page is not None and user.username in {page.decision.explained_by, good.created_by}
    return GoodCard(
        good=good,
        page=page,
        state_label=STATE_NAMES[good.state],
        earlier=max(0, earlier),
        may_recognise=good.state != WITHDRAWN and allowed(user, permissions.EDIT),
        may_judge=page is not None and page.waits and not own and allowed(user, permissions.RECOGNISE),
    )
