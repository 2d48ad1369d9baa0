"""What an answer of the bank does to a line that was sent, whatever the order and number in which answers come.

The bank may say a thing twice, late, or both things of one line: paid first and returned some days on (退汇). The later day
holds. What cannot be is never applied: it waits for a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    """What comes of an answer."""

    PAID = "paid"
    RETURNED = "returned"
    BOUNCED = "bounced"
    KNOWN = "known"
    EARLIER = "earlier"
    UNKNOWN = "unknown"
    AMOUNT = "amount"
    RECALLED = "recalled"
    NOT_SENT = "not_sent"
    CONTRADICTS = "contradicts"


APPLIED = frozenset({Verdict.PAID, Verdict.RETURNED, Verdict.BOUNCED})
"""Verdicts that move the payment."""
SILENT = frozenset({Verdict.KNOWN, Verdict.EARLIER})
"""Verdicts of what was known already."""
LABELS = {
    Verdict.PAID: "已付，入账",
    Verdict.RETURNED: "退回，入账",
    Verdict.BOUNCED: "付后退汇，入账",
    Verdict.KNOWN: "重复，已经入账",
    Verdict.EARLIER: "早于已入账的结果",
    Verdict.UNKNOWN: "没有这个付款凭证号",
    Verdict.AMOUNT: "金额与送出的不同",
    Verdict.RECALLED: "送出前已撤出",
    Verdict.NOT_SENT: "清单还没有下载过",
    Verdict.CONTRADICTS: "与已入账的结果矛盾",
}


@dataclass(frozen=True, slots=True)
class SentLine:
    """A line as it stands: ``open``, ``paid``, ``returned`` or ``recalled``, since which day the bank says so."""

    state: str
    amount: Decimal
    on: date | None
    handed: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bank says of a reference; CNY."""

    paid: bool
    amount: Decimal
    on: date


def judge_answer(line: SentLine | None, answer: Answer) -> Verdict:
    """What an answer does to the line of its reference (``None``: nobody knows the reference)."""
    if line is None:
        return Verdict.UNKNOWN
    if why := _unfit(line, answer):
        return why
    if line.state == "open":
        return Verdict.PAID if answer.paid else Verdict.RETURNED
    if (line.state == "paid") == answer.paid:
        return Verdict.KNOWN
    return _turned(line, answer)


def _unfit(line: SentLine, answer: Answer) -> Verdict | None:
    if line.amount != answer.amount:
        return Verdict.AMOUNT
    if line.state == "recalled":
        return Verdict.RECALLED
    return None if line.handed else Verdict.NOT_SENT


def _turned(line: SentLine, answer: Answer) -> Verdict:
    """The bank says the other thing now: the later day holds, but money that came back is not paid under the same reference."""
    since = line.on or answer.on
    if answer.paid:
        return Verdict.EARLIER if answer.on <= since else Verdict.CONTRADICTS
    return Verdict.BOUNCED if answer.on >= since else Verdict.CONTRADICTS
