"""``youju up``: from nothing to the first page, and back to nothing on Ctrl-C."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import TYPE_CHECKING

from youju.config import web
from youju.config.apart import apart
from youju.foundation.database.ready import database_ready
from youju.foundation.jobs.supervising import Workers, worker_count

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from youju.trade.orders.demo.planning import YearPlan


@dataclass
class Steps:
    """Progress on standard error: bars on a terminal, plain lines elsewhere."""

    _bars: Progress | None = None
    _tasks: dict[str, TaskID] = field(default_factory=dict)

    def say(self, message: str) -> None:
        """One sentence above the bars."""
        if self._bars:
            self._bars.console.print(message, highlight=False)
        else:
            _tell(message)

    def counter(self, title: str) -> Callable[[int, int], None]:
        """A function that shows (done, all) of a step; nothing appears before its first call."""

        def show(done: int, total: int) -> None:
            if self._bars is None:
                if done == total:
                    self.say(f"{title}：{done}/{total}")
                return
            if title not in self._tasks:
                self._tasks[title] = self._bars.add_task(title, total=total)
            self._bars.update(self._tasks[title], completed=done, total=total)

        return show

    @contextmanager
    def set_aside(self) -> Iterator[None]:
        """Within the block another process draws bars."""
        if self._bars is None:
            yield
            return
        self._bars.stop()
        yield
        self._bars.start()


@contextmanager
def steps() -> Iterator[Steps]:
    """The steps of a start; the bars stand still when the block ends."""
    if not sys.stderr.isatty():
        yield Steps()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        yield Steps(bars)


def up(*, host: str, port: int, demo: bool) -> None:
    """Start the database, migrate, load the demo where asked, serve until Ctrl-C, SIGTERM or the end of the terminal.

    Raises:
        InputError: the port or the data folder is in use, the database cannot be used, ``demo`` beside real data.
    """
    asked = Asked()
    asked.listen()
    port = web.free_port(host, port)
    workers = Workers(worker_count())
    os.environ["YOUJU_STATIC"] = "hashed"
    os.environ["DJANGO_SETTINGS_MODULE"] = "youju.config.settings"
    try:
        with ExitStack() as stack:
            with steps() as show:
                ready = database_ready(exclusive=True, connections=web.connections(), tell=show.say)
                server = stack.enter_context(ready)
                # Unwound from the last to the first: deaf to a second Ctrl-C, the job workers end, then the database.
                stack.callback(workers.stop)
                stack.callback(_deafen)
                _prepare(show, demo=demo)
            asked.obey()

            def started() -> None:
                if server:
                    server.keep_alive()
                workers.start()
                _announce(host, port)

            web.serve(host, port, started, asked=asked)
    except KeyboardInterrupt:
        pass
    _tell("已停止。")


def _prepare(show: Steps, *, demo: bool) -> None:
    import django

    django.setup()
    from django.conf import settings

    from youju.config import static
    from youju.foundation.backup import switching
    from youju.foundation.database import migrations
    from youju.foundation.identity import installation

    if switching.finish():
        show.say("上次没有做完的恢复已经做完")
    if migrations.pending():
        migrations.migrate(show.counter("更新数据表"))
    if static.gather():
        show.say("已整理静态文件")
    from youju.trade.goods.services import load_nomenclature

    headings = load_nomenclature()
    if headings:
        show.say(f"已装入协调制度品目，{headings} 条有变化")
    if demo:
        _load_demo(show)
    from youju.performance.targets.services import relint_stale

    switching.record_restored()
    checked = relint_stale()
    if checked:
        show.say(f"规则或政策值有变化，已重新检查 {checked} 套绩效目标")
    # Whether this is the demo is a property of the data: a later start without --demo shows the same data, the same
    # banner and the same accounts. The workers are forked from here and inherit the setting.
    settings.DEMO_MODE = installation.demo_mode()


def _load_demo(show: Steps) -> None:
    """Load the demo year once. Every loader finds what is there, so a start that was cut short is completed."""
    from youju.foundation.identity import demo as people

    people.load(show.counter("建立演示账号"))
    with show.set_aside():
        apart(_load_demo_year)


def _load_demo_year() -> None:
    """In a process of its own: what computes on many threads (DuckDB, Arrow) must not be in the one that forks the workers."""
    with steps() as show:
        _load_year_of(show)


def _load_year_of(show: Steps) -> None:
    from django.utils import timezone

    from youju.trade.declarations.demo.loading import scale_asked
    from youju.trade.orders.demo.planning import YearPlan

    year = YearPlan(timezone.localdate(), scale_asked())
    _load_money(show)
    _load_parties(show, year)
    _load_office()
    _load_year(show, year)
    _load_supervision()
    _load_performance(show)


def _load_money(show: Steps) -> None:
    """The document of targets, and the budget with its payments."""
    from youju.foundation.kernel.context import reaching_all
    from youju.funds.assets.demo import loading as assets
    from youju.funds.payments.demo import loading as payments
    from youju.funds.projects.services import take_up_targets
    from youju.funds.subsidies.demo import policies
    from youju.performance.targets import demo as targets
    from youju.performance.targets.services.funding import items_of

    targets.load(show.say)
    # The demo's targets stay a draft, so nobody published them: the demo itself gives their tables to the room of funds.
    with reaching_all():
        take_up_targets(year=2023, items=items_of(targets.document(), 2023), is_demo=True)
    # While the projects still have their whole budget: a policy may promise no more than that (SUB-109).
    policies.load()
    if payments.load():
        show.say("载入示例年度的资金项目和付款")
    if assets.load():
        show.say("载入示例年度的固定资产")


def _load_parties(show: Steps, year: YearPlan) -> None:
    """Who trades, with what, and the few orders of the demo's own people."""
    from youju.trade.goods.demo import loading as goods
    from youju.trade.orders.demo import few as orders
    from youju.trade.parties.demo import loading as parties
    from youju.trade.statistics.demo import loading as statistics

    parties.load(show.counter("载入主体和摊位"), year.parties)
    goods.load(show.counter("载入商品"), year.parties)
    orders.load(show.counter("登记示例交易单"))
    statistics.load()


