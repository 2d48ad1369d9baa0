"""The workflow room: states, deadlines, to-do lists."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """Registers the room."""

    name = "youju.foundation.workflow"
    label = "workflow"
    verbose_name = "流程与待办"
