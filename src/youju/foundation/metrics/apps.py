"""The metric catalogue, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class MetricsConfig(AppConfig):
    """Numbers with lineage (指标)."""

    name = "youju.foundation.metrics"
    label = "metrics"
    verbose_name = "指标"

    def ready(self) -> None:
        """Name the kinds and the verbs of the room."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.metrics import events

        register_kind(
            events.LAKE,
            "数据湖",
            fields={
                "version": "版本",
                "rows": "行数",
                "records": "有改动的记录",
                "whole": "全部写入",
                "months": "涉及的月份",
                "files": "文件",
                "differences": "差异",
            },
        )
