"""The documented table of satisfaction surveys: how many sheets of a closed survey have which score under which tag."""

from __future__ import annotations

from youju.analytics.tables import KEY, PILOT, AnalyticTable, Column, register_table

SURVEY_ANSWERS = register_table(
    AnalyticTable(
        name="survey_answers",
        label="调查答卷：一次已结束的调查在一个标签下的一档得分和份数，以所问期间的最后一天计；不含任何人的单份答卷",
        label_en="Answers of closed surveys: how many sheets have a score under a tag, by the last day of the period asked about",
        key="tally_id",
        day="period_end",
        follows="surveys",
        group="survey_id",
        sums=(),
        columns=(
            PILOT,
            Column("tally_id", KEY, "行", "row key"),
            Column("survey_id", KEY, "调查", "survey key"),
            Column("number", "string", "调查编号", "survey number"),
            Column("title", "string", "调查标题", "survey title"),
            Column("project", "string", "项目编码", "project code"),
            Column("tag", "string", "标签", "question tag; empty for all scale questions"),
            Column("level", "string", "得分", "score from 0 to 100"),
            Column("answers", "int64", "份数", "sheets with this score"),
            Column("period_end", "date", "期间末日", "last day of the period"),
        ),
    )
)
