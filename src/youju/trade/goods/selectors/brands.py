"""What kind of brand a good bears, in the words of the declaration."""

from __future__ import annotations

BRAND_KINDS = {
    "none": "无品牌",
    "own": "境内自主品牌",
    "domestic": "境内收购品牌",
    "foreign": "境外品牌（贴牌生产）",
    "other": "境外品牌（其他）",
}
