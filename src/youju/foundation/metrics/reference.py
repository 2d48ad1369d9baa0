"""Writes ``docs/reference/metrics.md``: ``python -m youju.foundation.metrics.reference``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal

from youju.analytics.metrics import Metric, metrics
from youju.analytics.tables import AnalyticTable, analytic_tables
from youju.foundation.kernel import places

_MADE = "<!-- 由 python -m youju.foundation.metrics.reference 生成，请勿手改。 -->"
PAGE = "metrics.md"


def page() -> str:
    """Every metric with its formula, tables and a worked example; every documented table with its columns."""
    known, tables = list(metrics().values()), list(analytic_tables().values())
    lines = [_MADE, "", "# 指标目录", "", f"共 {len(known)} 个指标、{len(tables)} 张数据表。", ""]
    lines += [
        "指标的值由依据行按“组成”相加，再按公式得出；依据行是哪些记录、各计入多少，由一个表达式给出，"
        "PostgreSQL、DuckDB、Spark 用的是同一个。",
        "",
        "| 编码 | 指标 | 单位 | 公式 |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| [`{each.code}`](#{_anchor(each.code)}) | {each.label} | {each.unit} | {each.combination.formula} |"
        for each in known
    ]
    for each in known:
        lines += ["", *_metric(each)]
    lines += ["", "# 数据表"]
    for table in tables:
        lines += ["", *_table(table)]
    return "\n".join(lines) + "\n"


def _metric(metric: Metric) -> Iterator[str]:
    yield f"## `{metric.code}`"
    yield ""
    yield f"**{metric.label}**（{metric.label_en}）"
    yield ""
    yield metric.definition
    yield ""
    yield f"*{metric.definition_en}*"
    yield ""
    yield f"- 单位：{metric.unit}；{metric.direction.label}；口径负责：{metric.owner}；依据：`{metric.basis}`"
    yield f"- 公式：{metric.combination.formula}"
    yield f"- 依据行：{metric.grain}；数据表：{'、'.join(f'`{name}`' for name in metric.tables)}"
    if metric.part_labels:
        yield f"- 组成：{'；'.join(f'`{name}` {label}' for name, label in metric.part_labels.items())}"
    if metric.parameters:
        yield f"- 参数：{'；'.join(f'`{name}` {label}' for name, label in metric.parameters.items())}"
    yield f"- 算例：{_example(metric)}"


def _example(metric: Metric) -> str:
    parts = {name: Decimal(text) for name, text in metric.example.items()}
    value = metric.combination.combine(parts).value
    told = "，".join(f"{metric.part_labels.get(name, name)} {text}" for name, text in metric.example.items())
    shown = "无" if value is None else f"{value.normalize():f} {metric.unit}"
    return f"{told} → {shown}"


def _table(table: AnalyticTable) -> Iterator[str]:
    yield f"## `{table.name}`"
    yield ""
    yield f"{table.label}。*{table.label_en}.*"
    yield ""
    yield f"主键 `{table.key}`；按 `{table.day}` 归入月份。"
    yield ""
    yield "| 列 | 类型 | 单位 | 中文 | English |"
    yield "|---|---|---|---|---|"
    for column in table.columns:
        yield f"| `{column.name}` | `{column.type}` | {column.unit} | {column.label} | {column.label_en} |"


def _anchor(code: str) -> str:
    return code.replace(".", "")


def main() -> None:
    """Write the page."""
    import django

    django.setup()
    target = places.ROOT / "docs" / "reference" / PAGE
    target.write_text(page(), encoding="utf-8")
    print(f"{target.relative_to(places.ROOT)}", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "youju.config.settings")
    main()
