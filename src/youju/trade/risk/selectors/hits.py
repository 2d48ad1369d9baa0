"""Hits: the list, one of them with its evidence, what a party sees of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import allowed, require
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.rules.registry import REGISTRY
from youju.rules.trade.risk.judging import titles
from youju.rules.trade.risk.lifecycle import APPEALED, ASKED, ASSIGNED, DISPOSED, FOUND
from youju.trade.parties.selectors.handling import handled
from youju.trade.risk import permissions
from youju.trade.risk.models import Hit, Lane
from youju.trade.risk.selectors.officers import officers

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_SHOWN = ("rule", "subject", "period", "day", "party_id", "message", "stake", "points", "state", "conclusion",
          "assigned_to", "opened_at", "disposed_at", "found_at", "sections", "revision")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row of the evidence: what record, which line of it, and its figures (dollars, kilograms, the row's own unit)."""

    kind: str
    key: str
    line: int | None
    day: str
    quantity: str
    usd: str
    kg: str
    usd_per_kg: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class HitPage:
    """One hit: its rule, figures by name, evidence, lanes of the declarations in it, what the asker may do."""

    row: Hit
    title: str
    sentence: str
    party: tuple[int, str, str] | None
    figures: Mapping[str, Any]
    evidence: Sequence[Evidence]
    lanes: Sequence[Lane]
    officers: Sequence[tuple[str, str]]
    own: bool
    may: Mapping[str, bool]
    last_day: date | None


def hits(
    *,
    actor: User,
    rule: str = "",
    state: str = "",
    conclusion: str = "",
    text: str = "",
    place: str = "",
    since: date | None = None,
    until: date | None = None,
    mine: bool = False,
) -> QuerySet[Hit]:
    """Hits, unsorted, in the asker's reach.

    Args:
        actor: who asks.
        rule: its id.
        state: a state's code; ``open`` for all in which somebody has to act.
        conclusion: a conclusion's code.
        text: words that the message must contain.
        place: a record's number that the evidence must name.
        since, until: first and last day of the business.
        mine: only those assigned to the asker.

    Raises:
        PermissionDenied: the actor does not see hits.
    """
    require(actor, permissions.VIEW)
    rows = Hit.objects.only(*_SHOWN)
    if rule:
        rows = rows.filter(rule=rule)
    if state:
        rows = (
            rows.filter(state__in=(FOUND, ASSIGNED, ASKED, APPEALED))
            if state == "open"
            else rows.filter(state=state)
        )
    if conclusion:
        rows = rows.filter(conclusion=conclusion)
    if place := place.replace("\0", "").strip():
        kinds = ("order", "declaration", "packing", "claim")
        rows = rows.filter(places__overlap=[f"{kind}:{place}" for kind in kinds])
    if since:
        rows = rows.filter(day__gte=since)
    if until:
        rows = rows.filter(day__lte=until)
    if mine:
        rows = rows.filter(assigned_to=actor.username)
    for word in text.replace("\0", "").split():
        rows = rows.filter(message__icontains=word)
    return rows


def own_hits(*, actor: User) -> QuerySet[Hit]:
    """The hits that were opened to the asker's own organisation, unsorted.

    Raises:
        PermissionDenied: the actor answers for no party.
    """
    require(actor, permissions.APPEAL)
    return Hit.objects.only(*_SHOWN).filter(
        opened_at__isnull=False, organisations__contains=[actor.organisation_id or 0]
    )


def hits_about(*, actor: User, places: Iterable[str]) -> list[Hit]:
    """Hits that name one of these records (``order:T…``), the newest first. One query; none for who sees no hits."""
    if not allowed(actor, permissions.VIEW):
        return []
    return list(Hit.objects.only(*_SHOWN).filter(places__overlap=sorted(places)).order_by("-pk"))


