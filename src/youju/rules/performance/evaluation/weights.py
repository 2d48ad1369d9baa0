"""The weight of each row: as given, or shared out by the schema's first levels."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from youju.rules.performance.evaluation.facts import EvaluationError, Row, place, quoted
from youju.rules.performance.evaluation.points import plain, shared
from youju.rules.performance.evaluation.schemas import Schema


def weights_of(rows: Sequence[Row], schema: Schema) -> list[Decimal]:
    """The weight of every row, in order; together they are the schema's points for indicators, exactly.

    Raises:
        EvaluationError: some rows have a weight and some have none, or they do not make 100 with the execution weight.
    """
    given = [row.weight for row in rows if row.weight is not None]
    if given and len(given) < len(rows):
        number, row = next((number, row) for number, row in enumerate(rows, 1) if row.weight is None)
        raise EvaluationError(
            "没有写权重，别的行写了", where=place(number, row), how="请每行都写，或者都不写，由评分办法分"
        )
    if not given:
        return _shared(rows, schema)
    total = sum(given, Decimal(0))
    if total != schema.indicator_weight:
        raise EvaluationError(
            f"各行权重合计 {plain(total)}，加上预算执行率的 {plain(schema.execution_weight)}"
            f" 是 {plain(total + schema.execution_weight)}，不是 {plain(schema.full)}",
            where="indicators",
            how=f"请改正权重，使各行合计为 {plain(schema.indicator_weight)}",
        )
    return given


def _shared(rows: Sequence[Row], schema: Schema) -> list[Decimal]:
    found: dict[str, list[int]] = {level.name: [] for level in schema.levels}
    for index, row in enumerate(rows):
        level = next((level for level in schema.levels if level.holds(row.level1)), None)
        if level is None:
            have = "、".join(level.name for level in schema.levels)
            raise EvaluationError(
                f"没有写权重，评分办法里也没有一级指标{quoted(row.level1)}",
                where=place(index + 1, row),
                how=f"一级指标请写 {have}，或者逐行写权重",
            )
        found[level.name].append(index)
    weights = [Decimal(0)] * len(rows)
    for level in schema.levels:
        places = found[level.name]
        if not places:
            raise EvaluationError(
                f"没有写权重，又没有“{level.name}”的指标，缺了 {plain(level.weight)} 分，"
                f"合计不到 {plain(schema.full)}",
                where="indicators",
                how="请逐行写权重",
            )
        for index, weight in zip(places, shared(level.weight, len(places)), strict=True):
            weights[index] = weight
    return weights
