"""What all tests share: a folder of their own in place of ``var/``, and a database of their own as the application role."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path

import django
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from shared_server import empty_tables, own_database, own_var
from warm import WARM

# Before Django reads its settings, and whatever the engineer's shell says: tests never touch the product's data.
os.environ["YOUJU_VAR"] = str(own_var())
os.environ["DJANGO_SETTINGS_MODULE"] = "youju.config.settings"
for _name in ("YOUJU_DATABASE_URL", "YOUJU_DATABASE_APP_URL", "YOUJU_DEMO", "YOUJU_STATIC", "YOUJU_DEBUG"):
    os.environ.pop(_name, None)


# The same examples in each run, so that a red run is red for everybody; YOUJU_EXAMPLES=random looks for new ones.
# No clock in them: how long an example takes says how busy the machine is.
settings.register_profile(
    "same",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=50,
)
settings.register_profile("random", print_blob=True)
settings.register_profile("nightly", settings.get_profile("random"), max_examples=1000, deadline=None)
PROFILE = os.environ.get("YOUJU_EXAMPLES", "same")
settings.load_profile(PROFILE)
if PROFILE == "same":
    # Constants of whatever modules the process has loaded so far would be among the examples: not the same ones in each run,
    # and seven hundred files to parse in each process.
    providers._get_local_constants = lambda: providers._local_constants


def pytest_configure(config: pytest.Config) -> None:
    """Set Django up once the folder above is in force; the server of static files warns where it finds no folder."""
    if getattr(config.option, "numprocesses", None) and "PYTEST_XDIST_WORKER" not in os.environ:
        # It hands out the work and does none: two seconds of loading for nothing. Its workers set themselves up.
        os.environ.pop("DJANGO_SETTINGS_MODULE")
        return
    if _are_fast(config.args):
        # Rules and policies know no framework: loading it would cost half as much as the tests themselves.
        os.environ.pop("DJANGO_SETTINGS_MODULE")
        return
    (Path(os.environ["YOUJU_VAR"]) / "static").mkdir(parents=True, exist_ok=True)
    django.setup()
    # A test's rows are rolled back, and the trail's heads with them: the same heads may then mean other rows.
    from django.conf import settings as product

    product.KEPT_PAGES_BYTES = 0
    _load_middleware_once()


FAST = ("tests/rules", "tests/policies")


def _are_fast(asked: list[str]) -> bool:
    """Whether nothing but the fast tier is asked for, by files or folders."""
    root = Path(__file__).resolve().parents[1]
    paths = [Path(each.partition("::")[0]).resolve() for each in asked]
    return all(any(path.is_relative_to(root / fast) for fast in FAST) for path in paths)


def _load_middleware_once() -> None:
    """Each ``Client`` would build the chain anew, and the server of static files look at every file; a product builds it once.

    Under settings that a test overrides, it is built for that test.
    """
    from django.conf import settings as product
    from django.test.client import ClientHandler

    build, usual = ClientHandler.load_middleware, product._wrapped
    built: dict[str, object] = {}

    def load(self: ClientHandler, is_async: bool = False) -> None:
        if product._wrapped is not usual or is_async:
            build(self, is_async)
            return
        if not built:
            build(self)
            built.update({name: value for name, value in vars(self).items() if name != "enforce_csrf_checks"})
        vars(self).update(built)

    ClientHandler.load_middleware = load  # type: ignore[method-assign]


def pytest_unconfigure() -> None:
    """The process that commands are forked from, where one was started."""
    WARM.close()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes give no name to a case: a file made at collection holds the time, and two workers would disagree."""
    return argname if isinstance(val, bytes) else None


LONGEST = (
    "kills/test_kills.py",
    "apps/foundation/backup/test_backup_drill.py",
    "web/test_permissions_walk.py",
    "apps/foundation/database/test_recovery.py",
    "apps/performance/targets/documents/test_round_trip.py",
    "cli/test_up_workers.py",
    "cli/test_up.py",
    "web/test_targets_pages.py",
    "api/test_fuzzing.py",
    "web/test_shell_pages.py",
    "apps/foundation/jobs/test_jobs_workers.py",
    "apps/trade/parties/test_filing_imports.py",
    "web/test_targets_life_pages.py",
    "apps/trade/goods/test_goods_imports.py",
    "apps/foundation/workflow/test_workflow_todo.py",
    "apps/trade/declarations/exchange/test_exchange_window.py",
    "apps/trade/declarations/demo/test_year_loading.py",
    "apps/funds/assets/test_assets_counting.py",
)
"""Files that take more than ten seconds of processor, the longest first: begun last, one of them would keep one core busy while
the other has nothing to do.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The fast tier first: rules and policies need no database. Of the others, the longest files first."""
    order = {"rules": 0, "policies": 0, "architecture": 1, "e2e": 9}
    root = Path(__file__).parent

    def place(item: pytest.Item) -> tuple[int, int]:
        path = item.path.relative_to(root)
        known = path.as_posix()
        return order.get(path.parts[0], 5), LONGEST.index(known) if known in LONGEST else len(LONGEST)

    items.sort(key=place)
    from kept import in_order

    in_order(items)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef, request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """Rows that several tests stand on are made before a test's own transaction begins (see ``kept``)."""
    if fixturedef.argname == "_django_db_helper":
        from kept import prepare

        prepare(request)
    return (yield)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: object) -> Iterator[None]:
    """A database of this process; migrated as the owner, used as the application role."""
    from django.db import connection

    with django_db_blocker.unblock(), own_database() as name:
        _flush_what_was_written()
        connection.close()
        connection.settings_dict["NAME"] = name
        yield
        connection.close()


def _flush_what_was_written() -> None:
    """A TransactionTestCase empties every table by TRUNCATE and makes Django's own rows anew, which takes a second.

    Few tables hold rows: those are emptied, past the guards of the trail and of foreign keys, as the server's own account.
    """
    from django.test import TransactionTestCase

    def flush(self: TransactionTestCase) -> None:
        empty_tables()

    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real sample; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("YOUJU_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    if not (folder / "samples").is_dir():
        pytest.skip("没有真实样例（设环境变量 YOUJU_SHARED 指明其文件夹）")
    return folder
