"""The documented tables that metrics are declared over: one row's meaning, each column's type, unit and meaning.

PostgreSQL gives each as a view (or a select) of the room that owns the records; the lake keeps the same columns in Parquet, by
pilot and month. Money is ``decimal(18, 2)`` in the currency named, weights are kilograms with five decimals, days are calendar
days of China. No table carries a person's identity: parties stand by their key, and a page looks names up in its asker's reach.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

MONEY, WEIGHT, KEY = "decimal(18, 2)", "decimal(18, 5)", "int64"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, Ibis type, unit where it has one, and what it holds in Chinese and English."""

    name: str
    type: str
    label: str
    label_en: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class AnalyticTable:
    """A documented table.

    Args:
        name: as metrics and engines know it.
        label: what one row is, in Chinese.
        label_en: the same in English.
        key: the column that tells rows of one pilot apart.
        day: the date column that places a row in a month of the lake.
        follows: the records whose changes change its rows, as the log of changes names them.
        group: the column that holds such a record's key; all its rows stand in one month.
        sums: columns whose sums the lake's manifest keeps and ``lake verify`` compares to the cent.
        columns: all of them, in their order in Parquet.
    """

    name: str
    label: str
    label_en: str
    key: str
    day: str
    follows: str
    group: str
    sums: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def schema(self) -> ibis.Schema:
        """Ibis' schema: name → type."""
        return ibis.schema({column.name: column.type for column in self.columns})

    def expression(self) -> ir.Table:
        """The unbound table that metrics are written over."""
        return ibis.table(self.schema, name=self.name)


_TABLES: dict[str, AnalyticTable] = {}


def register_table(table: AnalyticTable) -> AnalyticTable:
    """Make a table known to metrics, engines and the lake; each name once."""
    if table.name in _TABLES:
        raise ValueError(f"analytic table {table.name} is registered twice")
    _TABLES[table.name] = table
    return table


def analytic_tables() -> Mapping[str, AnalyticTable]:
    """All registered tables by name."""
    return MappingProxyType(_TABLES)


PILOT = Column("pilot", "string", "试点", "pilot")

RELEASED_LINES = register_table(
    AnalyticTable(
        name="released_lines",
        label="放行货物行：已放行报关单中，一张交易单的一行货在一个申报行里的部分",
        label_en="Goods of one order line inside one declared line of a released declaration",
        key="line_id",
        day="released_on",
        follows="declarations",
        group="declaration_id",
        sums=("value_cny", "net_weight", "gross_weight", "quantity"),
        columns=(
            PILOT,
            Column("line_id", KEY, "货物行", "row key"),
            Column("declaration_id", KEY, "报关单", "declaration key"),
            Column("declaration", "string", "申报单号", "our declaration number and version"),
            Column("entry_number", "string", "报关单号", "customs' declaration number"),
            Column("g_no", KEY, "项号", "line of the declaration"),
            Column("released_on", "date", "放行日期", "day of release"),
            Column("declared_on", "date", "申报日期", "day of declaring; its month gives the customs rate"),
            Column("agent_id", KEY, "外贸代理", "agent"),
            Column("merchant_id", KEY, "市场经营户", "merchant"),
            Column("buyer_id", KEY, "境外采购商", "foreign buyer"),
            Column("good_id", KEY, "商品", "item of the goods catalogue"),
            Column("order_id", KEY, "交易单", "order key"),
            Column("order_number", "string", "交易单号", "order number"),
            Column("line_no", KEY, "交易单序号", "line of the order"),
            Column("country", "string", "运抵国（地区）", "country of arrival, ISO 3166 alpha-2"),
            Column("port", "string", "出境口岸", "port of exit, customs code"),
            Column("transport_mode", "string", "运输方式", "mode of transport, customs code"),
            Column("hs_code", "string", "商品编码", "tariff code, ten digits"),
            Column("chapter", "string", "章", "chapter, the first two digits"),
            Column("name", "string", "品名", "declared name"),
            Column("unit", "string", "成交单位", "unit of quantity"),
            Column("quantity", WEIGHT, "数量", "quantity", "unit"),
            Column("currency", "string", "币种", "currency, ISO 4217"),
            Column("amount", MONEY, "总价", "FOB amount in the currency", "currency"),
            Column("value_cny", MONEY, "折人民币", "FOB value in CNY at the customs rate", "CNY"),
            Column("net_weight", WEIGHT, "净重", "net weight", "kg"),
            Column("gross_weight", WEIGHT, "毛重", "gross weight", "kg"),
            Column("packages", KEY, "件数", "packages"),
        ),
    )
)

