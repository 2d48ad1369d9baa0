"""The brand: whose it is, and whether the merchant may use it."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

from youju.rules.findings import Finding, Severity
from youju.rules.law import names, whole
from youju.rules.registry import rule
from youju.rules.trade.goods.checks.places import START, LawOf, says
from youju.rules.trade.goods.facts import Facts

KINDS = "trade.goods.authorised_brand_kinds"
WATCHED = "trade.goods.watched_brands"
SOON = "trade.goods.authorisation_soon_days"
BRAND_KINDS = {
    "none": "无品牌",
    "own": "自有品牌",
    "domestic": "他人的境内品牌",
    "foreign": "境外品牌",
    "other": "其他",
}


def needs_authorisation(facts: Facts, law: LawOf) -> bool:
    """Whether somebody else's permission is needed for the brand."""
    return facts.good.brand_kind in names(law, KINDS)


@rule(
    "REC-009",
    title="使用他人品牌有授权",
    basis="customs-ip#authorisation",
    since=START,
    severity=Severity.ERROR,
    scope="good",
    parameters=(KINDS,),
)
def brand_is_authorised(facts: Facts, law: LawOf) -> Finding | None:
    """使用他人品牌的商品要有权利人的授权文件。"""
    if not needs_authorisation(facts, law) or facts.authorisation.attached:
        return None
    kind = BRAND_KINDS[facts.good.brand_kind]
    return says(
        "brand",
        f"品牌“{facts.good.brand or '（未填）'}”是{kind}，没有上传授权文件。",
        "请上传权利人出具的授权书并填写有效期；没有授权的，不能出口。",
    )


@rule(
    "REC-010",
    title="品牌授权没有过期",
    basis="customs-ip#authorisation",
    since=START,
    severity=Severity.ERROR,
    scope="good",
    parameters=(KINDS,),
)
def authorisation_is_valid(facts: Facts, law: LawOf) -> Finding | None:
    """品牌授权在认定当日要有效；截止当日仍有效。"""
    paper = facts.authorisation
    if not needs_authorisation(facts, law) or not paper.attached:
        return None
    if paper.until is None or paper.until >= facts.as_of:
        return None
    return says(
        "authorised_until",
        f"品牌“{facts.good.brand}”的授权已于 {paper.until.isoformat()} 到期。",
        "请上传续期后的授权书，改正有效期后重新认定。",
    )


@rule(
    "REC-011",
    title="品牌授权快到期时提醒",
    basis="house-recognition#thresholds",
    since=START,
    severity=Severity.HINT,
    scope="good",
    parameters=(KINDS, SOON),
)
def authorisation_lasts(facts: Facts, law: LawOf) -> Finding | None:
    """品牌授权快要到期或没有填写有效期的，提醒早作准备。"""
    paper = facts.authorisation
    if not needs_authorisation(facts, law) or not paper.attached:
        return None
    if paper.until is None:
        return says(
            "authorised_until",
            f"品牌“{facts.good.brand}”的授权没有填写有效期。",
            "请按授权书填写有效期；长期有效的写授权书注明的日期。",
        )
    if not facts.as_of <= paper.until <= facts.as_of + timedelta(days=whole(law, SOON)):
        return None
    return says(
        "authorised_until",
        f"品牌“{facts.good.brand}”的授权 {paper.until.isoformat()} 到期。",
        "请在到期前取得续期的授权书；到期后商品不能认定。",
    )


@rule(
    "REC-012",
    title="名称里的关注品牌要说明",
    basis="customs-ip#authorisation",
    since=START,
    severity=Severity.WARNING,
    scope="good",
    parameters=(WATCHED, KINDS),
)
def watched_brand_is_explained(facts: Facts, law: LawOf) -> Finding | None:
    """名称、型号或品牌里有关注品牌而没有报为他人品牌的，要说明。"""
    good = facts.good
    if needs_authorisation(facts, law):
        return None
    text = unicodedata.normalize("NFKC", f"{good.name} {good.name_en} {good.model} {good.brand}").casefold()
    found = [word for word in names(law, WATCHED) if word.casefold() in text]
    if not found:
        return None
    return says(
        "name",
        f"商品资料里有关注品牌“{'、'.join(found)}”，品牌类型却是{BRAND_KINDS.get(good.brand_kind, good.brand_kind)}。",
        "用了他人品牌的，请改正品牌类型并上传授权书；没有用的，请说明这些字的意思。",
    )


@rule(
    "REC-013",
    title="品牌类型与品牌相符",
    basis="declaration-elements#elements",
    since=START,
    severity=Severity.ERROR,
    scope="good",
)
def brand_and_kind_agree(facts: Facts, _law: LawOf) -> Finding | None:
    """报为无品牌的不写品牌，报为有品牌的要写明品牌。"""
    good = facts.good
    brand = good.brand.strip()
    blank = not brand or brand in {"无", "无品牌", "无牌"}
    if good.brand_kind == "none" and not blank:
        return says("brand", f"品牌类型是无品牌，品牌却写了“{brand}”。", "请改正品牌类型，或把品牌一栏留空。")
    if good.brand_kind in {"own", "domestic", "foreign"} and blank:
        kind = BRAND_KINDS[good.brand_kind]
        return says("brand", f"品牌类型是{kind}，没有写品牌。", "请写明品牌；没有品牌的选“无品牌”。")
    return None
