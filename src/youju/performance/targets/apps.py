"""The room of performance targets, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """Performance targets (绩效目标): read, checked, shown, written back."""

    name = "youju.performance.targets"
    label = "targets"
    verbose_name = "绩效目标"

    def ready(self) -> None:
        """Enter the left navigation."""
        from youju.foundation.shell.navigation import NavItem, register
        from youju.performance.targets import permissions

        section = "预算绩效"
        register(
            NavItem(section, "绩效目标", "targets:projects", permissions.VIEW, "list", 10),
            NavItem(section, "部门目标", "targets:department", permissions.VIEW, "target", 20),
            NavItem(section, "审核意见", "targets:findings", permissions.VIEW_FINDINGS, "flag", 30),
            NavItem(section, "导入", "targets:import", permissions.IMPORT, "upload", 40),
        )
