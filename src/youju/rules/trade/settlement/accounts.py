"""The accounts of the write-off ledger, the kinds of booking, and what moves them. Debits are above zero, credits below.

A line's side, in the declaration's currency: ``declared`` (credit), ``available``, ``reserved``, ``collected`` (debits).
A receipt's side, in the receipt's currency: ``received`` (debit), ``suspense``, ``applied``, ``returned`` (credits).
"""

from __future__ import annotations

from collections.abc import Mapping

DECLARED, AVAILABLE, RESERVED, COLLECTED = "declared", "available", "reserved", "collected"
RECEIVED, SUSPENSE, APPLIED, RETURNED = "received", "suspense", "applied", "returned"
ACCOUNTS: Mapping[str, str] = {
    DECLARED: "申报额",
    AVAILABLE: "可收额度",
    RESERVED: "占用",
    COLLECTED: "已收汇",
    RECEIVED: "到账",
    SUSPENSE: "待核销款",
    APPLIED: "已核销款",
    RETURNED: "退回款",
}
LINE_ACCOUNTS = (DECLARED, AVAILABLE, RESERVED, COLLECTED)
MONEY_ACCOUNTS = (RECEIVED, SUSPENSE, APPLIED, RETURNED)

KINDS: Mapping[str, str] = {
    "open": "放行开账",
    "reverse": "冲销",
    "reserve": "占用",
    "confirm": "确认",
    "release": "释放",
    "expire": "到期释放",
    "receive": "到账",
    "match": "核销",
    "undo": "撤销核销",
    "refund": "退汇",
    "return": "退回待核销款",
}

MATCH, UNDO, REFUND, RETURN = "match", "undo", "refund", "return"
MOVES = (MATCH, UNDO, REFUND, RETURN)

HELD, CONFIRMED, RELEASED, EXPIRED = "held", "confirmed", "released", "expired"
RESERVATION_STATES: Mapping[str, str] = {
    HELD: "占用中",
    CONFIRMED: "已确认",
    RELEASED: "已释放",
    EXPIRED: "已到期",
}

SOURCES: Mapping[str, str] = {"file": "银行文件", "api": "银行接口", "hand": "人工登记"}
RECEIPT_STATES: Mapping[str, str] = {
    "unmatched": "待核销",
    "partly": "部分核销",
    "matched": "已核销",
    "returned": "已退回",
}
LIKENESS: Mapping[str, str] = {"same": "一致", "alike": "相近", "unlike": "不符", "unknown": "未比对"}
