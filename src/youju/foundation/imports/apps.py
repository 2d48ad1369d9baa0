"""The imports room: spreadsheets in, all or nothing."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Registers the room."""

    name = "youju.foundation.imports"
    label = "imports"
    verbose_name = "批量导入"
