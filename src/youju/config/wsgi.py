"""The WSGI application that granian's workers serve."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "youju.config.settings")
application = get_wsgi_application()
