"""Rows → the facts that a policy is computed on, for one party: its released lines, its costs, what it got before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q

from youju.foundation.kernel.context import acting
from youju.foundation.policies import law_on
from youju.funds.subsidies.models import Application, CostLine
from youju.rules.funds.claims.lifecycle import DECIDED, UNDER_WAY
from youju.rules.funds.subsidies.facts import CostFact, ExportFact, OtherAward, PartyFacts
from youju.rules.funds.subsidies.shapes import Increment, Window
from youju.rules.funds.subsidies.texts import PolicyText
from youju.rules.law import table
from youju.rules.trade.parties.lifecycle import SUSPENDED
from youju.trade.declarations.selectors import ExportedLine, exported_lines, first_exported
from youju.trade.parties.selectors.applicants import Applicant

_TEU = Decimal("0.000001")
_OF_MERCHANT, _OF_AGENT = frozenset({"merchant", "manufacturer"}), frozenset({"agent"})


@dataclass(frozen=True, slots=True)
class Ground:
    """What a party is computed on under a policy: the facts, and the lines behind them by part (``window``, ``base``)."""

    facts: PartyFacts
    window: tuple[ExportedLine, ...]
    base: tuple[ExportedLine, ...]
    teu: dict[int, Decimal]

    @property
    def hash(self) -> str:
        """sha256 over every fact, in hex: equal where nothing that counts has changed."""
        return hashlib.sha256(repr(self.facts).encode()).hexdigest()


class Reading:
    """The released lines of one party, read once for all the policies that ask for days of one span; use within one request."""

    def __init__(self, party_id: int, span: Window | None = None) -> None:
        self._party_id, self._span = party_id, span
        self._lines: dict[tuple[str, ...], tuple[ExportedLine, ...]] = {}
        self._first: dict[tuple[str, ...], date | None] = {}

    @classmethod
    def for_policies(cls, party_id: int, policies: Iterable[PolicyText]) -> Reading:
        """One that spans the windows and the base periods of these policies."""
        windows = [each for policy in policies for each in (policy.window, *_bases(policy))]
        if not windows:
            return cls(party_id)
        return cls(party_id, Window(min(each.start for each in windows), max(each.end for each in windows)))

    def lines(self, sides: tuple[str, ...], window: Window) -> tuple[ExportedLine, ...]:
        """The lines of a window. At most one reading for each choice of sides."""
        if not sides:
            return ()
        span = self._span
        if span is None or window.start < span.start or window.end > span.end:
            return self._read(sides, window)
        if sides not in self._lines:
            self._lines[sides] = self._read(sides, span)
        return tuple(line for line in self._lines[sides] if window.covers(line.day))

    def first(self, sides: tuple[str, ...]) -> date | None:
        """The day of the first released line ever."""
        if sides and sides not in self._first:
            self._first[sides] = first_exported(party_id=self._party_id, sides=sides)
        return self._first.get(sides)

    def _read(self, sides: tuple[str, ...], window: Window) -> tuple[ExportedLine, ...]:
        return exported_lines(party_id=self._party_id, sides=sides, since=window.start, until=window.end)


def sides_of(policy: PolicyText, roles: Iterable[str]) -> tuple[str, ...]:
    """On which sides of a declaration the party's exports count: those of its roles that the policy names."""
    fitting = frozenset(roles) & frozenset(policy.eligible.roles)
    sides = []
    if fitting & _OF_MERCHANT:
        sides.append("merchant")
    if fitting & _OF_AGENT:
        sides.append("agent")
    return tuple(sides)


def ground_of(
    policy: PolicyText,
    party: Applicant,
    *,
    costs: Iterable[CostLine] = (),
    evidence: frozenset[str] | None = None,
    judged_on: date | None = None,
    reading: Reading | None = None,
) -> Ground:
    """The facts of a party in the asker's reach.

    All of the party's own records count, whoever asks: an amount must not depend on how far its reader reaches, so the reach
    is widened here, for the records of this one party alone.
    """
    read = reading or Reading(party.pk)
    with acting(reads="all"):
        sides = sides_of(policy, party.roles)
        window = read.lines(sides, policy.window)
        earlier = {line.source: line for each in _bases(policy) for line in read.lines(sides, each)}
        base = tuple(earlier.values())
        first = read.first(sides)
        others = _others(party.pk, policy)
    kinds = table(law_on(policy.window.start), "trade.packing.container_teu")
    teu = {
        line.source: (line.share * Decimal(str(kinds.get(line.container_kind, "0")))).quantize(
            _TEU, ROUND_HALF_UP
        )
        for line in window
    }
    facts = PartyFacts(
        party=party.number or str(party.pk),
        roles=frozenset(party.roles),
        filed_on=party.filed_on,
        valid_until=party.valid_to,
        exports=tuple(_export(line, teu[line.source]) for line in window),
        base_exports=tuple(_export(line, Decimal(0)) for line in base),
        costs=tuple(CostFact(each.invoice, each.kind, each.paid_on, each.amount) for each in costs),
        first_export_on=first,
        other_awards=others,
        judged_on=judged_on,
        suspended=party.state == SUSPENDED,
        evidence=evidence,
        name=party.name,
    )
    return Ground(facts, window, base, teu)


def _bases(policy: PolicyText) -> tuple[Window, ...]:
    """The base periods of the policy's clauses, each once."""
    found: list[Window] = []
    for clause in policy.clauses:
        if isinstance(clause.shape, Increment) and clause.shape.base not in found:
            found.append(clause.shape.base)
    return tuple(found)


def _export(line: ExportedLine, teu: Decimal) -> ExportFact:
    return ExportFact(
        key=f"{line.declaration}/{line.g_no}#{line.source}",
        day=line.day,
        value_usd=line.usd,
        teu=teu,
        partner=line.partner,
        product=line.product,
        declaration=line.declaration,
        # As in the back-test: nobody tells us of collections and exemptions yet, and they are taken as done.
        collected=True,
        exempted=True,
    )


def _others(party_id: int, policy: PolicyText) -> tuple[OtherAward, ...]:
    """What the party asked for under the policies that exclude this one: what was awarded, else what was computed."""
    rows = (
        Application.objects.filter(
            Q(state__in=UNDER_WAY) | Q(state__in=DECIDED),
            party_id=party_id,
            policy_code__in=policy.stacking.against,
        )
        .select_related("award")
        .order_by("pk")
    )
    found = []
    for row in rows:
        award = getattr(row, "award", None)
        found.append(
            OtherAward(
                row.policy_code,
                award.amount if award else row.amount,
                award.decided_on if award else None,
                row.policy_title,
            )
        )
    return tuple(found)
