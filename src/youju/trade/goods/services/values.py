"""A good as somebody fills it in, and what is wrong with it as a form. What the law says of it is for recognition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.law import table
from youju.trade.goods.models import Good
from youju.trade.goods.selectors.brands import BRAND_KINDS
from youju.trade.goods.selectors.tariffs import ElementField

LABELS = {
    "party": "经营户",
    "name": "中文名称",
    "name_en": "英文名称",
    "model": "规格型号",
    "brand_kind": "品牌类型",
    "brand": "品牌",
    "authorisation": "品牌授权文件",
    "authorised_until": "授权有效期至",
    "producer": "生产企业",
    "unit": "成交单位",
    "hs_code": "商品编码",
    "extra_code": "附加编码",
    "picture": "图片",
    "elements": "申报要素",
}
TEXTS = ("name", "name_en", "model", "brand", "producer", "unit", "hs_code", "extra_code")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ELEMENT = 200


class GoodFaultsError(InputError):
    """A good that cannot be kept: ``faults`` holds (field, sentence); an element's field is ``element:<name>``."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        self.faults = faults
        super().__init__("；".join(f"{label_of(name)}：{sentence}" for name, sentence in faults))


def label_of(name: str) -> str:
    """A field's Chinese name."""
    return name.removeprefix("element:") if name.startswith("element:") else LABELS.get(name, name)


@dataclass(frozen=True, slots=True)
class GoodValues:
    """What a good says of itself. ``elements``: declaration element → what is declared, those of other fields left out."""

    name: str = ""
    name_en: str = ""
    model: str = ""
    brand_kind: str = "none"
    brand: str = ""
    authorised_until: date | None = None
    producer: str = ""
    unit: str = ""
    hs_code: str = ""
    extra_code: str = ""
    elements: Mapping[str, str] = field(default_factory=dict)


def cleaned(values: GoodValues) -> GoodValues:
    """White space at the ends and inner runs of it taken away, NUL too; blank elements left out."""
    texts: dict[str, Any] = {name: _clean(getattr(values, name)) for name in TEXTS}
    elements = {_clean(name): _clean(value) for name, value in values.elements.items()}
    return replace(
        values,
        **texts,
        brand_kind=_clean(values.brand_kind) or "none",
        elements={name: value for name, value in elements.items() if name and value},
    )


def faults_of(values: GoodValues, wanted: Iterable[ElementField], *, day: date) -> list[tuple[str, str]]:
    """What keeps cleaned values from being stored: (field, sentence).

    Args:
        wanted: the declaration elements of the code; none where the tariff does not know it.
        day: the day whose table of units counts.
    """
    faults = [*_long(values), *_missing(values)]
    if values.name_en and _HAN.search(values.name_en):
        faults.append(("name_en", "英文名称里有汉字，请只写英文"))
    if values.brand_kind not in BRAND_KINDS:
        faults.append(("brand_kind", f"请选：{'、'.join(BRAND_KINDS.values())}"))
    elif values.brand_kind == "none" and values.brand:
        faults.append(("brand", "选了“无品牌”就不要写品牌；有品牌的请改选品牌类型"))
    elif values.brand_kind != "none" and not values.brand:
        faults.append(("brand", "请写品牌；没有品牌的请选“无品牌”"))
    if values.unit and values.unit not in table(law_on(day), "trade.goods.units"):
        faults.append(("unit", f"“{values.unit[:10]}”不在计量单位表里，请从列表里选"))
    if values.hs_code and not re.fullmatch(r"[0-9]{10}", values.hs_code):
        faults.append(("hs_code", "应为 10 位数字，不要写点；可以按名称或拼音查"))
    if values.extra_code and not re.fullmatch(r"[0-9]{3}", values.extra_code):
        faults.append(("extra_code", "应为 3 位数字，没有就空着"))
    for each in wanted:
        if each.required and not each.known and not values.elements.get(each.name):
            faults.append((f"element:{each.name}", "这个编码的申报要素必填"))
    faults += [
        (f"element:{name[:30]}", f"太长，至多 {_ELEMENT} 个字")
        for name, value in values.elements.items()
        if len(value) > _ELEMENT or len(name) > _ELEMENT
    ]
    return faults


def _missing(values: GoodValues) -> list[tuple[str, str]]:
    told = {
        "name": "请写商品的中文名称",
        "unit": "请选成交单位",
        "hs_code": "请写 10 位商品编码，可以按名称或拼音查",
    }
    return [(name, sentence) for name, sentence in told.items() if not getattr(values, name)]


def _long(values: GoodValues) -> list[tuple[str, str]]:
    found = []
    for name in TEXTS:
        longest = getattr(Good._meta.get_field(name), "max_length", 0) or 0
        # The forms of a code and of the unit are said in their own words.
        if len(getattr(values, name)) > longest and name not in ("hs_code", "extra_code", "unit"):
            found.append((name, f"太长：{len(getattr(values, name))} 个字，至多 {longest} 个字"))
    return found


def _clean(text: object) -> str:
    return " ".join(str(text or "").replace("\0", "").split())
