"""A product of the benchmark's own: a temporary folder, a durable embedded server, every table, Django as the application."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def server() -> Iterator[Path]:
    """Until the block ends an empty database answers; yields its folder, which is removed afterwards. No Django."""
    folder = Path(tempfile.mkdtemp(prefix="youju-bench-"))
    os.environ["YOUJU_VAR"] = str(folder)
    try:
        from youju.foundation.database.ready import database_ready

        with database_ready(connections=60):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def product(settings: str = "peers.settings") -> Iterator[Path]:
    """Until the block ends the product's database answers; yields its folder, which is removed afterwards."""
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    with server() as folder:
        import django

        django.setup()
        from youju.foundation.database import migrations
        from youju.foundation.database.addresses import Role
        from youju.foundation.database.ready import refresh_grants
        from youju.foundation.database.roles import acting_as

        migrations.migrate(lambda _done, _total: None)
        if settings.startswith("peers"):
            with acting_as(Role.OWNER):
                _scratch_tables()
            refresh_grants()
        try:
            yield folder
        finally:
            from django.db import connections

            connections.close_all()


def _scratch_tables() -> None:
    from django.apps import apps
    from django.db import connection

    with connection.schema_editor() as editor:
        for model in apps.get_app_config("peers").get_models():
            editor.create_model(model)