def hit_page(*, actor: User, hit: int) -> HitPage | None:
    """One hit; ``None`` where there is none in the asker's reach.

    Raises:
        PermissionDenied: the actor neither sees hits nor is of the party.
    """
    sees = allowed(actor, permissions.VIEW)
    if not sees and not allowed(actor, permissions.APPEAL):
        raise PermissionDenied("您的账号不能看风险预警。")
    row = Hit.objects.filter(pk=hit).first()
    if row is None:
        return None
    own = row.opened_at is not None and actor.organisation_id in row.organisations
    if not sees and not own:
        return None
    version = REGISTRY.versions(row.rule)[-1]
    named = handled([row.party_id or 0, *_parties(row)])
    party = named.get(row.party_id or 0)
    numbers = [each.removeprefix("declaration:") for each in row.places if each.startswith("declaration:")]
    days = whole(law_on(timezone.localdate()), "trade.risk.appeal_days")
    return HitPage(
        row,
        version.title,
        version.sentence,
        (party.id, party.number, party.name) if party else None,
        row.figures if sees else {},
        [
            _evidence(each, {key: value.name for key, value in named.items()})
            for each in row.evidence
            if sees or _open(each)
        ],
        list(Lane.objects.filter(number__in=numbers)) if sees else [],
        [(each.username, each.display_name) for each in officers(actor)]
        if allowed(actor, permissions.ASSIGN)
        else [],
        own,
        _may(actor, row, own=own),
        timezone.localdate(row.disposed_at) + timedelta(days=days) if row.disposed_at else None,
    )


def rule_choices() -> list[tuple[str, str]]:
    """The rules for a filter."""
    return [(rule, f"{rule} {title}") for rule, title in titles().items()]


def _may(actor: User, row: Hit, *, own: bool) -> dict[str, bool]:
    disposes, answers = allowed(actor, permissions.DISPOSE), own and allowed(actor, permissions.APPEAL)
    return {
        "assign": allowed(actor, permissions.ASSIGN) and row.state in {FOUND, ASSIGNED},
        "ask": disposes and row.state == ASSIGNED and bool(row.organisations),
        "dispose": disposes and row.state in {ASSIGNED, ASKED},
        "answer": answers and row.state == ASKED,
        "appeal": answers and row.state == DISPOSED,
        "decide": allowed(actor, permissions.DECIDE) and row.state == APPEALED,
    }


def _parties(row: Hit) -> list[int]:
    return [
        int(each["key"]) for each in row.evidence if each["kind"] == "party" and str(each["key"]).isdecimal()
    ]


def _open(each: Mapping[str, Any]) -> bool:
    """A party sees its own orders and declarations, not who else is named."""
    return each["kind"] in {"order", "declaration", "claim"}


def _evidence(each: Mapping[str, Any], names: Mapping[int, str]) -> Evidence:
    usd, kg, quantity = each.get("usd"), each.get("kg"), each.get("quantity")
    name = names.get(int(each["key"]), "") if each["kind"] == "party" and str(each["key"]).isdecimal() else ""
    return Evidence(
        each["kind"],
        str(each["key"]),
        each.get("line"),
        each.get("day", ""),
        f"{quantity:,.10g} {each.get('unit', '')}".strip() if quantity is not None else "",
        _two(usd),
        f"{kg:,.10g}" if kg is not None else "",
        _two(usd / kg) if usd is not None and kg else "",
        name,
    )


def _two(value: float | Decimal | None) -> str:
    return f"{value:,.2f}" if value is not None else ""


def waiting(*, actor: User) -> int:
    """How many hits wait for the asker: assigned to the asker, or open and unassigned for who assigns. One query at most."""
    wanted = Q()
    if allowed(actor, permissions.ASSIGN):
        wanted |= Q(state=FOUND)
    if allowed(actor, permissions.DISPOSE):
        wanted |= Q(state__in=(ASSIGNED, ASKED), assigned_to=actor.username)
    return Hit.objects.filter(wanted).count() if wanted else 0
