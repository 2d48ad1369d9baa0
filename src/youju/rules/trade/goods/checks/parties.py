"""Whose good it is: a party on file, within what it filed."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.law import names
from youju.rules.registry import rule
from youju.rules.trade.goods.checks.places import START, LawOf, says
from youju.rules.trade.goods.facts import Facts
from youju.rules.trade.parties.lifecycle import PARTY_FLOW

STATES = "trade.goods.open_party_states"
_NAMES = {state.code: state.label for state in PARTY_FLOW.states}


@rule(
    "REC-006",
    title="经营户已备案且在有效期内",
    basis="gacc-2019-221#operator",
    since=START,
    severity=Severity.ERROR,
    scope="good",
    parameters=(STATES,),
)
def party_is_on_file(facts: Facts, law: LawOf) -> Finding | None:
    """商品所属的经营户要已备案，备案在认定当日有效；截止当日仍有效。"""
    party = facts.party
    if party.state not in names(law, STATES):
        return says(
            "party",
            f"经营户的备案状态是“{_NAMES.get(party.state, party.state)}”，不能认定商品。",
            "请先办妥主体备案，再来认定。",
        )
    if party.valid_to is not None and party.valid_to < facts.as_of:
        return says(
            "party",
            f"经营户的备案已于 {party.valid_to.isoformat()} 到期。",
            "请先办理备案延续，再来认定。",
        )
    return None


@rule(
    "REC-015",
    title="在备案的经营范围内",
    basis="gacc-2019-221#operator",
    since=START,
    severity=Severity.ERROR,
    scope="good",
)
def chapter_is_filed(facts: Facts, _law: LawOf) -> Finding | None:
    """商品要在经营户备案的商品章之内。"""
    filed, chapter = facts.party.chapters, facts.good.chapter
    if not filed or chapter in filed:
        return None
    return says(
        "hs_code",
        f"编码 {facts.good.hs_code} 属于第 {chapter} 章，经营户备案的是第 {'、'.join(sorted(filed))} 章。",
        f"请先办理备案变更，增加第 {chapter} 章；如编码归错，请改正后重新认定。",
    )


@rule(
    "REC-016",
    title="备案写明商品章",
    basis="gacc-2019-221#operator",
    since=START,
    severity=Severity.HINT,
    scope="good",
)
def scope_is_filed(facts: Facts, _law: LawOf) -> Finding | None:
    """经营户的备案没有写明商品章的，无从核对经营范围。"""
    if facts.party.chapters:
        return None
    return says(
        "party", "经营户的备案没有写明经营的商品章，没有核对经营范围。", "请在备案变更里补上经营的商品章。"
    )
