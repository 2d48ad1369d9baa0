"""What an enterprise could get (我能享受什么): each policy in force computed on its own records as they are now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.funds.subsidies import permissions
from youju.funds.subsidies.claim_facts import Reading, ground_of
from youju.funds.subsidies.models import Application
from youju.funds.subsidies.selectors import texts
from youju.funds.subsidies.selectors.claims import label_of
from youju.funds.subsidies.selectors.texts import Issued
from youju.rules.findings import Finding, stopping
from youju.rules.funds.claims.lifecycle import REFUSED, STRUCK, WITHDRAWN
from youju.rules.funds.subsidies.computing import Computation, compute
from youju.rules.funds.subsidies.saying import days, of_shape
from youju.rules.funds.subsidies.shapes import CostShare
from youju.trade.parties.selectors.applicants import Applicant, own_applicants

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_ROLE = "SUB-001"


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A policy for a party: what it gives now (CNY), what keeps it back, the application that is there already."""

    policy: Issued
    party: Applicant
    computation: Computation
    claim: Application | None
    open_now: bool

    @property
    def window(self) -> str:
        """The policy's window by its first and last day."""
        return days(self.policy.text.window)

    @property
    def filing(self) -> str:
        """The days of applying."""
        return days(self.policy.text.filing)

    @property
    def clauses(self) -> list[tuple[str, str]]:
        """Each clause by title and what it gives."""
        return [(clause.title, of_shape(clause.shape)) for clause in self.policy.text.clauses]

    @property
    def by_costs(self) -> bool:
        """Whether it pays costs, which nobody knows before invoices are brought."""
        return any(isinstance(clause.shape, CostShare) for clause in self.policy.text.clauses)

    @property
    def fits(self) -> bool:
        """Whether the party is one whom the policy is for."""
        return all(each.rule != _ROLE for each in self.computation.missing)

    @property
    def errors(self) -> list[Finding]:
        """What keeps the party from it wholly."""
        return stopping(self.computation.missing)

    @property
    def claim_label(self) -> str:
        """The state of the application in Chinese; empty without one."""
        return label_of(self.claim) if self.claim else ""

    @property
    def may_begin(self) -> bool:
        """Whether the button to apply makes sense: open, fitting, nothing asked for yet, something to get or costs to bring."""
        return (
            self.open_now
            and self.fits
            and self.claim is None
            and (self.computation.potential > 0 or self.by_costs)
        )


def entitlements(actor: User) -> list[Entitlement]:
    """Every policy in force for each of the organisation's own filings: the best first, those for others last.

    Raises:
        PermissionDenied: the actor may not apply.
    """
    require(actor, permissions.APPLY)
    today, parties = timezone.localdate(), own_applicants(actor)
    gone = (WITHDRAWN, REFUSED, STRUCK)
    rows = Application.objects.filter(party_id__in=[each.pk for each in parties]).exclude(state__in=gone)
    there = {(row.party_id, row.policy_code): row for row in rows}
    found = []
    policies = texts.issued()
    readings = {
        party.pk: Reading.for_policies(party.pk, [policy.text for policy in policies]) for party in parties
    }
    for policy in policies:
        for party in parties:
            ground = ground_of(policy.text, party, judged_on=today, reading=readings[party.pk])
            found.append(
                Entitlement(
                    policy,
                    party,
                    compute(policy.text, ground.facts),
                    there.get((party.pk, policy.code)),
                    policy.takes_on(today),
                )
            )
    return sorted(
        found,
        key=lambda each: (not each.fits, not each.open_now, -each.computation.potential, each.policy.code),
    )
