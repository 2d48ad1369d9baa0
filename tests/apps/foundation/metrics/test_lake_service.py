"""The lake of real declarations: filled, brought up to date, checked, killed; by service, job and command."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from typer.testing import CliRunner

from lake_made import killed_at
from youju.analytics.answers import ask, digest, rows_behind
from youju.analytics.lake.manifest import read
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.foundation.audit.models import Entry
from youju.foundation.kernel.errors import InputError
from youju.foundation.metrics import lake_source
from youju.foundation.metrics.models import Change, Lake
from youju.foundation.metrics.postgres import PostgresEngine
from youju.foundation.metrics.selectors.lake import lake_engine, snapshot, standing
from youju.foundation.metrics.services.lake import refresh_lake, verify_lake

ROUNDS = int(os.environ.get("YOUJU_KILL_ROUNDS", "12"))


CODES = (
    "exports.value_cny",
    "exports.market_hhi",
    "declarations.paperless_rate",
    "subjects.newcomer_active_rate",
)


def files(lake: Path) -> dict[str, list[str]]:
    manifest = read(lake)
    assert manifest is not None
    return {m: [piece.file for piece in pieces] for m, pieces in manifest.tables["released_lines"].items()}


def test_a_lake_from_the_first_fill_to_a_correction(
    declared: list[Any], lake: Path, release: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One long test: what it stands on takes seconds to make."""
    assert standing().lag is None
    with pytest.raises(InputError, match=r"还没有数据湖.*youju lake refresh"):
        verify_lake()
    first = refresh_lake()
    assert first.whole
    assert sorted(files(lake)) == ["2023-05", "2023-06", "2023-07"], "23:30 in China is still that day"
    done = verify_lake()
    # What is still pending depends on the transactions of the whole server, other tests' among them.
    assert done.differences == ()

    # The metrics are the same on both engines, value and rows.
    scope = Scope(Period.parse("2023"), "baigou")
    duck = lake_engine()
    assert duck is not None
    for code in CODES:
        metric = metrics()[code]
        live, ours = ask(metric, scope, PostgresEngine()), ask(metric, scope, duck)
        assert (live.value, live.parts) == (ours.value, ours.parts), metric.code
        assert digest(metric, scope, PostgresEngine()) == digest(metric, scope, duck)
        assert rows_behind(metric, scope, PostgresEngine()) == rows_behind(metric, scope, duck)
    assert ask(metrics()["exports.value_cny"], scope, duck).value

    # Nothing changed: nothing is written, the state is newer.
    before = files(lake)
    again = refresh_lake()
    assert (again.changed, files(lake)) == (False, before)

    # A note that changes nothing, a late correction: only its month is written.
    release(declared[0], "2023-05-09", state="exported")
    release(declared[3], "2023-07-31", country="NG")
    assert standing().waiting >= 2
    assert verify_lake().pending >= 4, "each in two tables"
    done_again = refresh_lake()
    assert done_again.months["released_lines"] == ("2023-07",)
    assert {month: each for month, each in files(lake).items() if month != "2023-07"} == {
        month: each for month, each in before.items() if month != "2023-07"
    }
    assert verify_lake().differences == ()

    # Withdrawn after all, by somebody who has not committed when the lake is read: the next refresh has it.
    release(declared[2], "2023-06-30", state="withdrawn")
    monkeypatch.setattr(lake_source, "_NAMED", 0)  # as with more changed records than are named one by one
    refresh_lake()
    assert verify_lake().differences == ()
    row = Lake.objects.get()
    assert not Change.objects.filter(transaction__lt=row.mark).exists(), (
        "what the lake has passed leaves the log"
    )
    manifest = read(lake)
    assert manifest is not None
    assert (row.version, row.rows, row.mark) == (manifest.version, manifest.rows, manifest.mark)
    assert row.verified_at is not None
    verbs = Entry.objects.filter(subject_kind="metrics.lake").values_list("verb", flat=True)
    assert sorted(verbs) == ["metrics.lake.refreshed"] * 3 + ["metrics.lake.verified"] * 4

    # A record that changed behind the log's back is found, and mended by a rebuild.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE declarations_sourceline SET amount_cny = amount_cny + 0.01 WHERE id = ("
                       " SELECT max(line_id) FROM declarations_released_lines)")  # fmt: skip
    found = [each.sentence for each in verify_lake().differences]
    assert len(found) == 1
    assert "released_lines 2023-07：折人民币（value_cny）合计" in found[0]
    assert standing().differences == tuple(found)
    assert refresh_lake(full=True).whole
    assert verify_lake().differences == ()


