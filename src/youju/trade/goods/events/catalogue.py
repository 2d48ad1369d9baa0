"""The deeds of this room, and what its records are called in the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject

if TYPE_CHECKING:
    from youju.trade.goods.models import Good, TariffVersion

TARIFF_KIND = "goods.tariff"
GOOD_KIND = "goods.good"

NOMENCLATURE_LOADED = verb("goods.nomenclature.loaded", "装入了")
TARIFF_LOADED = verb("goods.tariff.loaded", "装入了")
TARIFF_ENDED = verb("goods.tariff.ended", "以新版本接替了")
TARIFF_REMOVED = verb("goods.tariff.removed", "撤销了")
TARIFF_REOPENED = verb("goods.tariff.reopened", "恢复了")
GOOD_REGISTERED = verb("goods.good.registered", "登记了")
GOOD_CHANGED = verb("goods.good.changed", "修改了")
GOOD_WITHDRAWN = verb("goods.good.withdrawn", "下架了")
GOOD_RESTORED = verb("goods.good.restored", "重新上架了")
GOOD_REMOVED = verb("goods.good.removed", "删除了")
AUTHORISATION_READ = verb("goods.authorisation.read", "下载了品牌授权文件的是", reads=True)

TARIFF_FIELDS = {
    "valid_from": "自",
    "valid_to": "至（不含）",
    "lines": "编码数",
    "source": "来源文件",
    "sha256": "校验值",
}
GOOD_FIELDS = {
    "party": "经营户",
    "number": "商品编号",
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
    "state": "状态",
    "revision": "修订次数",
}


def tariff_subject(version: TariffVersion) -> Subject:
    """A version of the tariff."""
    return Subject(TARIFF_KIND, str(version.pk), f"税则版本“{version.name}”")


def good_subject(good: Good) -> Subject:
    """A good."""
    return Subject(GOOD_KIND, str(good.pk), f"商品 {good.number} {good.name[:60]}")
