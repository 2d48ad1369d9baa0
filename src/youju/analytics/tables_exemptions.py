"""The documented table of exemptions: filings whose tax period's day is decided, in time or not."""

from __future__ import annotations

from youju.analytics.tables import KEY, MONEY, PILOT, AnalyticTable, Column, register_table

EXEMPTION_FILINGS = register_table(
    AnalyticTable(
        name="exemption_filings",
        label="免税申报：申报过或已逾期的一份，以纳税申报期限之日计；更正只算最后一版",
        label_en="Exemption filings, filed or missed, by the day on which their tax period ends; corrections count once",
        key="filing_id",
        day="period_due",
        follows="exemption_filings",
        group="filing_id",
        sums=("amount_cny",),
        columns=(
            PILOT,
            Column("filing_id", KEY, "申报", "filing key"),
            Column("number", "string", "申报编号", "filing number"),
            Column("filer_id", KEY, "申报方", "filer key"),
            Column("consignor_id", KEY, "经营户", "consignor key"),
            Column("mode", "string", "申报方式", "self or agent"),
            Column("month", "date", "出口月份", "first day of the month of export"),
            Column("period_due", "date", "纳税申报期限", "last day of the tax period"),
            Column("on_time", "boolean", "按期", "whether it was filed in time"),
            Column("amount_cny", MONEY, "出口额", "amount", "CNY"),
        ),
    )
)
