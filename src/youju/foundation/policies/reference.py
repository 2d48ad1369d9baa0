"""Writes the pages of ``docs/reference``: ``python -m youju.foundation.policies.reference``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from youju.foundation.kernel import places
from youju.foundation.policies.catalogue import RuleEntry, rule_catalogue
from youju.foundation.policies.entries import DatedValue, Policy, PolicySet, Source
from youju.foundation.policies.resolving import load
from youju.foundation.policies.standing import kind_of, standing
from youju.rules.funds.subsidies.saying import days, of_shape
from youju.rules.funds.subsidies.texts import PolicyText
from youju.rules.law import PolicyValue

KINDS = {"statutory": "法规", "house": "本单位约定", "reference": "参考资料"}
_MADE = "<!-- 由 python -m youju.foundation.policies.reference 生成，请勿手改。 -->"
_LONG = 12


def pages() -> dict[str, str]:
    """File name → text of each generated page."""
    policies = load()
    return {"rules.md": rules_page(rule_catalogue(policies)), "policies.md": policies_page(policies)}


def rules_page(entries: list[RuleEntry]) -> str:
    """Every rule with its sentence, severity, scope, article, parameters and tests."""
    lines = [_MADE, "", "# 规则一览", "", f"共 {len(entries)} 条。点编号看依据、参数和测试。", ""]
    lines += ["| 编号 | 规则 | 严重程度 | 对象 | 依据 |", "|---|---|---|---|---|"]
    for entry in entries:
        row = (_link(entry.id), entry.title, entry.severity_label, entry.scope_label, f"`{entry.basis}`")
        lines.append(f"| {' | '.join(row)} |")
    for entry in entries:
        lines += ["", *_rule_section(entry)]
    return "\n".join(lines) + "\n"


def policies_page(policies: PolicySet) -> str:
    """Every policy value with its days and source, and every source with what was read of it."""
    known = sorted(policies.policies.values(), key=lambda policy: policy.id)
    lines = [_MADE, "", "# 政策值一览", "", f"共 {len(known)} 项取值、{len(policies.sources)} 个来源。", ""]
    lines += [
        "“已核原文”表示读过原文或公开表式，“待核原文”表示据通行理解登记；本单位自己的约定没有原文可核，"
        "定下来的写“本单位规定”，没有定的写“待本单位确认”。",
        "",
        "## 取值",
    ]
    for policy in known:
        lines += [
            "",
            f"### `{policy.id}`",
            "",
            f"{policy.label}（{KINDS[policy.kind]}）",
            "",
            *_values(policy, policies),
        ]
    lines += ["", "## 补贴政策", "", f"共 {len(policies.subsidies)} 项；带“示例”的是为演示编写的标准。"]
    for code in sorted(policies.subsidies):
        lines += ["", *_subsidy_section(policies.subsidies[code])]
    lines += ["", "## 来源"]
    for source in sorted(policies.sources.values(), key=lambda source: source.id):
        lines += ["", *_source_section(source)]
    return "\n".join(lines) + "\n"


def shown(value: PolicyValue) -> str:
    """A policy value in one line; long tables by the number of their entries."""
    if isinstance(value, Mapping):
        if len(value) > _LONG:
            return f"{len(value)} 项，见文件"
        return "；".join(f"{key}：{shown(item)}" for key, item in value.items())
    if isinstance(value, tuple):
        return "、".join(shown(item) for item in value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _rule_section(entry: RuleEntry) -> Iterator[str]:
    yield f"## {entry.id}"
    yield ""
    yield f"**{entry.title}**"
    yield ""
    yield f"> {entry.sentence}"
    yield ""
    yield f"- 严重程度：{entry.severity_label}（`{entry.severity}`）；对象：{entry.scope_label}"
    number = f" {entry.basis_number}" if entry.basis_number not in entry.basis_title else ""
    mark = standing(entry.basis_kind, entry.basis_verified)
    yield f"- 依据：{entry.basis_title}{number}（`{entry.basis}`，{mark}）：{entry.basis_read}"
    yield f"- 有效期：{_range(entry.since, entry.until)}"
    if entry.parameters:
        yield "- 参数："
        for policy in entry.parameters:
            for value in policy.values:
                days = _range(value.start, value.end)
                yield f"  - `{policy.id}` {policy.label}：{shown(value.value)}（{days}）"
    yield "- 测试："
    for test in entry.tests:
        yield f"  - `{test}`"


def _values(policy: Policy, policies: PolicySet) -> Iterator[str]:
    yield "| 有效期 | 值 | 来源 | 核实 | 备注 |"
    yield "|---|---|---|---|---|"
    for value in policy.values:
        yield f"| {' | '.join(_value_cells(policy, value, policies))} |"


def _value_cells(policy: Policy, value: DatedValue, policies: PolicySet) -> tuple[str, ...]:
    unit = f" {policy.unit}" if policy.unit else ""
    note = value.note or value.gap_reason
    mark = standing(kind_of(policies, value.source), value.verified)
    return _range(value.start, value.end), shown(value.value) + unit, f"`{value.source}`", mark, note


def _subsidy_section(policy: PolicyText) -> Iterator[str]:
    yield f"### `{policy.code}`"
    yield ""
    mark = "示例标准，" if policy.example else ""
    yield f"{policy.title}（{mark}{'已核原文' if policy.verified else '待核原文'}，`{policy.source}`）"
    yield ""
    cap = f"，每户上限 {policy.party_cap:,f} 元" if policy.party_cap is not None else ""
    yield f"- 补贴期间 {days(policy.window)}；申报 {days(policy.filing)}；资金总额 {policy.budget:,f} 元{cap}"
    for clause in policy.clauses:
        most = f"；每户上限 {clause.cap:,f} 元" if clause.cap is not None else ""
        yield f"- {clause.title}（{clause.reference}）：{of_shape(clause.shape)}{most}"
    yield f"- 算例 {len(policy.examples)} 个"


def _source_section(source: Source) -> Iterator[str]:
    yield f"### `{source.id}`"
    yield ""
    yield f"{source.number}，{source.issuer}：{source.title}"
    yield ""
    yield f"- 发布：{source.issued or '未登记'}；生效：{source.in_force or '未登记'}"
    yield f"- {standing(source.kind, source.verified)}：{source.read}"
    for article in source.articles.values():
        yield f"- `#{article.id}`（{standing(source.kind, article.verified)}）{article.read}"


def _range(start: date, end: date | None) -> str:
    return f"{start} 起" if end is None else f"{start} 起至 {end} 前"


def _link(rule: str) -> str:
    return f"[{rule}](#{rule.lower()})"


def write(folder: Path) -> list[Path]:
    """Write both pages into a folder; returns the files whose text changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, text in pages().items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


if __name__ == "__main__":
    for path in write(places.ROOT / "docs" / "reference"):
        sys.stderr.write(f"已更新 {path}\n")