RELEASED_DECLARATIONS = register_table(
    AnalyticTable(
        name="released_declarations",
        label="放行报关单：海关已放行或已结关的市场采购贸易报关单",
        label_en="Declarations under mode 1039 that customs released",
        key="declaration_id",
        day="released_on",
        follows="declarations",
        group="declaration_id",
        sums=("value_cny", "gross_weight"),
        columns=(
            PILOT,
            Column("declaration_id", KEY, "报关单", "declaration key"),
            Column("declaration", "string", "申报单号", "our declaration number and version"),
            Column("entry_number", "string", "报关单号", "customs' declaration number"),
            Column("released_on", "date", "放行日期", "day of release"),
            Column("declared_on", "date", "申报日期", "day of declaring"),
            Column("agent_id", KEY, "外贸代理", "agent"),
            Column("country", "string", "运抵国（地区）", "country of arrival, ISO 3166 alpha-2"),
            Column("port", "string", "出境口岸", "port of exit, customs code"),
            Column("transport_mode", "string", "运输方式", "mode of transport, customs code"),
            Column("paperless", "boolean", "全部单证无纸化", "every document electronic"),
            Column("currency", "string", "币种", "currency, ISO 4217"),
            Column("amount", MONEY, "总价", "FOB amount in the currency", "currency"),
            Column("value_cny", MONEY, "折人民币", "FOB value in CNY at the customs rate", "CNY"),
            Column("net_weight", WEIGHT, "净重", "net weight", "kg"),
            Column("gross_weight", WEIGHT, "毛重", "gross weight", "kg"),
            Column("packages", KEY, "件数", "packages"),
        ),
    )
)

FILED_PARTIES = register_table(
    AnalyticTable(
        name="filed_parties",
        label="备案主体：一个主体的一次备案，以通过之日计",
        label_en="Parties on file, by the day on which the filing was approved",
        key="party_id",
        day="filed_on",
        follows="parties",
        group="party_id",
        sums=(),
        columns=(
            PILOT,
            Column("party_id", KEY, "主体", "party key"),
            Column("number", "string", "备案号", "filing number"),
            Column("filed_on", "date", "备案日期", "day of approval"),
            Column("merchant", "boolean", "市场经营户", "filed as a merchant"),
            Column("agent", "boolean", "外贸代理", "filed as an agent"),
            Column("buyer", "boolean", "境外采购商", "filed as a foreign buyer"),
            Column("country", "string", "国别（地区）", "country, ISO 3166 alpha-2"),
        ),
    )
)

TIMED_STEPS = register_table(
    AnalyticTable(
        name="timed_steps",
        label="有时限的环节：一件事项办完的一个有承诺时限的环节",
        label_en="Steps of procedures that had a promised day and are done",
        key="step_id",
        day="done_on",
        follows="steps",
        group="step_id",
        sums=(),
        columns=(
            PILOT,
            Column("step_id", KEY, "环节", "row key"),
            Column("label", "string", "事项", "what the procedure is about"),
            Column("flow", "string", "流程", "kind of procedure"),
            Column("subject", "string", "对象", "key of the record on its way"),
            Column("step", "string", "步骤", "step that ended it"),
            Column("done_on", "date", "办结日期", "day on which it was done"),
            Column("due_on", "date", "限办日期", "promised day"),
            Column("working_days", KEY, "用了几个工作日", "working days it took", "days"),
            Column("within", "boolean", "按期", "done on or before the promised day"),
        ),
    )
)

DISTRICT_STATISTICS = register_table(
    AnalyticTable(
        name="district_statistics",
        label="全口径统计：一个地区一个月一种贸易方式的出口额，按导入的统计表",
        label_en="What a district exported in a month under a mode of trade, as imported",
        key="figure_id",
        day="month",
        follows="districts",
        group="figure_id",
        sums=("value_cny",),
        columns=(
            PILOT,
            Column("figure_id", KEY, "统计数", "row key"),
            Column("number", "string", "月份、地区和贸易方式", "month, district and mode in words"),
            Column("month", "date", "月份", "first day of the month"),
            Column("district", "string", "地区", "district"),
            Column("mode", "string", "贸易方式", "customs' mode of supervision"),
            Column("value_cny", MONEY, "出口额", "value of exports in CNY", "CNY"),
            Column(
                "value_usd",
                MONEY,
                "出口额（美元）",
                "value of exports in USD, where the source says so",
                "USD",
            ),
        ),
    )
)

