"""Rows, bindings and statements as the rules MSR-… look at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import cast

from django.utils import timezone

from youju.analytics.metrics import metrics
from youju.foundation.policies import law_on
from youju.performance.measures.models import Adjustment, Attestation, Binding
from youju.performance.measures.selectors.asking import terms_of
from youju.performance.measures.selectors.documents import Placed
from youju.performance.measures.selectors.values import Basis
from youju.rules.law import Law, Table, table
from youju.rules.performance.measures.degrees import converted, is_quantity, note_of, shown_unit
from youju.rules.performance.measures.facts import BindingFacts, SignedFacts
from youju.rules.performance.measures.lifecycle import IN_FORCE
from youju.rules.performance.measures.suggesting import Candidate, Offered, suggest
from youju.rules.performance.measures.tiers import readings

TIER_RATES = "performance.evaluation.mof_2020.tiers"


def offered() -> dict[str, Offered]:
    """The catalogue as the suggestion looks at it."""
    return {code: Offered(each.unit, frozenset(each.parameters)) for code, each in metrics().items()}


def suggestions(row: Placed, law: Law | None = None) -> list[Candidate]:
    """What a row might be bound to, best first."""
    return suggest(row.indicator, row.project, offered(), law or law_on(timezone.localdate()))


def place_of(row: Placed) -> str:
    """How a sentence names a row."""
    return f"第 {row.row} 行“{row.indicator.level3}”"


def binding_facts(
    row: Placed, binding: Binding | None, moment: str, *, actor: str = "", law: Law | None = None
) -> BindingFacts:
    """A row with its binding, saved or not yet; None: it has none."""
    day = timezone.localdate()
    law = law or law_on(day)
    indicator = row.indicator
    plain = BindingFacts(
        moment=moment,
        day=day,
        place=place_of(row),
        quantity=is_quantity(indicator),
        target=indicator.raw_value,
        actor=actor,
    )
    if binding is None:
        return replace(plain, bound=False, computed=False)
    codes = terms_of(binding.metric)
    known = [metrics()[code] for code in codes if code in metrics()]
    fits, note = True, ""
    if plain.quantity and known:
        target = indicator.value.unit
        fits = all(converted(Decimal(1), each.unit, target, law) is not None for each in known)
        note = note_of(known[0].unit, target, law) if fits else ""
    computed = binding.basis == Basis.COMPUTED
    best = suggestions(row, law) if not computed else []
    return replace(
        plain,
        computed=computed,
        metrics=tuple(codes),
        unknown=tuple(code for code in codes if code not in metrics()),
        units=tuple(dict.fromkeys(shown_unit(each.unit) for each in known)),
        fits=fits,
        unit_note=note,
        parameters=dict(binding.parameters),
        known=frozenset().union(*(each.parameters for each in known)),
        reading=binding.reading,
        readings=frozenset(readings(law)),
        suggested=best[0].metric if best else "",
        note=binding.note,
        confirmed_by=binding.confirmed_by,
    )


def signed_facts(
    row: Placed,
    said: Attestation | Adjustment,
    moment: str,
    *,
    actor: str = "",
    evidence: int = 0,
    attested_row: bool = True,
    changes: bool = True,
) -> SignedFacts:
    """A statement or an adjustment, saved or not yet."""
    return SignedFacts(
        moment=moment,
        day=timezone.localdate(),
        place=place_of(row),
        adjusts=isinstance(said, Adjustment),
        quantity=is_quantity(row.indicator),
        value=said.value,
        tier=said.tier,
        tier_rate=said.tier_rate,
        text=said.text,
        evidence=evidence or len(said.evidence),
        until=said.until,
        year=said.fiscal_year,
        signed_by=said.signed_by,
        attested_row=attested_row,
        changes=changes,
        signed_on=timezone.localtime(said.signed_at).date() if said.pk else None,
        countersigned=said.state == IN_FORCE,
        actor=actor,
        rates=_rates(timezone.localdate()),
    )


def _rates(day: date) -> Mapping[str, tuple[Decimal, Decimal]]:
    """Tier → the least rate and the one that it ends at."""
    rows = {code: cast("Table", row) for code, row in table(law_on(day), TIER_RATES).items()}
    return {
        code: (Decimal(str(row["from"])), Decimal(str(row.get("to", row.get("below")))))
        for code, row in rows.items()
    }
