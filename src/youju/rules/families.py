"""Importing this module declares every rule of every family, for pages and checks that need all of them."""

from __future__ import annotations

from youju.rules.funds.claims import checks as claims
from youju.rules.funds.duplicates import checks as duplicates
from youju.rules.funds.payments import checks as payments
from youju.rules.funds.subsidies import checks as subsidies
from youju.rules.office.contracts import checks as contracts
from youju.rules.office.tasks import checks as tasks
from youju.rules.performance.targets import checks as targets
from youju.rules.registry import REGISTRY, Rule
from youju.rules.trade.declarations import checks as declarations
from youju.rules.trade.goods import checks as goods
from youju.rules.trade.orders import checks as orders
from youju.rules.trade.packing import checks as packing
from youju.rules.trade.parties import acting as parties_acting
from youju.rules.trade.parties import agreements
from youju.rules.trade.parties import changes as parties_changes
from youju.rules.trade.parties import checks as parties
from youju.rules.trade.parties import merging as parties_merging
from youju.rules.trade.parties import tenancies as parties_tenancies
from youju.rules.trade.statistics import checks as statistics

FAMILIES = {
    "TGT": "绩效目标",
    "PTY": "主体备案",
    "AGR": "代理协议",
    "REC": "商品认定",
    "ORD": "交易登记",
    "PAC": "组货装箱",
    "DEC": "报关单",
    "STA": "运行监测",
    "DUP": "重复申报核查",
    "CLM": "补贴申请与公示",
    "SUB": "政策兑现",
    "PAY": "付款",
    "TSK": "任务",
    "CON": "合同",
}
"""Prefix of a rule id → what the family is about."""

__all__ = [
    "FAMILIES",
    "agreements",
    "claims",
    "contracts",
    "declarations",
    "duplicates",
    "every_rule",
    "goods",
    "orders",
    "packing",
    "parties",
    "parties_acting",
    "parties_changes",
    "parties_merging",
    "parties_tenancies",
    "payments",
    "statistics",
    "subsidies",
    "targets",
    "tasks",
]


def every_rule() -> tuple[Rule, ...]:
    """All versions of all rules, by id and date."""
    return tuple(REGISTRY)
