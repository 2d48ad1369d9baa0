"""The rules AST-… about deeds: transfers, disposals, stocktakes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.funds.assets.depreciation import life_ends
from youju.rules.funds.assets.facts import DisposalFacts, MoveFacts, StocktakeFacts
from youju.rules.funds.assets.lifecycle import WITH_PROCEEDS
from youju.rules.law import PolicyValue, whole
from youju.rules.registry import rule

HANDS, DISPOSAL, STOCKTAKE = "house-assets#hands", "house-assets#disposal", "house-assets#stocktake"
DAY = date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]


@rule(
    "AST-012", title="移交和接收是同一人", basis=HANDS, since=DAY, severity=Severity.ERROR, scope="asset_move"
)
def who_hands_over_does_not_accept(move: MoveFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """资产由提出移交以外的人接收。"""
    if move.actor != move.offered_by:
        return None
    return Finding("这次移交是您提出的，不能由您接收。", "请由接收的保管人办理。", {"field": "keeper"})


@rule(
    "AST-013", title="处置的几个环节是同一人", basis=HANDS, since=DAY, severity=Severity.ERROR, scope="disposal"
)  # fmt: skip
def three_people_for_a_disposal(disposal: DisposalFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """处置的申请、审核和批准由不同的人办理。"""
    if disposal.moment != "step" or disposal.actor not in disposal.hands:
        return None
    return Finding("这件处置您已经办过一个环节。", "请由别人审核或批准。", {"field": "actor"})


@rule(
    "AST-014",
    title="没到年限就处置，没有说明",
    basis=DISPOSAL,
    since=DAY,
    severity=Severity.ERROR,
    scope="disposal",
    parameters=("funds.assets.reason_least",),
)
def what_leaves_early_has_a_reason(disposal: DisposalFacts, law: LawOf) -> Finding | None:
    """没到折旧年限的资产报废、出让或盘亏，须写清原因。"""
    if disposal.moment != "request" or disposal.way not in ("scrap", "sale", "loss"):
        return None
    ends = life_ends(disposal.acquired_on, disposal.months)
    if ends is None or ends <= disposal.day:
        return None
    least = whole(law, "funds.assets.reason_least")
    if len(disposal.reason.strip()) >= least:
        return None
    return Finding(
        f"折旧年限到 {ends:%Y-%m}，提前处置的原因至少写 {least} 个字。",
        "请写明损坏、丢失或不再需要的经过。",
        {"field": "reason"},
    )


@rule(
    "AST-015", title="不该有收入的处置", basis=DISPOSAL, since=DAY, severity=Severity.ERROR, scope="disposal"
)
def only_a_sale_brings_money(disposal: DisposalFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """只有报废和出让可以登记处置收入，收入上缴国库。"""
    if disposal.moment != "complete" or not disposal.proceeds or disposal.way in WITH_PROCEEDS:
        return None
    return Finding("这种处置方式没有收入。", "请核对处置方式，或把收入改为 0。", {"field": "proceeds"})


@rule("AST-016", title="盘点逾期", basis=STOCKTAKE, since=DAY, severity=Severity.WARNING, scope="stocktake")
def a_round_ends_by_its_day(stocktake: StocktakeFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """盘点在约定的日期前完成。"""
    if stocktake.moment != "watch" or not stocktake.open or stocktake.due_on >= stocktake.day:
        return None
    return Finding(
        f"盘点 {stocktake.number} 应在 {stocktake.due_on} 前完成。", "请抓紧清点，处理差异后确认结果。", {"field": "due_on"}
    )  # fmt: skip


@rule(
    "AST-017", title="盘点差异没有处理", basis=STOCKTAKE, since=DAY, severity=Severity.ERROR, scope="stocktake"
)  # fmt: skip
def differences_are_decided_before_the_end(stocktake: StocktakeFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """盘亏、盘盈和地点不符都有处理意见后才能确认盘点结果。"""
    if stocktake.moment != "close" or not stocktake.undecided:
        return None
    return Finding(f"还有 {stocktake.undecided} 件差异没有处理意见。", "请逐件处理。", {"field": "decision"})


@rule(
    "AST-018",
    title="一次盘点太多",
    basis=STOCKTAKE,
    since=DAY,
    severity=Severity.ERROR,
    scope="stocktake",
    parameters=("funds.assets.stocktake_most",),
)
def a_round_fits_on_a_phone(stocktake: StocktakeFacts, law: LawOf) -> Finding | None:
    """一次盘点的件数有上限，手机上才用得起来。"""
    most = whole(law, "funds.assets.stocktake_most")
    if stocktake.moment != "open" or 0 < stocktake.size <= most:
        return None
    if not stocktake.size:
        return Finding("这个范围里没有资产。", "请改科室或地点。", {"field": "section"})
    return Finding(
        f"这个范围有 {stocktake.size} 件，一次至多盘 {most} 件。", "请按科室或地点分几次盘点。", {"field": "section"}
    )  # fmt: skip
