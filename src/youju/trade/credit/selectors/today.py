"""A party's score on any day, reckoned now from the records; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.identity.permissions import allowed
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.trade.credit.policy import CreditPolicy, PolicyFaultError, policy_of
from youju.rules.trade.credit.scoring import Score as Scored
from youju.rules.trade.credit.scoring import score
from youju.trade.credit import permissions
from youju.trade.credit.selectors.evidence import counting, evidence, set_aside
from youju.trade.credit.selectors.scores import require_any
from youju.trade.parties.selectors import ScoredParty, parties_by_code, scored_parties

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class ScoredToday:
    """A party and its score on a day, with the policy that counted and what decisions had set aside."""

    party: ScoredParty
    score: Scored
    policy: CreditPolicy
    aside: tuple[str, ...]


def scored_on(day: date, *, party_id: int = 0, number: str = "", actor: User | None = None) -> ScoredToday:
    """The score of one party on a day.

    Args:
        day: today or before.
        party_id, number: the party by key, or by filing number or credit code.
        actor: who asks; at the machine nobody.

    Raises:
        PermissionDenied: the actor sees no credit at all.
        InputError: no such party that is scored on the day (404), a day to come, no policy.
    """
    if actor is not None:
        require_any(actor, permissions.VIEW, permissions.OWN)
    if day > timezone.localdate():
        raise InputError(f"{day} 还没有到", where="日期", how="请写今天或以前的日子")
    code = number.replace("\0", "").strip()
    wanted = party_id or parties_by_code([code]).get(code, 0)
    party = next(scored_parties(day, [wanted]), None) if 0 < wanted < 2**63 else None
    mine = party is not None and (actor is None or _sees(actor, party))
    if party is None or not mine:
        raise InputError(
            f"{day} 没有参加信用评价的主体“{(number or str(party_id))[:40]}”", how="请核对备案号", status=404
        )
    try:
        policy = policy_of(law_on(day))
    except (KeyError, PolicyFaultError) as error:
        raise InputError(f"{day} 没有生效的信用评价办法", how="请核对 policies/trade/credit/") from error
    aside = set_aside(timezone.now(), [party.id]).get(party.id, frozenset())
    told = evidence(policy, day, [party.id]).get(party.id, [])
    return ScoredToday(party, score(counting(told, aside), policy, day), policy, tuple(sorted(aside)))


def _sees(actor: User, party: ScoredParty) -> bool:
    """Its own, or the centre's reach: an agent sees its principals, not how they are scored."""
    return allowed(actor, permissions.VIEW) or party.organisation_id == actor.organisation_id