def test_a_transaction_that_commits_late_is_not_missed(
    declared: list[Any], lake: Path, release: Callable[..., None]
) -> None:
    """It was open when the lake was read, and its number is older than others' that were read."""
    import psycopg

    parameters = {**connection.get_connection_params(), "context": None}
    with psycopg.connect(
        **{name: parameters[name] for name in ("host", "user", "dbname") if name in parameters}
    ) as late:
        late.execute("SET youju.reads = 'all'; SET youju.writes = 'all'")
        late.execute("UPDATE declarations_declaration SET country = 'GH' WHERE id = %s", [declared[1].pk])
        release(declared[0], "2023-05-10")
        refresh_lake()
        late.commit()
    release(declared[2], "2023-06-29")
    refresh_lake()
    assert verify_lake().differences == ()
    state = snapshot()
    assert state is not None
    countries = {row["country"] for row in _rows(state)}
    assert "GH" in countries


def test_kill_at_any_step_then_the_next_refresh_is_clean(
    declared: list[Any], lake: Path, release: Callable[..., None]
) -> None:
    draw, killed = random.Random(20231125), 0
    for _ in range(ROUNDS):
        for row in draw.sample(declared, 2):
            state = draw.choice(["released", "exported", "withdrawn"])
            day = draw.choice(["2023-05-09", "2023-06-01", "2023-08-02"])
            release(row, day, state=state, country=draw.choice(["KE", "NG"]))
        connection.close()
        killed += killed_at(draw.randint(1, 40), lambda die: refresh_lake(tell=die))
        refresh_lake()
        done = verify_lake()
        # What is still pending depends on the transactions of the whole server, other tests' among them.
    assert done.differences == ()
    assert killed > ROUNDS // 3


def test_a_refresh_inside_a_transaction_is_a_fault_of_the_program(transactional_db: None, lake: Path) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        refresh_lake()


def test_an_empty_database_gives_an_empty_lake(transactional_db: None, lake: Path) -> None:
    assert refresh_lake().manifest.rows == 0
    assert verify_lake().differences == ()
    engine = lake_engine()
    assert engine is not None
    answer = ask(metrics()["exports.value_cny"], Scope(Period.parse("2023")), engine)
    assert answer.value == Decimal(0)


def test_the_commands_say_what_was_done(
    declared: list[Any], lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contextlib import nullcontext

    from youju.foundation.metrics.commands.lake import app

    monkeypatch.setattr("youju.foundation.database.ready.django_ready", lambda **_: nullcontext())
    run = CliRunner().invoke
    assert "还没有数据湖" in run(app, ["status"]).output
    assert "第 1 版：全部写入" in run(app, ["refresh"]).output
    assert "没有改动；数据湖仍是第 1 版" in run(app, ["refresh"]).output
    told = run(app, ["verify"])
    assert (told.exit_code, "0 处差异" in told.output) == (0, True)
    assert "0 处差异" in run(app, ["status"]).output
    damaged = next(lake.rglob("released_lines/*/*.parquet"))
    damaged.write_bytes(b"x")
    told = run(app, ["verify", "--json"])
    answer = json.loads(told.stdout)
    assert (told.exit_code, [each["what"] for each in answer["differences"]]) == (1, ["damaged"])
    rebuilt = json.loads(run(app, ["refresh", "--full", "--json"]).stdout)
    assert (rebuilt["version"], rebuilt["whole"]) == (2, True)
    status = json.loads(run(app, ["status", "--json"]).stdout)
    assert (status["version"], len(status["differences"])) == (2, 1)


def test_the_jobs_refresh_and_check(declared: list[Any], lake: Path) -> None:
    from youju.foundation.jobs.defining import Progress, definition
    from youju.foundation.metrics import jobs

    for work in (jobs.refresh, jobs.verify):
        known = definition(work)
        assert known is not None
        assert (known.atomic, bool(known.cron)) == (False, True)
    assert jobs.refresh(progress=Progress())["version"] == 1
    assert jobs.verify(progress=Progress())["differences"] == 0


def _rows(state: Any) -> list[dict[str, Any]]:
    from youju.analytics.tables import RELEASED_LINES

    expression = RELEASED_LINES.expression()
    return list(state.engine(threads=1).run(expression.select("country"), {}).to_pylist())
