"""The rules AST-…: what is said of an asset as it is registered and as it lies there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from youju.rules.findings import Finding, Severity
from youju.rules.funds.assets import checks_deeds
from youju.rules.funds.assets.depreciation import months_between
from youju.rules.funds.assets.facts import AssetFacts
from youju.rules.funds.assets.lifecycle import IDLE, IN_USE, LEAVING, LENT
from youju.rules.law import PolicyValue, decimal, names, table, whole
from youju.rules.registry import rule

STANDARD, REGISTER, PAYMENT = "mof-2016-12#definition", "house-assets#register", "house-assets#payments"
DAY = date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]
__all__ = ["checks_deeds"]


@rule(
    "AST-001",
    title="单价不到固定资产标准",
    basis=STANDARD,
    since=DAY,
    severity=Severity.WARNING,
    scope="asset",
    parameters=("funds.assets.threshold", "funds.assets.special_categories", "funds.assets.bulk_groups"),
)
def what_costs_less_is_no_fixed_asset(asset: AssetFacts, law: LawOf) -> Finding | None:
    """单位价值不到规定标准的一般不登记为固定资产，成批的图书和家具除外。"""
    if asset.moment != "register" or asset.group in names(law, "funds.assets.bulk_groups"):
        return None
    kind = "special" if asset.category in names(law, "funds.assets.special_categories") else "general"
    least = Decimal(cast("str", table(law, "funds.assets.threshold")[kind]))
    if asset.cost >= least:
        return None
    return Finding(
        f"单价 {asset.cost} 元，不到固定资产标准 {least} 元。",
        "请按低值品管理；属于成批同类物资的，改用相应的类别或在备注里写明。",
        {"field": "cost"},
    )


@rule(
    "AST-002",
    title="没有付款来源",
    basis=PAYMENT,
    since=DAY,
    severity=Severity.WARNING,
    scope="asset",
    parameters=("funds.assets.payment_from",),
)
def what_costs_much_was_paid_by_somebody(asset: AssetFacts, law: LawOf) -> Finding | None:
    """单价较高的资产应当关联付款；接受捐赠和调入的写明来源。"""
    if asset.moment != "watch" or asset.paid or asset.cost < decimal(law, "funds.assets.payment_from"):
        return None
    return Finding(
        f"卡片 {asset.number} 的原值是 {asset.cost} 元，没有关联付款。",
        "请在卡片上关联付款；接受捐赠、无偿调入或早年购置的，在备注里写明来源。",
        {"field": "payment"},
    )


@rule("AST-003", title="出厂编号重复", basis=REGISTER, since=DAY, severity=Severity.ERROR, scope="asset")
def a_thing_has_one_card(asset: AssetFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """同一型号、同一出厂编号的资产只登记一张卡片。"""
    if asset.moment != "register" or not asset.twin:
        return None
    return Finding(
        f"出厂编号 {asset.serial} 已登记在卡片 {asset.twin} 上。",
        "请核对实物铭牌；确是同一件的，不要重复登记。",
        {"field": "serial"},
    )


@rule("AST-004", title="没有保管人", basis=REGISTER, since=DAY, severity=Severity.WARNING, scope="asset")
def a_thing_in_use_has_a_keeper(asset: AssetFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """在用和借出的资产应当有保管人。"""
    if asset.state not in (IN_USE, LENT) or asset.keeper:
        return None
    return Finding(
        f"资产 {asset.number} {asset.name} 没有保管人。".replace("  ", " "),
        "请办理移交，指定保管人；没人用的改为闲置。",
        {"field": "keeper"},
    )


@rule("AST-005", title="保管人已离开", basis=REGISTER, since=DAY, severity=Severity.WARNING, scope="asset")
def a_keeper_is_still_here(asset: AssetFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """保管人离开单位的，资产应当移交给别人。"""
    if asset.moment != "watch" or not asset.keeper_left or asset.state not in (IN_USE, IDLE, LENT, LEAVING):
        return None
    return Finding(
        f"资产 {asset.number} 的保管人 {asset.keeper} 的账号已停用。",
        "请尽快移交给接手的人。",
        {"field": "keeper"},
    )


@rule(
    "AST-006", title="提足折旧仍在使用", basis="mof-2016-12#depreciation", since=DAY, severity=Severity.HINT, scope="asset",
)  # fmt: skip
def what_is_written_off_may_still_serve(asset: AssetFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """已提足折旧的资产可以继续使用，不再计提折旧，仍须规范管理。"""
    if asset.moment != "watch" or not asset.months or asset.depreciated < asset.cost or asset.state != IN_USE:
        return None
    return Finding(
        f"资产 {asset.number} 已提足折旧，还在使用。",
        "能用的继续用；不能用的请申请处置。",
        {"field": "state"},
    )


@rule("AST-007", title="卡片合计超过付款", basis=PAYMENT, since=DAY, severity=Severity.ERROR, scope="asset")
def cards_cost_no_more_than_was_paid(asset: AssetFacts, law: LawOf) -> list[Finding]:  # noqa: ARG001
    """一笔付款登记的资产和费用化部分之和不得超过付款金额。"""
    if asset.moment != "register":
        return []
    return [
        Finding(
            f"付款 {number} 共 {amount} 元，登记的资产和费用化部分合计 {sum_} 元，超出 {sum_ - amount} 元。",
            "请改卡片的金额，或核对是否登记在别的付款上。",
            {"field": "payment"},
        )
        for number, amount, sum_ in asset.overdrawn
    ]


@rule(
    "AST-008", title="取得日期在今天以后", basis=REGISTER, since=DAY, severity=Severity.ERROR, scope="asset"
)
def a_thing_was_acquired_before_it_is_registered(asset: AssetFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """取得日期不得晚于登记当天。"""
    if asset.moment != "register" or asset.acquired_on <= asset.day:
        return None
    return Finding(
        f"取得日期 {asset.acquired_on} 还没有到。", "请填验收或取得的日期。", {"field": "acquired_on"}
    )


@rule(
    "AST-009",
    title="类别不在分类表里",
    basis="gb-t-14885-2022#groups",
    since=date(2022, 12, 30),
    severity=Severity.ERROR,
    scope="asset",
    parameters=("funds.assets.categories",),
)
def a_category_is_of_the_table(asset: AssetFacts, law: LawOf) -> Finding | None:
    """资产类别须在分类和折旧年限表里。"""
    if asset.moment != "register" or asset.category in table(law, "funds.assets.categories"):
        return None
    return Finding(f"没有类别 {asset.category}。", "请从列表里选择。", {"field": "category"})


@rule(
    "AST-010", title="借出到期没有归还", basis=REGISTER, since=DAY, severity=Severity.WARNING, scope="asset"
)
def what_was_lent_comes_back(asset: AssetFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """借出的资产到期应当归还。"""
    if (
        asset.moment != "watch"
        or asset.state != LENT
        or not asset.lent_until
        or asset.lent_until >= asset.day
    ):
        return None
    return Finding(
        f"资产 {asset.number} 应在 {asset.lent_until} 归还。", "请催还；要续借的重新办理。", {"field": "lent_until"}
    )  # fmt: skip


@rule(
    "AST-011",
    title="太久没有盘点",
    basis="house-assets#stocktake",
    since=DAY,
    severity=Severity.HINT,
    scope="asset",
    parameters=("funds.assets.count_months",),
)
def everything_is_counted_in_its_turn(asset: AssetFacts, law: LawOf) -> Finding | None:
    """每件资产在约定的月数内至少盘点一次。"""
    if asset.moment != "watch":
        return None
    since, most = asset.counted_on or asset.acquired_on, whole(law, "funds.assets.count_months")
    if months_between(since, asset.day) <= most:
        return None
    told = f"上次盘点是 {since}" if asset.counted_on else "取得以来没有盘点过"
    return Finding(f"资产 {asset.number} {told}。", "请安排盘点。", {"field": "counted_on"})
