"""The deeds of this room."""

from youju.foundation.audit.verbs import verb

METRIC_KIND = "metrics.metric"
FROZEN = verb("metrics.figure.frozen", "冻结了指标值，指标")
COMPARED = verb("metrics.figure.compared", "重新计算了冻结值，指标")
EXPORTED = verb("metrics.rows.exported", "导出了指标的依据行，指标")

FIELDS = {
    "period": "期间",
    "parameters": "参数",
    "value": "值",
    "unit": "单位",
    "rows": "行数",
    "row_hash": "行校验值",
    "engine": "引擎",
    "purpose": "用途",
    "frozen": "冻结号",
    "same": "一致",
    "format": "格式",
}
LAKE = "metrics.lake"
REFRESHED = verb("metrics.lake.refreshed", "刷新了")
ASKED = verb("metrics.lake.asked", "要求刷新")
VERIFIED = verb("metrics.lake.verified", "核对了")

LAKE_FIELDS = {
    "version": "版本",
    "rows": "行数",
    "records": "有改动的记录",
    "whole": "全部写入",
    "months": "涉及的月份",
    "files": "文件",
    "differences": "差异",
}
