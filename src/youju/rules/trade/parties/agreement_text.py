"""The wording of an agency agreement: one text for one content, so that what was signed can be told by its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from youju.rules.trade.parties.agreement_facts import (
    SIDE_NAMES,
    AgreementFacts,
    Collection,
    FeeKind,
    PartyFacts,
    Terms,
)

TITLE = "委托代理出口货物协议"


def compose(number: str, facts: AgreementFacts) -> str:
    """The text to be signed: title, number, parties, then the articles, a paragraph a line.

    It is kept with the agreement; a later wording changes new agreements alone.
    """
    return "\n".join(_lines(number, facts))


def hash_of(text: str) -> str:
    """The sha256 of a text in UTF-8, in hex: what a signature stands on."""
    return hashlib.sha256(text.encode()).hexdigest()


def _lines(number: str, facts: AgreementFacts) -> Iterator[str]:
    yield TITLE
    yield f"协议编号：{number}"
    yield _party("principal", facts.principal)
    yield _party("agent", facts.agent)
    yield "双方按市场采购贸易方式（海关监管方式代码 1039）的有关规定，就委托代理出口货物订立本协议。"
    articles = (
        ("委托事项", f"委托方委托受托方代理出口下列货物：{facts.terms.goods.strip()}。"),
        (
            "期限",
            f"本协议自 {facts.valid_from.isoformat()} 起至 {facts.valid_to.isoformat()} 止，"
            "双方都签署后生效；签署晚于起始日的，从后签署的一方签署时起生效。",
        ),
        (
            "委托方的责任",
            "委托方对货物的来源、品名、数量、价格的真实性负责，按时提供商品、交易和装箱的资料。",
        ),
        ("受托方的责任", "受托方只在委托范围内办理组货、申报和有关手续，不得转委托，并及时告知办理情况。"),
        ("代理费", _fee(facts.terms)),
        ("收汇和付款", _settlement(facts.terms)),
        ("税务", _tax(facts.terms)),
        (
            "终止",
            "期满自行终止；任何一方可以提前终止，写明理由，自系统记录之日起不再代理，此前的业务照办完毕。",
        ),
    )
    for place, (title, text) in enumerate(articles, 1):
        yield f"第{_NUMERALS[place]}条　{title}：{text}"
    if facts.terms.other.strip():
        yield f"其他约定：{' '.join(facts.terms.other.split())}"


_NUMERALS = "零一二三四五六七八九"


def _party(side: str, party: PartyFacts) -> str:
    return f"{SIDE_NAMES[side]}：{party.name}（备案号 {party.number or '未编'}）"


def _fee(terms: Terms) -> str:
    if terms.fee_kind == FeeKind.RATE:
        return f"按出口货物离岸价（FOB）的 {terms.fee}% 收取，每票放行后结算。"
    if terms.fee_kind == FeeKind.EACH:
        return f"每票报关单收取人民币 {terms.fee} 元，每票放行后结算。"
    return "受托方不收代理费。"


def _settlement(terms: Terms) -> str:
    if terms.collection == Collection.AGENT:
        return f"由受托方代收外汇，收汇后 {terms.settle_days} 日内按约定付给委托方。"
    return "由委托方以平台登记的交易自行收汇、结汇。"


def _tax(terms: Terms) -> str:
    who = SIDE_NAMES.get(terms.exemption, "双方另行商定的一方")
    text = f"出口货物免征增值税，免税申报由{who}在规定期限内办理；受托方按规定开具代理出口货物证明。"
    if terms.reports_consignor:
        text += "受托方在预缴申报时向税务机关报送实际委托出口方的基本信息和出口金额。"
    return text
