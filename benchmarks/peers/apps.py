"""The scratch app, installed by benchmarks only."""

from django.apps import AppConfig


class PeersConfig(AppConfig):
    """Registers the scratch tables."""

    name = "peers"
    label = "peers"
    default_auto_field = "django.db.models.BigAutoField"
