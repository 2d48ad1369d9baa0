"""A metric (指标): its rows as one Ibis expression, and how the sums of their parts become the value.

The value is computed from its lineage and from nothing else: the expression gives the rows behind the figure, each with the
part it belongs to and what it contributes; the engine adds up the contributions by part; a combination makes the value of
them. So the rows that are shown always add up to what is reported.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from youju.analytics.combining import Combination
from youju.analytics.scopes import Scope

PART, KIND, ROW, NUMBER, VALUE = "part", "kind", "row", "number", "contribution"
COUNT = "rows"
ROW_COLUMNS = (PART, KIND, ROW, NUMBER, VALUE)


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"

    @property
    def label(self) -> str:
        """In Chinese."""
        return {"higher": "越高越好", "lower": "越低越好", "none": "不分高低"}[self.value]


@dataclass(frozen=True, slots=True)
class Metric:
    """One entry of the catalogue.

    Args:
        code: stable, ``room.what``; published figures name it.
        label, label_en: its name.
        unit: of the value: ``CNY``, ``%``, ``kg``, ``票``, ``家`` …
        direction: which way is better.
        grain: what one row behind it is, in Chinese.
        owner: who answers for its definition.
        definition, definition_en: one sentence.
        basis: the law, notice or house source that it follows.
        tables: names of the documented tables that it reads.
        rows: the expression; its columns begin with :data:`ROW_COLUMNS`, made by :func:`behind`.
        combination: from the sums of contributions by part to the value.
        example: sums by part, for the worked example of the reference page.
        part_labels: what each part is, in Chinese; empty where parts are groups (a country, a code).
        parameters: name → what it means, for metrics that take some.
    """

    code: str
    label: str
    label_en: str
    unit: str
    direction: Direction
    grain: str
    owner: str
    definition: str
    definition_en: str
    basis: str
    tables: tuple[str, ...]
    rows: Callable[[Scope], ir.Table]
    combination: Combination
    example: Mapping[str, str]
    part_labels: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)

    def parts(self, scope: Scope) -> ir.Table:
        """The sums by part: columns ``part``, ``contribution`` and ``rows`` (how many)."""
        rows = self.rows(scope)
        return rows.group_by(PART).aggregate(**{VALUE: rows[VALUE].sum(), COUNT: rows.count()})

    @property
    def formula_hash(self) -> str:
        """sha256 of what makes the value: the expression's code with what it calls in its module, and the combination.

        Comments, docstrings and layout do not count; whoever changes the expression changes the hash.
        """
        told = {name: _meaning(thing) for name, thing in _called(self.rows).items()}
        text = "\n".join([self.code, self.combination.name, *(told[name] for name in sorted(told))])
        return hashlib.sha256(text.encode()).hexdigest()


def behind(
    table: ir.Table,
    *,
    part: ir.StringValue | str,
    kind: str,
    row: ir.Column,
    number: ir.Column,
    value: ir.Column,
) -> ir.Table:
    """The rows behind a part of a value, with every column of the table after the five that all metrics share.

    Args:
        table: the rows.
        part: which part they belong to: one name, or a column of text (a group).
        kind: what record a row is (``declarations.line``, ``parties.party`` …), for its page.
        row: the record's key; with ``kind`` and ``part`` unique.
        number: what people know the record by.
        value: what the row contributes.
    """
    named = ibis.literal(part) if isinstance(part, str) else part
    first = {
        PART: named.cast("string"),
        KIND: ibis.literal(kind),
        ROW: row.cast("int64"),
        NUMBER: number.cast("string"),
        VALUE: value.cast("decimal(18, 5)"),
    }
    return table.select(**first, **{name: table[name] for name in table.columns if name not in first})


def only(rows: ir.Table) -> ir.Table:
    """The five columns that all metrics share: what rows of different tables have in common."""
    return rows.select(*ROW_COLUMNS)


_METRICS: dict[str, Metric] = {}


def register_metric(metric: Metric) -> Metric:
    """Put a metric into the catalogue; each code once."""
    if metric.code in _METRICS:
        raise ValueError(f"metric {metric.code} is registered twice")
    _METRICS[metric.code] = metric
    return metric


def metrics() -> Mapping[str, Metric]:
    """The catalogue, by code."""
    return MappingProxyType(dict(sorted(_METRICS.items())))


def _called(start: Callable[..., object]) -> dict[str, Callable[..., object]]:
    """A function and the functions of its module that it calls, and those they call."""
    module = inspect.getmodule(start)
    found: dict[str, Callable[..., object]] = {}
    waiting = [start]
    while waiting:
        each = waiting.pop()
        if each.__qualname__ in found:
            continue
        found[each.__qualname__] = each
        for name in each.__code__.co_names:
            other = getattr(module, name, None)
            if inspect.isfunction(other) and inspect.getmodule(other) is module:
                waiting.append(other)
    return found


def _meaning(function: Callable[..., object]) -> str:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.dump(tree)
