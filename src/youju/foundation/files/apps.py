"""The files room: contents kept once under their hash."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Registers the room."""

    name = "youju.foundation.files"
    label = "files"
    verbose_name = "文件"
