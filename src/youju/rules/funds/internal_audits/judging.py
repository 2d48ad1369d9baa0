"""All rules of internal supervision over one finding, sample or planned project; ageing of what is open."""

from __future__ import annotations

from datetime import date

from youju.rules.findings import Finding
from youju.rules.funds.internal_audits import checks
from youju.rules.funds.internal_audits.checks import LawOf
from youju.rules.funds.internal_audits.facts import FindingFacts, ItemFacts, SampleFacts
from youju.rules.law import table
from youju.rules.registry import REGISTRY

PREFIX = "IAU-"
__all__ = ["age_class", "age_labels", "checks", "judge", "judge_item", "judge_sample"]


def judge(finding: FindingFacts, law: LawOf) -> list[Finding]:
    """What every rule in force on the day says of a finding, by id."""
    return _said(finding, finding.day, "audit_finding", law)


def judge_sample(sample: SampleFacts, law: LawOf) -> list[Finding]:
    """What is said of a sample."""
    return _said(sample, sample.day, "audit_sample", law)


def judge_item(item: ItemFacts, law: LawOf) -> list[Finding]:
    """What is said of a planned project."""
    return _said(item, item.day, "audit_plan", law)


def age_class(found_on: date, today: date, law: LawOf) -> int:
    """The class of an open finding by the days since it was found: its place in ``age_labels``."""
    days, lasts = (today - found_on).days, _lasts(law)
    return next((place for place, last in enumerate(lasts) if days <= last), len(lasts))


def age_labels(law: LawOf) -> tuple[str, ...]:
    """The classes in words, the youngest first."""
    lasts = _lasts(law)
    firsts = (0, *(last + 1 for last in lasts))
    words = [f"{first}—{last} 天" for first, last in zip(firsts, lasts, strict=False)]
    return (*words, f"{lasts[-1]} 天以上")


def _lasts(law: LawOf) -> tuple[int, ...]:
    """Last day of each class but the last, in days since a finding was found."""
    limits = table(law, "funds.internal_audits.age_days")["limits"]
    return tuple(int(str(each)) for each in limits)  # type: ignore[union-attr]


def _said(facts: object, day: date, scope: str, law: LawOf) -> list[Finding]:
    return REGISTRY.judge(facts, law, day=day, scope=scope, prefix=PREFIX)
