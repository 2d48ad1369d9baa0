"""The product's settings with the peers beside it."""

from youju.config.settings import *  # noqa: F403
from youju.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "auditlog", "simple_history", "import_export", "peers"]
