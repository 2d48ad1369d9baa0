"""The identity room: who may come in, and what each role may do."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Registers the room under the label that ``AUTH_USER_MODEL`` names."""

    name = "youju.foundation.identity"
    label = "identity"
    verbose_name = "身份与权限"
