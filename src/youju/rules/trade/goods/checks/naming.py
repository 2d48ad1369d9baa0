"""The name: particular, one thing, and fitting the wording of its code."""

from __future__ import annotations

import re
import unicodedata

from youju.rules.findings import Finding, Severity
from youju.rules.law import decimal, names
from youju.rules.registry import rule
from youju.rules.trade.goods.checks.places import START, LawOf, quoted, says
from youju.rules.trade.goods.facts import Facts
from youju.rules.trade.goods.fitting import SHARE, STOP, SYNONYMS, Fit, fit

VAGUE = "trade.goods.vague_names"
_SEVERAL = re.compile(r"[、；;，,]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_BRACKETS = re.compile(r"[（(\[【].*?[）)\]】]")


@rule(
    "REC-020",
    title="品名与编码的措辞相符",
    basis="declaration-elements#names",
    since=START,
    severity=Severity.WARNING,
    scope="good",
    parameters=(STOP, SYNONYMS, SHARE),
)
def name_fits_the_wording(facts: Facts, law: LawOf) -> Finding | None:
    """品名与所归编码的措辞几乎没有相同的词，可能归错了类。

    Measured against the line's own wording, then with the heading's before it; the better one counts. A wording that says
    nothing but 其他 cannot be judged, and nothing is said.
    """
    line = facts.tariff.line
    if line is None:
        return None
    found = _better(
        fit(facts.good.name, line.name, law), fit(facts.good.name, f"{line.heading} {line.name}", law)
    )
    least = decimal(law, SHARE)
    if not found.comparable or found.share >= least:
        return None
    shared = f"只有“{'、'.join(found.shared)}”相同" if found.shared else "没有相同的词"
    return says(
        "name",
        f"品名“{facts.good.name}”与编码 {line.code} 的措辞“{quoted(line.name)}”{shared}"
        f"（相符 {found.share:f}，至少 {least:f}）。",
        "请核对编码；归类无误的，请说明这种商品为什么归入这个编码。",
    )


def _better(first: Fit, second: Fit) -> Fit:
    return second if (second.comparable, second.share) > (first.comparable, first.share) else first


@rule(
    "REC-021",
    title="品名具体",
    basis="declaration-elements#names",
    since=START,
    severity=Severity.ERROR,
    scope="good",
    parameters=(VAGUE,),
)
def name_is_particular(facts: Facts, law: LawOf) -> Finding | None:
    """品名要具体，只写统称的不能认定。"""
    plain = _BRACKETS.sub("", unicodedata.normalize("NFKC", facts.good.name)).strip(" .-_*0123456789")
    if plain not in names(law, VAGUE):
        return None
    return says(
        "name",
        f"品名“{facts.good.name}”是统称，看不出是什么商品。",
        "请写出材质、用途和种类，例如“聚酯纤维双肩背包”。",
    )


@rule(
    "REC-022",
    title="英文名称写明",
    basis="house-recognition#handling",
    since=START,
    severity=Severity.HINT,
    scope="good",
)
def name_is_in_english(facts: Facts, _law: LawOf) -> Finding | None:
    """没有英文名称或英文名称里有汉字的，境外采购商看不懂。"""
    text = facts.good.name_en.strip()
    if text and not _CHINESE.search(text):
        return None
    return says(
        "name_en", "英文名称里有汉字。" if text else "没有填写英文名称。", "请填写英文名称，报关单证要用。"
    )


@rule(
    "REC-023",
    title="一个商品只写一种",
    basis="declaration-elements#names",
    since=START,
    severity=Severity.WARNING,
    scope="good",
)
def name_states_one_thing(facts: Facts, _law: LawOf) -> Finding | None:
    """一个商品只写一种东西，几种东西要分开登记。"""
    parts = [part.strip() for part in _SEVERAL.split(_BRACKETS.sub("", facts.good.name)) if part.strip()]
    if len(parts) < 2:
        return None
    return says(
        "name",
        f"品名“{facts.good.name}”像是 {len(parts)} 种商品。",
        "请分开登记，每种用自己的编码；确是一种的，请说明。",
    )
