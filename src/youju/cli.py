"""``youju``: one command, many verbs. Each room brings its verbs in its own ``commands.py``.

A verb that needs no database must not import Django: it answers within the time that Python needs to start.
"""

from __future__ import annotations

import sys

import click
import typer

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.usage import Verbs

app = typer.Typer(
    cls=Verbs,
    name="youju",
    help="有据：每个数字都能打开它的依据。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _assemble() -> None:
    from youju.config.commands import app as house
    from youju.foundation.audit.commands import app as audit
    from youju.foundation.backup.commands import app as backup
    from youju.foundation.files.commands import app as files
    from youju.foundation.identity.commands import app as users
    from youju.foundation.kernel.commands import app as bench
    from youju.foundation.metrics.commands import app as metrics
    from youju.foundation.metrics.commands.lake import app as lake
    from youju.funds.subsidies.commands import app as subsidies
    from youju.performance.targets.commands import app as targets
    from youju.trade.declarations.commands import app as declarations
    from youju.trade.declarations.commands.demo import app as demo
    from youju.trade.goods.commands import app as decisions
    from youju.trade.tracing.commands import app as tracing

    app.add_typer(house)
    app.add_typer(bench)
    app.add_typer(backup)
    app.add_typer(audit, name="audit")
    app.add_typer(files, name="files")
    app.add_typer(users, name="users")
    app.add_typer(lake, name="lake")
    app.add_typer(subsidies, name="subsidies")
    app.add_typer(targets, name="targets")
    app.add_typer(declarations, name="declarations")
    app.add_typer(demo, name="demo")
    app.add_typer(decisions, name="decisions")
    app.add_typer(metrics, name="metrics")
    app.add_typer(tracing)


def main() -> None:
    """Run the command line; bad input ends in one line on standard error and status 2."""
    _assemble()
    try:
        app(prog_name="youju")
    except InputError as error:
        click.echo(f"youju：{error}", err=True)
        sys.exit(2)
    except Exception as error:
        if not _database_is_gone(error):
            raise
        reason = " ".join(str(error).split())
        click.echo(f"youju：数据库没有应答（{reason}）；请稍候再试，仍不行请运行 youju doctor。", err=True)
        sys.exit(2)


def _database_is_gone(error: BaseException) -> bool:
    """Whether the server went away or was still starting: nobody's input, and no fault of the program."""
    psycopg, django = sys.modules.get("psycopg"), sys.modules.get("django.db.utils")
    kinds = tuple(module.OperationalError for module in (psycopg, django) if module is not None)
    return isinstance(error, kinds)


if __name__ == "__main__":
    main()