def _load_office() -> None:
    """The centre's own work."""
    from django.utils import timezone

    from youju.office.base.demo import loading as base
    from youju.office.contracts.demo import loading as contracts
    from youju.office.events.demo import loading as events
    from youju.office.staff.demo import loading as staff
    from youju.office.surveys.demo import loading as surveys
    from youju.office.tasks.demo import loading as tasks

    tasks.load(today=timezone.localdate())
    contracts.load()
    surveys.load(today=timezone.localdate())
    staff.load()
    base.load()
    events.load(today=timezone.localdate())


def _load_year(show: Steps, year: YearPlan) -> None:
    """The year's trade and what follows from it: collections, exemptions, claims."""
    from youju.funds.subsidies.demo import claims
    from youju.trade.declarations.demo import loading as declarations
    from youju.trade.exemptions.demo import loading as exemptions
    from youju.trade.settlement.demo import loading as settlement

    if declarations.load(show.counter("载入示例年度的交易和报关"), year):
        _analyze()
    settlement.load()
    exemptions.load()
    claims.load()


def _load_supervision() -> None:
    """What looks at the records of every room before it."""
    from django.utils import timezone

    from youju.funds.internal_audits.demo import loading as audits
    from youju.trade.risk.demo import loading as risk

    risk.load()
    audits.load(today=timezone.localdate())


def _load_performance(show: Steps) -> None:
    """What the year came to, in the order in which each stands on the one before."""
    from django.utils import timezone

    from youju.performance.disclosure.demo import loading as disclosure
    from youju.performance.evaluation.demo import loading as evaluation
    from youju.performance.measures.demo import loading as measures
    from youju.performance.monitoring.demo import loading as monitoring
    from youju.performance.proposals.demo import loading as proposals
    from youju.performance.report_checks.demo import loading as report_checks
    from youju.trade.credit.demo import loading as credit

    measures.load()
    monitoring.load(today=timezone.localdate())
    evaluation.load(show.say)
    proposals.load()
    report_checks.load()
    disclosure.load()
    if credit.load(today=timezone.localdate()):
        show.say("载入示例年度的信用得分")


def _analyze() -> None:
    """Tell the planner how much there is now; by itself the database would find out a minute later."""
    from django.db import connection

    from youju.foundation.database.addresses import Role
    from youju.foundation.database.roles import acting_as

    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _announce(host: str, port: int) -> None:
    from django.db import connections

    from youju.foundation.identity.demo import accounts_to_show

    there = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    accounts = accounts_to_show()
    connections.close_all()
    if accounts:
        _tell("演示账号（用户名 / 密码 / 角色）：")
        for account in accounts:
            _tell(f"  {account.username} / {account.password} / {account.role_name}")
    _tell(f"有据已启动：http://{there}:{port}/    按 Ctrl-C 停止")


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)  # noqa: T201


def _deafen() -> None:
    """A second Ctrl-C must not cut the database's stop short."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


class Asked:
    """Whether somebody has asked the start to stop. An exception alone is not enough: raised in a callback of the interpreter,
    as while modules are imported, it is printed and forgotten, and the product would go on for ever, half set up.
    """

    def __init__(self) -> None:
        self._number = 0

    def __bool__(self) -> bool:
        return self._number != 0

    def listen(self) -> None:
        """Note Ctrl-C, the end of the terminal and SIGTERM from now on, and end what runs."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._heard)

    def obey(self) -> None:
        """End here where somebody has asked before and was not heard."""
        if self._number:
            self._end(self._number)

    def _heard(self, number: int, _frame: FrameType | None) -> None:
        self._number = number
        self._end(number)

    @staticmethod
    def _end(number: int) -> None:
        raise KeyboardInterrupt if number == signal.SIGINT else SystemExit(128 + number)
