"""The kinds of records that may count for or against a party. Codes stand in snapshots and are never renamed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its Chinese name, the measure word of one, whether it speaks for the party."""

    code: str
    title: str
    unit: str = "次"
    good: bool = False


_ALL = (
    Kind("filing.approved", "备案通过", good=True),
    Kind("filing.returned", "备案材料退回补正"),
    Kind("filing.lapsed", "备案到期没有续期"),
    Kind("filing.paper_lapsed", "备案材料到期没有更新", "份"),
    Kind("filing.suspended", "备案被暂停"),
    Kind("declarations.released", "报关放行", "票", good=True),
    Kind("declarations.rejected", "报关单被退单", "票"),
    Kind("declarations.corrected", "报关单更正后重报", "票"),
    Kind("declarations.withdrawn", "报关单撤销", "票"),
    Kind("inspections.passed", "查验后放行", "票", good=True),
    Kind("inspections.failed", "查验后撤销", "票"),
    Kind("risk.confirmed", "风险预警核实为问题", "件"),
    Kind("settlement.collected", "按期收汇", "笔", good=True),
    Kind("settlement.late", "逾期没有收汇", "笔"),
    Kind("settlement.mismatch", "收汇与买方不符", "笔"),
    Kind("exemptions.filed", "按期免税申报", "月", good=True),
    Kind("exemptions.late", "逾期免税申报", "月"),
    Kind("exemptions.missed", "没有免税申报", "月"),
    Kind("disputes.lost", "纠纷投诉成立", "件"),
    Kind("subsidies.awarded", "依规获得补贴", "项", good=True),
    Kind("subsidies.duplicate", "补贴申请确认重复", "件"),
    Kind("subsidies.struck", "异议成立被移出补贴名单", "件"),
)
KINDS = {each.code: each for each in _ALL}


def title_of(code: str) -> str:
    """The Chinese name of a kind; the code itself of one that this program no longer knows."""
    return KINDS[code].title if code in KINDS else code


def unit_of(code: str) -> str:
    """The measure word of a kind."""
    return KINDS[code].unit if code in KINDS else "次"
