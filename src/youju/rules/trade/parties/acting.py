"""Whether a party may act on a day: what later rooms ask before they take anything from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue
from youju.rules.registry import REGISTRY, rule
from youju.rules.trade.parties.lifecycle import APPROVED, CANCELLED, PARTY_FLOW, SUSPENDED

FIRST_DAY = date(2020, 1, 1)
BASIS = "house-parties-changes#acting"
LawOf = Mapping[str, PolicyValue]


@dataclass(frozen=True, slots=True)
class ActingFacts:
    """A party as it stands on ``day``. ``valid_to`` is its last good day; ``merged_into`` names the filing that took it up."""

    day: date
    name: str
    state: str
    valid_from: date | None = None
    valid_to: date | None = None
    merged_into: str = ""


@rule(
    "PTY-141",
    title="主体须在备案状态",
    basis=BASIS,
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="acting",
)
def party_is_on_file(facts: ActingFacts, _law: LawOf) -> Finding | None:
    """只有“已备案”的主体可以办理业务；没有备案、已暂停或已注销的不行。"""
    if facts.state == APPROVED:
        return None
    label = PARTY_FLOW.state(facts.state).label
    how = {
        SUSPENDED: "请先联系受理科室，说明情况后恢复备案。",
        CANCELLED: "如需继续经营，请重新提交主体备案。",
    }.get(facts.state, "请先办完主体备案。")
    return Finding(f"“{facts.name}”的备案状态是“{label}”，不能办理业务。", how)


@rule(
    "PTY-142",
    title="备案须在有效期内",
    basis=BASIS,
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="acting",
)
def filing_is_in_its_days(facts: ActingFacts, _law: LawOf) -> Finding | None:
    """备案只在有效期内有效，到期日当天仍有效，次日起须先续期。"""
    if facts.valid_to is not None and facts.day > facts.valid_to:
        return Finding(
            f"“{facts.name}”的备案已于 {facts.valid_to} 到期，不能办理业务。", "请先申请续期，批准后再办。"
        )
    if facts.valid_from is not None and facts.day < facts.valid_from:
        return Finding(
            f"“{facts.name}”的备案从 {facts.valid_from} 起生效，现在还不能办理业务。", "请在生效后再办。"
        )
    return None


@rule(
    "PTY-143",
    title="已并入他户的主体不再办理业务",
    basis=BASIS,
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="acting",
)
def party_stands_for_itself(facts: ActingFacts, _law: LawOf) -> Finding | None:
    """与他户重复而被合并的备案不再使用，业务记在保留的备案上。"""
    if not facts.merged_into:
        return None
    return Finding(
        f"“{facts.name}”已并入“{facts.merged_into}”，不能再办理业务。", f"请改用“{facts.merged_into}”办理。"
    )


def barred(facts: ActingFacts, law: LawOf) -> tuple[Finding, ...]:
    """Why the party may not act on the day; empty: it may. A merge speaks before the rest: it says where to go on."""
    found = [
        finding
        for each in REGISTRY.in_force(facts.day, "acting", "PTY-14")
        for finding in each.findings(facts, law)
    ]
    return tuple(sorted(found, key=lambda finding: (finding.rule != "PTY-143", finding.rule)))


def expired(valid_to: date | None, day: date) -> bool:
    """Whether the last good day is past."""
    return valid_to is not None and valid_to < day
