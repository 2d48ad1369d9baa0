"""The metric catalogue, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class MetricsConfig(AppConfig):
    """Numbers with lineage (指标)."""

    name = "youju.foundation.metrics"
    label = "metrics"
    verbose_name = "指标"
