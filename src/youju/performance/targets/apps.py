"""The room of performance targets, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """Performance targets (绩效目标): read, checked, shown, written back."""

    name = "youju.performance.targets"
    label = "targets"
    verbose_name = "绩效目标"
