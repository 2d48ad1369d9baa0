"""The demo year's applications, lists and awards of 2023: computed by the real rules on the demo's declarations, dated in 2024.

Told in ``demo/funds/claims.yaml``: which policies, who applies, how far each came, what is wrong on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.selectors import organisation_codes
from youju.foundation.kernel.chance import Chance
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.walks import Walk, next_moment, office_hour, working_day
from youju.funds.subsidies.claim_facts import Ground, ground_of
from youju.funds.subsidies.demo import claim_rows, claim_tables
from youju.funds.subsidies.demo.awarding import RETURNED_BECAUSE
from youju.funds.subsidies.demo.claim_events import DEMO_KIND, DEMO_LOADED
from youju.funds.subsidies.models import Application
from youju.funds.subsidies.selectors.texts import Issued, issued
from youju.rules.funds.claims.lifecycle import CLAIM_FLOW, DECIDED
from youju.rules.funds.subsidies.computing import Computation, compute
from youju.rules.funds.subsidies.facts import CostFact
from youju.trade.declarations.selectors.exported import top_exporters
from youju.trade.parties.selectors.applicants import Applicant, applicants_in_role

SEED = 2023
STAFF, FINANCE, HEAD = ("demo-stf", "陈立"), ("demo-fin", "王芳"), ("demo-hed", "李建国")
BANK = ("", "银行回单")
AWARDED_STEPS = ("certify", "submit", "accept", "pass", "confirm", "list", "publicise", "award")
WAYS: dict[str, tuple[str, ...]] = {
    "submitted": ("certify", "submit"),
    "reviewing": ("certify", "submit", "accept"),
    "returned": ("certify", "submit", "accept", "return"),
    "rechecking": ("certify", "submit", "accept", "pass"),
    "passed": ("certify", "submit", "accept", "pass", "confirm"),
    "publicised": AWARDED_STEPS[:-1],
    "awarded": AWARDED_STEPS,
}
_DAYS = {"certify": 0, "submit": 0, "accept": 2, "pass": 5, "return": 3, "confirm": 3, "list": 4}


@dataclass(slots=True)
class MadeClaim:
    """An application to be written, with what it was computed on."""

    number: str
    policy: Issued
    party: Applicant
    ground: Ground
    computed: Computation
    costs: list[dict[str, Any]]
    walk: Walk
    account: str
    planted: bool
    moments: dict[str, datetime] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.walk.state

    @property
    def clerk(self) -> tuple[str, str]:
        """Who filled it in."""
        return f"qy-{self.party.pk}", "经办人"


def load() -> bool:
    """Load them once; whether anything was loaded. Without the demo's declarations and policies there is nothing to compute."""
    with reaching_all(), transaction.atomic():
        if Application.objects.filter(is_demo=True).exists():
            return False
        known = {each.code: each for each in issued()}
        claims: list[MadeClaim] = []
        rounds: list[tuple[dict[str, Any], list[MadeClaim]]] = []
        for told in claim_tables.rounds():
            policy = known.get(told["policy"])
            if policy is not None:
                made = _round(policy, told, len(claims))
                claims += made
                rounds.append((told, made))
        if not claims:
            return False
        claim_rows.write(claims)
        for told, made in rounds:
            listed = [each for each in made if each.state in (*DECIDED, "publicised")]
            if listed:
                claim_rows.write_round(told, listed)
        record(
            DEMO_LOADED,
            Subject(DEMO_KIND, "2023", "示例年度的补贴申请"),
            None,
            {"applications": len(claims), "seed": SEED},
        )
    return True


def _round(policy: Issued, told: dict[str, Any], before: int) -> list[MadeClaim]:
    """The applications under a policy, as many as are told and find something to get."""
    parties = _parties(policy, told)
    made: list[MadeClaim] = []
    wanted = [state for state, count in told["states"].items() for _ in range(count)]
    for party in parties:
        if len(made) == len(wanted):
            break
        place = before + len(made) + 1
        costs = _costs(policy, told, party)
        facts = [CostFact(each["invoice"], each["kind"], each["paid_on"], each["amount"]) for each in costs]
        ground = ground_of(policy.text, party, costs=claim_rows.cost_lines(facts), judged_on=told["day"])
        computed = compute(policy.text, ground.facts)
        if computed.total <= 0:
            continue
        chance = Chance(SEED, "claims", place)
        bounced = told.get("bank_return") == len(made) + 1
        walk, moments = _way(party, wanted[len(made)], told, chance, bounced=bounced)
        shared = bool(told.get("same_account")) and len(made) in (0, 1)
        account = f"62220202{(0 if shared else party.pk):011d}"
        made.append(
            MadeClaim(
                f"BT2024-{place:05d}", policy, party, ground, computed, costs, walk, account, shared, moments
            )
        )
    return made


def _parties(policy: Issued, told: dict[str, Any]) -> list[Applicant]:
    """Who may apply: of the forty largest exporters the smaller ones first, whose applications are read in a minute."""
    roles, window = policy.text.eligible.roles, policy.text.window
    if told["by"] == "role":
        return applicants_in_role(roles[0], limit=40)
    ids = top_exporters(side=told["by"], since=window.start, until=window.end, limit=40)
    found = {each.pk: each for each in applicants_in_role(told["by"], ids=ids)}
    return [found[key] for key in reversed(ids) if key in found]


def _costs(policy: Issued, told: dict[str, Any], party: Applicant) -> list[dict[str, Any]]:
    chance, found = Chance(SEED, "claims.costs", party.pk), []
    for kind, low, high in told.get("costs", ()):
        day = policy.text.window.start + timedelta(days=chance.between(20, 330))
        found.append(
            {
                "kind": kind,
                "invoice": f"{chance.between(10**7, 10**8 - 1):020d}",
                "seller": "示例服务有限公司",
                "paid_on": day,
                "amount": Decimal(chance.between(low, high)).quantize(Decimal("0.01")),
            }
        )
    return found


def _way(
    party: Applicant, state: str, told: dict[str, Any], chance: Chance, *, bounced: bool
) -> tuple[Walk, dict[str, datetime]]:
    """The application's way, step by step on working days; a list is shown on one day for all."""
    clerk = (f"qy-{party.pk}", "经办人")
    signer = (f"qz-{party.pk}", "签署人")
    begun = office_hour(working_day(told["day"], chance.between(0, 2)), chance)
    codes = tuple(organisation_codes([party.organisation_id]).values()) if party.organisation_id else ()
    walk, moments = Walk(CLAIM_FLOW, clerk, begun), {"begun": begun}
    by = {"certify": signer, "submit": clerk, "confirm": FINANCE, "award": HEAD}
    shown = datetime.combine(told["shown_on"], begun.timetz()) if told.get("shown_on") else begun
    for step in WAYS[state]:
        if step == "publicise":
            at = shown
        elif step == "award":
            at = shown + timedelta(days=told["decided_after"])
        else:
            at = next_moment(walk.entered, _DAYS[step], chance)
        walk.take(step, by.get(step, STAFF), at, "请补盖公章后再提交" if step == "return" else "")
        moments[step] = at
    if state == "awarded" and "paid" in told:
        at = datetime.combine(told["paid"], begun.timetz())
        walk.take("bounce" if bounced else "pay", BANK, at, RETURNED_BECAUSE if bounced else "")
    if walk.state in ("returned", "bank_returned"):
        walk.waits_at = codes
    return walk, moments
