"""Units of measure that an indicator value may carry.

The names stand here so that a value can be read without any policy file; their kinds and factors are data in
``policies/units.yaml``. A test proves that the two name the same units.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from youju.rules.law import PolicyValue, Table, table

_NAMES = """
% ‰ 个百分点 百分点 分
元 千元 百万元 万元 亿元 美元 万美元 亿美元 欧元 万欧元
百 千 万 亿
个 家 次 人 名 位 户 项 件 份 篇 期 场 台 套 批 批次 人次 场次 班次 车次 列 架
辆 艘 株 棵 头 只 条 根 块 片 张 本 册 幅 部 座 处 间 栋 所 幢 宗 例 起 笔 单 种
类 组 支 队 届 轮 站 点 标箱 箱 包 袋 瓶 盒 盏 眼 口 床 课时 学时 票 款 对 副 双
门 卷 级 倍 层 扇 组次 人月 人年 工日 标段 路 根次 套次 项次 件次 户次 家次
年 月 个月 季度 个季度 周 天 日 工作日 个工作日 小时 个小时 分钟 秒
米 千米 公里 厘米 毫米 延米 平方米 ㎡ m² 平方公里 公顷 亩 万亩 立方米 m³ 方 升 毫升
吨 千克 公斤 kg KG 克 千瓦 千瓦时 度 兆瓦 MB GB TB M G T
"""
UNITS = frozenset(_NAMES.split())

_BY_LENGTH = sorted(UNITS, key=len, reverse=True)
_BASE = "|".join(re.escape(unit) for unit in _BY_LENGTH)
UNIT_PATTERN = rf"(?:[百千万亿](?={_BASE}))?(?:{_BASE})(?:[/·每](?:{_BASE}))*"
"""A unit as it is printed: ``万元``, ``万人次``, ``元/人·月``."""


def magnitude(number: str, unit: str | None, law: Mapping[str, PolicyValue]) -> tuple[str, Decimal]:
    """Bring a number to its kind's base unit: ``("2", "亿元")`` → ``("money", 200000000)``.

    Two magnitudes may be compared only when their kinds are equal. A unit outside ``policies/units.yaml``
    (``元/人``) is a kind of its own; no unit at all is the kind ``""``.
    """
    value = Decimal(number)
    if unit is None:
        return "", value
    units = table(law, "units")
    prefix, rest = unit[:1], unit[1:]
    if unit not in units and rest in units and _kind(units, prefix) == "multiplier":
        return _kind(units, rest), value * _factor(units, prefix) * _factor(units, rest)
    if unit not in units:
        return unit, value
    return _kind(units, unit), value * _factor(units, unit)


def _kind(units: Table, unit: str) -> str:
    row = cast("Table", units.get(unit, {}))
    return str(row.get("kind", ""))


def _factor(units: Table, unit: str) -> Decimal:
    return Decimal(str(cast("Table", units[unit])["factor"]))
