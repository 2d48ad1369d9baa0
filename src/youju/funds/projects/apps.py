"""The room of projects, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Projects with a budget (资金项目): where the money comes from, its plan, its adjustments, its batches."""

    name = "youju.funds.projects"
    label = "projects"
    verbose_name = "资金项目"
