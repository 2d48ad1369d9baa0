"""The catalogue of rules: what a reader needs to judge each one, for pages and the generated reference."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from youju.foundation.kernel import places
from youju.foundation.policies.entries import Policy, PolicySet, Source
from youju.foundation.policies.resolving import load
from youju.rules.families import FAMILIES, every_rule
from youju.rules.registry import Rule

SEVERITIES = {"error": "错误", "warning": "警告", "hint": "提示"}
SCOPES = {
    "row": "指标行",
    "project": "项目",
    "document": "整份文件",
    "line": "商品行",
    "order": "交易单",
    "packing": "组货或装箱",
    "declaration": "报关单",
    "plan": "分票方案",
    "filing": "主体备案",
    "good": "商品",
    "acting": "办理业务的主体",
    "change": "备案变更申请",
    "merge": "主体合并与注销",
    "tenancy": "摊位承租",
    "watch": "运行监测",
    "risk": "风险预警",
    "claims": "两份申报",
    "claim": "补贴申请",
    "review": "补贴审核",
    "award_list": "补贴名单",
    "objection": "公示异议",
    "subsidy": "补贴申请人",
    "policy": "补贴政策",
    "payment": "付款",
    "task": "任务",
    "dispute": "纠纷投诉",
    "contract": "合同",
    "evaluation": "绩效自评",
    "self_evaluation": "提交的绩效自评",
    "recheck": "绩效自评的复核",
    "key_evaluation": "重点评价",
    "department_evaluation": "部门整体评价",
    "survey": "满意度调查",
    "staff_line": "派遣人员的一个月",
    "staff_month": "派遣人员月表",
    "base_record": "基地与支持政策的记录",
    "report_figure": "报告里的数",
    "release": "公开内容",
    "asset": "固定资产",
    "asset_move": "资产移交",
    "disposal": "资产处置",
    "stocktake": "资产盘点",
    "audit_finding": "监督发现的问题",
    "audit_sample": "监督抽样",
    "audit_plan": "监督计划项目",
    "event": "展会与活动",
    "signup": "活动报名",
    "deal": "展会成交",
    "stage": "招商和认证的进展",
    "monitoring_round": "运行监控",
    "monitoring_project": "运行监控的项目",
    "monitoring_row": "运行监控的指标行",
    "rectification": "整改通知",
    "suspension": "暂停拨付",
    "target_audit": "绩效目标审核",
    "audit_mark": "审核人的评分",
    "proposal_row": "下年目标建议的行",
    "binding": "指标行的绑定",
    "statement": "情况说明与数值调整",
    "exemption": "免税申报",
    "certificate": "代理出口货物证明",
    "consignor_report": "实际委托方季报",
    "invoice": "发票",
    "receipt": "收汇",
    "write_off": "核销",
    "write_off_line": "核销台账的商品项",
    "reservation": "银行占用",
    "refund": "退汇",
    "credit_appeal": "信用申诉",
    "credit_repair": "信用修复",
    "credit_list": "信用公示名单",
    "credit_prepayment": "补贴预拨",
    "credit_policy": "信用评价办法",
}
_TEST = re.compile(r"^\s*def (test_([A-Z]{3})_(\d{3})_\w+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One version of a rule as a reader sees it; ``tests`` are ``path::name`` where tests are installed."""

    id: str
    family: str
    title: str
    sentence: str
    severity: str
    severity_label: str
    scope: str
    scope_label: str
    basis: str
    basis_title: str
    basis_number: str
    basis_read: str
    basis_kind: str
    basis_verified: bool
    since: date
    until: date | None
    parameters: tuple[Policy, ...]
    tests: tuple[str, ...]


def rule_catalogue(policies: PolicySet | None = None) -> list[RuleEntry]:
    """Every version of every rule with its article, parameters and tests, by id and date.

    Raises:
        InputError: a policy file is malformed.
    """
    known = policies or load()
    tests = bearing_tests()
    return [_entry(rule, known, tests.get(rule.id, ())) for rule in every_rule()]


@lru_cache(maxsize=1)
def bearing_tests() -> dict[str, tuple[str, ...]]:
    """The tests that bear a rule's id in their name: ``TGT-007`` → ``tests/….py::test_TGT_007_…``."""
    found: dict[str, list[str]] = {}
    folder = places.ROOT / "tests" / "rules"
    for path in sorted(folder.rglob("test_*.py")) if folder.is_dir() else ():
        for name, family, number in _TEST.findall(path.read_text(encoding="utf-8")):
            found.setdefault(f"{family}-{number}", []).append(f"{_relative(path)}::{name}")
    return {rule: tuple(names) for rule, names in found.items()}


def _relative(path: Path) -> str:
    return path.relative_to(places.ROOT).as_posix()


def _entry(rule: Rule, policies: PolicySet, tests: tuple[str, ...]) -> RuleEntry:
    source = policies.sources[rule.basis.partition("#")[0]]
    cited = policies.cited(rule.basis) or source
    return RuleEntry(
        id=rule.id,
        family=FAMILIES[rule.id.partition("-")[0]],
        title=rule.title,
        sentence=rule.sentence,
        severity=rule.severity.value,
        severity_label=SEVERITIES[rule.severity.value],
        scope=rule.scope,
        scope_label=SCOPES[rule.scope],
        basis=rule.basis,
        basis_title=_titled(source),
        basis_number=source.number,
        basis_read=cited.read,
        basis_kind=source.kind,
        basis_verified=cited.verified,
        since=rule.since,
        until=rule.until,
        parameters=tuple(policies.policies[name] for name in rule.parameters),
        tests=tests,
    )


def _titled(source: Source) -> str:
    return source.title if source.kind == "house" else f"《{source.title}》"
