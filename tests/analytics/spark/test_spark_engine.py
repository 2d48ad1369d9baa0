"""Spark gives the same figures as DuckDB over the lakes of several pilots; a worker that is killed changes nothing.

Skipped where Java or pyspark is absent; `.ci/run` has both.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from lake_made import LIMITS, NOW
from youju.analytics.answers import ask, digest, rows_behind
from youju.analytics.engines import DuckEngine
from youju.analytics.lake.cubes import cube_rows
from youju.analytics.lake.folder import LakeFolder
from youju.analytics.lake.made import MadeSource
from youju.analytics.lake.reading import snapshot
from youju.analytics.lake.refreshing import refresh
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.foundation.kernel import places

pytestmark = [
    pytest.mark.skipif(
        shutil.which("java") is None or importlib.util.find_spec("pyspark") is None,
        reason="Java 或 pyspark 不在",
    ),
    # Its own warnings about Python to come, and sockets that it leaves to the collector.
    pytest.mark.filterwarnings("ignore"),
]
PILOTS = {"baigou": 1, "yiwu": 2}


@pytest.fixture(scope="module")
def lakes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("lakes")
    for pilot, seed in PILOTS.items():
        source = MadeSource(pilot, 4_000, seed=seed, count=14)
        refresh(LakeFolder(root, pilot), source, limits=LIMITS, now=NOW)
    return dict.fromkeys(PILOTS, root)


@pytest.fixture(scope="module")
def running() -> Iterator[Any]:
    sys.path.insert(0, str(places.ROOT / "scripts"))
    from spark_cluster import cluster

    with cluster(memory="600m") as found:
        yield found


@pytest.fixture(scope="module")
def spark(lakes: Mapping[str, Path], running: Any) -> Iterator[Any]:
    from youju.analytics.engines.spark import spark_engine

    engine = spark_engine(lakes, master=running.master, settings={"spark.executor.memory": "500m"})
    yield engine
    engine.stop()


@pytest.fixture(scope="module")
def duck(lakes: Mapping[str, Path]) -> DuckEngine:
    states = [snapshot(root, pilot) for pilot, root in lakes.items()]
    return DuckEngine(
        as_of=NOW, files=lambda name, span: [file for state in states for file in state.files(name, span)]
    )


CODES = ("exports.growth_rate", "exports.average_price", "exports.new_market_rate", "subjects.repeat_rate")


def test_every_kind_of_metric_is_the_same(spark: Any, duck: DuckEngine) -> None:
    for code in CODES:
        scope = Scope(Period.parse("2023-01"))
        theirs, ours = ask(metrics()[code], scope, duck), ask(metrics()[code], scope, spark)
        assert (ours.value, ours.parts) == (theirs.value, theirs.parts), code
        assert ours.parts, code


def test_rows_and_their_digest_are_the_same(spark: Any, duck: DuckEngine) -> None:
    metric, scope = metrics()["exports.market_cr5"], Scope(Period.parse("2022-12"), "yiwu")
    assert digest(metric, scope, spark) == digest(metric, scope, duck)
    part = max(ask(metric, scope, duck).parts)
    ours = rows_behind(metric, scope, spark, part=part, limit=7)
    assert ours == rows_behind(metric, scope, duck, part=part, limit=7)
    assert {row["pilot"] for row in ours.to_pylist()} == {"yiwu"}


def test_cubes_of_all_pilots_are_the_same(spark: Any, duck: DuckEngine) -> None:
    scope = Scope(Period.parse("2022"))
    rows = cube_rows(scope, "cube_chapters")
    figures = rows.group_by("pilot", "chapter").aggregate(value=rows.value_cny.sum(), lines=rows.lines.sum())
    ordered = figures.order_by("pilot", "chapter")
    assert spark.run(ordered, scope.spans) == duck.run(ordered, scope.spans)
    assert isinstance(spark.run(ordered, scope.spans), pa.Table)


def test_a_month_without_rows_is_empty(spark: Any) -> None:
    answer = ask(metrics()["exports.value_cny"], Scope(Period.parse("2019")), spark)
    assert (answer.value, answer.parts) == (0, {})


# Last: it leaves one worker.
def test_a_job_ends_although_a_worker_is_killed(spark: Any, duck: DuckEngine, running: Any) -> None:
    metric, scope = metrics()["exports.goods_hhi"], Scope(Period.parse("2022"))
    wanted = ask(metric, scope, duck)
    dying = threading.Timer(0.3, running.kill, (0,))
    dying.start()
    answers = [ask(metric, scope, spark) for _ in range(2)]
    dying.join()
    answers.append(ask(metric, scope, spark))
    assert [each.value for each in answers] == [wanted.value] * 3
