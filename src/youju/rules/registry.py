"""The register of rules: an id, its dated versions, and what each stands on.

A rule is a pure function ``(facts, law) -> Finding | None | Iterable[Finding]``. Its declaration carries what
a reader needs to judge it; the first sentence of its docstring is the Chinese sentence shown to users. A
changed formula is a new function under the same id with a later ``since``; the old one gets ``until`` and
stays."""

from __future__ import annotations

import inspect
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias, TypeVar

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue

Outcome: TypeAlias = Finding | Iterable[Finding] | None
Check: TypeAlias = Callable[[Any, Mapping[str, PolicyValue]], Outcome]
C = TypeVar("C", bound=Check)

SCOPES = (
    *("row", "project", "document"),  # targets
    *("filing", "acting", "change", "merge", "tenancy"),  # parties
    *("good",),  # goods
    *("line", "order"),  # orders
    *("packing",),
    *("declaration", "plan"),
    "watch",  # statistics
    "risk",
    "claims",  # subsidies: two of them
    *("claim", "review", "award_list", "objection"),  # claims
    *("subsidy", "policy"),
    "payment",
    *("task", "dispute", "contract"),  # office
    "evaluation",
    *("self_evaluation", "recheck", "key_evaluation", "department_evaluation"),  # evaluation: its stages
    "survey",
    *("staff_line", "staff_month"),
    "base_record",
    "report_figure",  # report checks
    "release",  # disclosure
    *("asset", "asset_move", "disposal", "stocktake"),  # assets
    *("audit_finding", "audit_sample", "audit_plan"),  # internal audits
    *("event", "signup", "deal", "stage"),  # office: events
    *(
        "monitoring_round",
        "monitoring_project",
        "monitoring_row",
        "rectification",
        "suspension",
    ),  # monitoring
    *("target_audit", "audit_mark", "proposal_row"),  # proposals
    *("binding", "statement"),  # measures
    *("credit_appeal", "credit_repair", "credit_list", "credit_prepayment", "credit_policy"),  # credit
    *("exemption", "certificate", "consignor_report", "invoice"),  # exemptions
    *("receipt", "write_off", "write_off_line", "reservation", "refund"),  # settlement
)
_ID = re.compile(r"[A-Z]{3}-\d{3}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One dated version of a rule, in force on ``[since, until)``; ``parameters`` are policy ids."""

    id: str
    title: str
    sentence: str
    basis: str
    since: date
    until: date | None
    severity: Severity
    scope: str
    parameters: tuple[str, ...]
    check: Check

    def covers(self, day: date | None) -> bool:
        """Whether this version is in force on a day; without a day only the open-ended version is."""
        if day is None:
            return self.until is None
        return self.since <= day and (self.until is None or day < self.until)

    def findings(self, facts: object, law: Mapping[str, PolicyValue]) -> Sequence[Finding]:
        """Run the check and stamp rule and severity on what it says."""
        outcome = self.check(facts, law)
        if outcome is None:
            return ()
        said = (outcome,) if isinstance(outcome, Finding) else outcome
        return [replace(finding, rule=self.id, severity=self.severity) for finding in said]


class RuleConflictError(ValueError):
    """Two declarations claim one id for the same days, or a declaration is not well formed."""


class Registry:
    """All declared rules by id; each id holds its versions, oldest first."""

    def __init__(self) -> None:
        self._rules: dict[str, list[Rule]] = {}
        self._edges: list[date] = []
        self._found: dict[tuple[int | None, str, str], tuple[Rule, ...]] = {}

    def rule(
        self,
        id: str,
        *,
        title: str,
        basis: str,
        since: date,
        severity: Severity,
        scope: str,
        until: date | None = None,
        parameters: tuple[str, ...] = (),
    ) -> Callable[[C], C]:
        """Declare a rule; the function itself is returned unchanged.

        Raises:
            RuleConflictError: an id of another shape, an unknown scope, no sentence, or overlapping versions.
        """

        def declare(check: C) -> C:
            sentence = _sentence(check)
            if not _ID.fullmatch(id) or scope not in SCOPES or not sentence:
                raise RuleConflictError(
                    f"{id}: needs an id such as TGT-001, a scope of {SCOPES} and a docstring"
                )
            if until is not None and until <= since:
                raise RuleConflictError(f"{id}: ends before it begins")
            self._add(Rule(id, title, sentence, basis, since, until, severity, scope, parameters, check))
            return check

        return declare

    def _add(self, new: Rule) -> None:
        self._found.clear()
        versions = self._rules.setdefault(new.id, [])
        for old in versions:
            if (old.until is None or new.since < old.until) and (new.until is None or old.since < new.until):
                raise RuleConflictError(f"{new.id}: two versions in force on {max(old.since, new.since)}")
        versions.append(new)
        self._edges = sorted({*self._edges, new.since, *([new.until] if new.until else [])})
        versions.sort(key=lambda version: version.since)

    def __iter__(self) -> Iterator[Rule]:
        """Every version of every rule, by id and then by date."""
        for name in sorted(self._rules):
            yield from self._rules[name]

    def __contains__(self, id: object) -> bool:
        return id in self._rules

    def versions(self, id: str) -> tuple[Rule, ...]:
        """All dated versions of a rule id, oldest first; ``KeyError`` for an unknown id."""
        return tuple(self._rules[id])

    def in_force(self, day: date | None, scope: str, prefix: str = "") -> tuple[Rule, ...]:
        """The versions in force on a day for a scope, by id; ``prefix`` such as ``TGT-`` picks a family."""
        # Between two days on which a version begins or ends the answer is one.
        stretch = None if day is None else bisect_right(self._edges, day)
        asked = (stretch, scope, prefix)
        found = self._found.get(asked)
        if found is None:
            found = tuple(r for r in self if r.scope == scope and r.id.startswith(prefix) and r.covers(day))
            self._found[asked] = found
        return found

    def judge(
        self, facts: Any, law: Mapping[str, PolicyValue], *, day: date | None, scope: str, prefix: str = ""
    ) -> list[Finding]:
        """What every rule in force on a day says of some facts, by id."""
        return [said for each in self.in_force(day, scope, prefix) for said in each.findings(facts, law)]


def _sentence(check: Check) -> str:
    """The first sentence of a docstring, with its full stop."""
    text = inspect.getdoc(check) or ""
    head, stop, _ = text.split("\n\n", 1)[0].replace("\n", "").partition("。")
    return head + stop


REGISTRY = Registry()
rule = REGISTRY.rule
