"""The documents room: any document in, official forms out."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Registers the room."""

    name = "youju.foundation.documents"
    label = "documents"
    verbose_name = "文书"
