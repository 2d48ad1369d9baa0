"""Importing this module declares every rule of every family, for pages and checks that need all of them."""

from __future__ import annotations

from youju.rules.funds.assets import checks as assets
from youju.rules.funds.claims import checks as claims
from youju.rules.funds.duplicates import checks as duplicates
from youju.rules.funds.internal_audits import checks as internal_audits
from youju.rules.funds.payments import checks as payments
from youju.rules.funds.subsidies import checks as subsidies
from youju.rules.office.base import checks as base
from youju.rules.office.contracts import checks as contracts
from youju.rules.office.events import checks as events
from youju.rules.office.events import partaking as events_partaking
from youju.rules.office.staff import checks as staff
from youju.rules.office.surveys import checks as surveys
from youju.rules.office.tasks import checks as tasks
from youju.rules.performance.disclosure import checks as disclosure
from youju.rules.performance.evaluation import checks as evaluation
from youju.rules.performance.evaluation import judging as evaluation_judging
from youju.rules.performance.measures import checks as measures
from youju.rules.performance.monitoring import checks as monitoring
from youju.rules.performance.proposals import checks as proposals
from youju.rules.performance.report_checks import checks as report_checks
from youju.rules.performance.targets import checks as targets
from youju.rules.registry import REGISTRY, Rule
from youju.rules.trade.credit import checks as credit
from youju.rules.trade.declarations import checks as declarations
from youju.rules.trade.exemptions import checks as exemptions
from youju.rules.trade.goods import checks as goods
from youju.rules.trade.orders import checks as orders
from youju.rules.trade.packing import checks as packing
from youju.rules.trade.parties import acting as parties_acting
from youju.rules.trade.parties import agreements
from youju.rules.trade.parties import changes as parties_changes
from youju.rules.trade.parties import checks as parties
from youju.rules.trade.parties import merging as parties_merging
from youju.rules.trade.parties import tenancies as parties_tenancies
from youju.rules.trade.risk import checks as risk
from youju.rules.trade.settlement import checks as settlement
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
    "SVY": "满意度调查",
    "EVT": "展会与活动",
    "BAS": "基地与支持政策",
    "STM": "派遣人员",
    "AST": "固定资产",
    "IAU": "内部监督",
    "EVL": "绩效自评",
    "MSR": "指标计量",
    "MON": "运行监控",
    "PRO": "下年目标建议",
    "RPC": "报告核对",
    "DIS": "绩效公开",
    "SET": "收结汇",
    "EXM": "免税申报",
    "RSK": "风险预警",
    "CRD": "信用评价",
}
"""Prefix of a rule id → what the family is about."""

__all__ = [
    "FAMILIES",
    "agreements",
    "assets",
    "base",
    "claims",
    "contracts",
    "credit",
    "declarations",
    "disclosure",
    "duplicates",
    "evaluation",
    "evaluation_judging",
    "events",
    "events_partaking",
    "every_rule",
    "exemptions",
    "goods",
    "internal_audits",
    "measures",
    "monitoring",
    "orders",
    "packing",
    "parties",
    "parties_acting",
    "parties_changes",
    "parties_merging",
    "parties_tenancies",
    "payments",
    "proposals",
    "report_checks",
    "risk",
    "settlement",
    "staff",
    "statistics",
    "subsidies",
    "surveys",
    "targets",
    "tasks",
]


def every_rule() -> tuple[Rule, ...]:
    """All versions of all rules, by id and date."""
    return tuple(REGISTRY)
