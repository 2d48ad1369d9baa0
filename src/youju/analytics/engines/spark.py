"""Spark: over the files of several pilots' lakes at once, on one machine or a cluster. An optional extra: ``spark``.

The expression is compiled by Ibis' compiler of the PySpark backend, as it is for the other engines; the backend itself, which
wants pandas, is not opened. Files are named one by one, as the manifests have them: a snapshot, whatever is written meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa

from youju.analytics.engines.base import Spans, Values, columns_of, labelled
from youju.analytics.engines.compiling import to_sql, to_united_sql
from youju.analytics.lake.cubes import columns_known
from youju.analytics.lake.errors import LakeError
from youju.analytics.lake.reading import Snapshot, snapshot
from youju.analytics.periods import Period

_KINDS = {"string": "STRING", "date": "DATE", "int64": "BIGINT", "boolean": "BOOLEAN"}
# A whole stage is done again elsewhere when a worker dies; that a machine has two cores is no reason for 200 parts of a group-by.
_SETTINGS = {
    "spark.sql.shuffle.partitions": "16",
    "spark.sql.session.timeZone": "Asia/Shanghai",
    "spark.sql.ansi.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}


class SparkEngine:
    """Answers from the lakes of all pilots; ``as_of`` is the oldest of their states."""

    name = "spark"

    def __init__(self, session: Any, lakes: Mapping[str, Snapshot]) -> None:
        if not lakes:
            raise LakeError("没有给出数据湖", how="请至少指明一个试点的数据湖")
        self._session, self._lakes = session, dict(lakes)
        self.as_of: datetime = min(each.as_of for each in lakes.values())

    def run(self, expression: ir.Table, spans: Spans) -> pa.Table:
        """See :class:`youju.analytics.engines.Engine`."""
        return self._frame(expression, spans).toArrow().cast(columns_of(expression))

    def run_many(
        self, expressions: Mapping[str, ir.Table], spans: Spans, values: Values | None = None
    ) -> pa.Table:
        """See :class:`youju.analytics.engines.Engine`."""
        text = to_united_sql(expressions, "pyspark", self._sources(expressions.values(), spans), values)
        return self._session.sql(text).toArrow().cast(labelled(expressions))

    def stream(self, expression: ir.Table, spans: Spans) -> Iterator[pa.RecordBatch]:
        """See :class:`youju.analytics.engines.Engine`; one part of the result after the other is with us, never all."""
        schema = columns_of(expression)
        names = schema.names
        frame = self._frame(expression, spans)
        rows: list[Any] = []
        for row in frame.toLocalIterator(prefetchPartitions=False):
            rows.append(row)
            if len(rows) == _BATCH:
                yield _batch(rows, names, schema)
                rows = []
        if rows:
            yield _batch(rows, names, schema)

    def stop(self) -> None:
        """End the session."""
        self._session.stop()

    def _frame(self, expression: ir.Table, spans: Spans) -> Any:
        return self._session.sql(to_sql(expression, "pyspark", self._sources([expression], spans)))

    def _sources(self, expressions: Iterable[ir.Table], spans: Spans) -> dict[str, str]:
        names = {table.name for each in expressions for table in each.op().find(ops.UnboundTable)}
        for name in names:
            self._view(name, spans.get(name))
        return {name: f"SELECT * FROM lake_{name}" for name in names}  # noqa: S608 - names of ours

    def _view(self, name: str, span: Period | None) -> None:
        columns = columns_known(name)
        shape = ", ".join(f"`{each.name}` {_KINDS.get(each.type, each.type)}" for each in columns)
        files = [str(file) for each in self._lakes.values() for file in each.files(name, span)]
        read = self._session.read.schema(shape)
        frame = read.parquet(*files) if files else self._session.createDataFrame([], shape)
        frame.createOrReplaceTempView(f"lake_{name}")


_BATCH = 20_000


def _batch(rows: list[Any], names: list[str], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    arrays = [pa.array(column, schema.field(name).type) for name, column in zip(names, columns, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def spark_engine(
    lakes: Mapping[str, Path], *, master: str = "local[*]", settings: Mapping[str, str] | None = None
) -> SparkEngine:
    """Spark over the newest states of several lakes.

    Args:
        lakes: pilot → the root under which its lake lies (``<root>/<pilot>``).
        master: ``local[*]`` for this machine alone, ``spark://host:port`` for a cluster.
        settings: of Spark, beside our own.

    Raises:
        LakeError: Spark is not installed, there is no Java, or one of the lakes is missing.
    """
    states = {pilot: snapshot(root, pilot) for pilot, root in lakes.items()}
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise LakeError("没有安装 Spark", how="请安装 requirements-spark.lock 里的依赖和 Java 17") from error
    logging.getLogger("py4j").setLevel(logging.WARNING)
    builder = SparkSession.builder.appName("youju").master(master)
    for key, value in (_SETTINGS | dict(settings or {})).items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except Exception as error:  # Java missing or refusing says so in many ways
        raise LakeError(f"Spark 没有启动（{type(error).__name__}）", how="请确认本机装有 Java 17") from error
    session.sparkContext.setLogLevel("ERROR")
    return SparkEngine(session, states)