SUBSIDY_AWARDS = register_table(
    AnalyticTable(
        name="subsidy_awards",
        label="补贴决定：一份申请得到的一笔补贴，归入它所属期间的最后一天",
        label_en="Awards of subsidies, by the last day of the policy's window that they are for",
        key="award_id",
        day="belongs_on",
        follows="awards",
        group="award_id",
        sums=("amount", "paid_amount"),
        columns=(
            PILOT,
            Column("award_id", KEY, "补贴决定", "award key"),
            Column("application", "string", "申请编号", "number of the application"),
            Column("policy", "string", "政策", "code of the policy"),
            Column("project", "string", "资金项目", "code of the budget project that pays"),
            Column("party_id", KEY, "主体", "party key"),
            Column("belongs_on", "date", "所属期间的最后一天", "last day of the policy's window"),
            Column("decided_on", "date", "决定日期", "day of the decision"),
            Column("amount", MONEY, "补贴金额", "amount awarded", "CNY"),
            Column("paid_amount", MONEY, "已付金额", "amount that the bank has paid", "CNY"),
            Column("platform", "boolean", "平台项目", "whether a platform project was supported"),
        ),
    )
)

PAID_PAYMENTS = register_table(
    AnalyticTable(
        name="paid_payments",
        label="已付款：银行已经付出的一笔付款，以银行日期计",
        label_en="Payments that the bank has made, by the bank's day",
        key="payment_id",
        day="paid_on",
        follows="payments",
        group="payment_id",
        sums=("amount",),
        columns=(
            PILOT,
            Column("payment_id", KEY, "付款", "payment key"),
            Column("number", "string", "付款编号", "payment number"),
            Column("project", "string", "项目编码", "project code"),
            Column("paid_on", "date", "付款日期", "the bank's day"),
            Column("due_on", "date", "应付日期", "day on which it was due"),
            Column("amount", MONEY, "金额", "amount", "CNY"),
            Column("tags", "string", "标记", "tags, each between commas: ,wages,"),
            Column("finding", "boolean", "有未整改的审计发现", "an audit finding about it is open"),
            Column("verified", "boolean", "支出成果已认定", "the evidence of its outcome is accepted"),
        ),
    )
)

DUE_PAYMENTS = register_table(
    AnalyticTable(
        name="due_payments",
        label="到期付款：应付日期已到或已经付出的一笔付款，以应付日期计",
        label_en="Payments that are due or paid, by the day on which they were due",
        key="payment_id",
        day="due_on",
        follows="payments",
        group="payment_id",
        sums=("amount",),
        columns=(
            PILOT,
            Column("payment_id", KEY, "付款", "payment key"),
            Column("number", "string", "付款编号", "payment number"),
            Column("project", "string", "项目编码", "project code"),
            Column("due_on", "date", "应付日期", "day on which it is due"),
            Column("on_time", "boolean", "按期付出", "paid on or before that day"),
            Column("amount", MONEY, "金额", "amount", "CNY"),
            Column("tags", "string", "标记", "tags, each between commas: ,wages,"),
        ),
    )
)

PROJECT_BUDGETS = register_table(
    AnalyticTable(
        name="project_budgets",
        label="项目预算：一个项目一年的调整后预算，以该年 1 月 1 日计",
        label_en="Adjusted budgets of projects, by the first day of their year",
        key="project_id",
        day="year_start",
        follows="projects",
        group="project_id",
        sums=("budget",),
        columns=(
            PILOT,
            Column("project_id", KEY, "资金项目", "project key"),
            Column("project", "string", "项目编码", "project code"),
            Column("year_start", "date", "年度", "first day of the fiscal year"),
            Column("budget", MONEY, "调整后预算", "budget with approved adjustments", "CNY"),
        ),
    )
)

PLAN_POINTS = register_table(
    AnalyticTable(
        name="plan_points",
        label="支出计划节点：一个项目到一个月底的累计支出计划，只有已经过去的节点，空白不算",
        label_en="Points of the cumulative spending plan that have passed; blanks are none",
        key="point_id",
        day="month_end",
        follows="plans",
        group="point_id",
        sums=("planned",),
        columns=(
            PILOT,
            Column("point_id", KEY, "计划节点", "row key"),
            Column("project_id", KEY, "资金项目", "project key"),
            Column("project", "string", "项目编码", "project code"),
            Column("month_end", "date", "节点", "last day of the month"),
            Column("planned", MONEY, "计划累计支出", "planned up to that day", "CNY"),
        ),
    )
)

CLOSED_BATCHES = register_table(
    AnalyticTable(
        name="closed_batches",
        label="已验收批次：一个支出批次，以验收之日计",
        label_en="Disbursement batches closed with acceptance, by the day of acceptance",
        key="batch_id",
        day="closed_on",
        follows="batches",
        group="batch_id",
        sums=(),
        columns=(
            PILOT,
            Column("batch_id", KEY, "支出批次", "batch key"),
            Column("number", "string", "批次编号", "batch number"),
            Column("project", "string", "项目编码", "project code"),
            Column("closed_on", "date", "验收日期", "day of acceptance"),
        ),
    )
)
