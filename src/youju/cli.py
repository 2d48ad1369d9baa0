"""``youju``: one command, many verbs. Each room brings its verbs in its own ``commands.py``.

A verb that needs no database must not import Django: it answers within the time that Python needs to start.
"""

from __future__ import annotations

import sys
from importlib import import_module

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


VERBS = (
    ("youju.config.commands", ""),
    ("youju.foundation.kernel.commands", ""),
    ("youju.foundation.backup.commands", ""),
    ("youju.foundation.audit.commands", "audit"),
    ("youju.foundation.files.commands", "files"),
    ("youju.foundation.identity.commands", "users"),
    ("youju.foundation.metrics.commands.lake", "lake"),
    ("youju.funds.internal_audits.commands", "audits"),
    ("youju.funds.subsidies.commands", "subsidies"),
    ("youju.funds.payments.commands", "payments"),
    ("youju.performance.targets.commands", "targets"),
    ("youju.performance.evaluation.commands", "evaluation"),
    ("youju.performance.monitoring.commands", "monitoring"),
    ("youju.performance.proposals.commands", "proposals"),
    ("youju.performance.report_checks.commands", "report-checks"),
    ("youju.performance.disclosure.commands", "disclosure"),
    ("youju.performance.measures.commands", "measures"),
    ("youju.trade.declarations.commands", "declarations"),
    ("youju.trade.declarations.commands.demo", "demo"),
    ("youju.trade.settlement.commands", "settlement"),
    ("youju.trade.risk.commands", "risk"),
    ("youju.trade.goods.commands", "decisions"),
    ("youju.trade.exemptions.commands", "exemptions"),
    ("youju.foundation.metrics.commands", "metrics"),
    ("youju.trade.credit.commands", "credit"),
    ("youju.trade.tracing.commands", ""),
)
"""Where each group of verbs stands, and its name; those without one are verbs themselves."""


def _assemble() -> None:
    for module, name in VERBS:
        app.add_typer(import_module(module).app, name=name or None)


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
