"""The registers of the base, and their kinds in words."""

from __future__ import annotations

DOCUMENTS, PATENTS, BRANDS, STANDARDS, PLATFORMS = "documents", "patents", "brands", "standards", "platforms"
KIND_NAMES = {
    DOCUMENTS: {
        "trade": "外贸促进",
        "market": "市场采购贸易",
        "funds": "资金支持",
        "base": "基地建设",
        "brand": "品牌与知识产权",
        "other": "其他",
    },
    PATENTS: {"invention": "发明专利", "utility": "实用新型", "design": "外观设计"},
    BRANDS: {
        "well_known": "驰名商标",
        "provincial": "省级品牌",
        "municipal": "市级品牌",
        "registered": "注册商标",
    },
    STANDARDS: {
        "national": "国家标准",
        "industry": "行业标准",
        "local": "地方标准",
        "group": "团体标准",
        "enterprise": "企业标准",
    },
    PLATFORMS: {
        "design": "研发设计",
        "testing": "检验检测",
        "trade": "展示营销",
        "information": "信息服务",
        "training": "人才培训",
    },
}
"""Register → kind → its Chinese name."""
