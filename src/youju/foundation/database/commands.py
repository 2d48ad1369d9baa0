"""The verbs ``up`` and ``doctor``, and ``django`` for engineers. Django is imported by the verbs, not by this file."""

from __future__ import annotations

import os

import typer

app = typer.Typer()

# These change tables or read what only their owner may: they run as the owner role.
OWNER_VERBS = {"migrate", "makemigrations", "flush", "sqlmigrate", "showmigrations", "dbshell", "sqlflush"}
# These need no database at all.
OFFLINE_VERBS = {"help", "version", "collectstatic", "findstatic", "makemessages", "compilemessages", "startapp"}


@app.command("django", hidden=True, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def django(ctx: typer.Context) -> None:
    """Django's own commands, e.g. ``youju django makemigrations``; the database runs while they do."""
    from youju.foundation.database.ready import django_ready

    verb = ctx.args[0] if ctx.args else "help"
    arguments = ["youju django", *ctx.args]
    if verb in OFFLINE_VERBS:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "youju.config.settings")
        _run_django(arguments, as_owner=False)
    else:
        with django_ready(tell=say):
            _run_django(arguments, as_owner=verb in OWNER_VERBS)


def _run_django(arguments: list[str], *, as_owner: bool) -> None:
    from contextlib import nullcontext

    from django.core.management import execute_from_command_line

    from youju.foundation.database.addresses import Role
    from youju.foundation.database.roles import acting_as

    with acting_as(Role.OWNER) if as_owner else nullcontext():
        execute_from_command_line(arguments)


def say(message: str) -> None:
    """A sentence for the user on standard error."""
    typer.echo(message, err=True)
