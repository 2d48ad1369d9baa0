"""The documented tables of the office: tasks that fell due, what enterprises brought, contracts and what they deliver.

``tags`` holds every tag between bars (``|创新|培训|``; ``||`` for none), so that one tag is found on every engine alike.
"""

from __future__ import annotations

from youju.analytics.tables import KEY, MONEY, PILOT, AnalyticTable, Column, register_table

_TAGS = Column("tags", "string", "标签", "tags between bars")
_PROJECT = Column("project", "string", "项目编码", "project code")

DUE_TASKS = register_table(
    AnalyticTable(
        name="due_tasks",
        label="到期任务：一件任务，以期限计；期限以内取消的不在内",
        label_en="Tasks by their due day, without those cancelled by then",
        key="task_id",
        day="due_on",
        follows="tasks",
        group="task_id",
        sums=(),
        columns=(
            PILOT,
            Column("task_id", KEY, "任务", "task key"),
            Column("number", "string", "编号", "task number"),
            Column("kind", "string", "类别", "kind of task"),
            _TAGS,
            _PROJECT,
            Column("section", "string", "科室", "section"),
            Column("due_on", "date", "期限", "due day"),
            Column("accepted", "boolean", "已验收", "accepted"),
            Column("on_time", "boolean", "按期验收", "accepted on or before the due day"),
        ),
    )
)

RECEIVED_MATTERS = register_table(
    AnalyticTable(
        name="received_matters",
        label="受理事项：企业提出的一件物流诉求或纠纷投诉，以受理之日计；期限以内取消的不在内",
        label_en="Requests and disputes by the day of receipt, without those cancelled within their limit",
        key="task_id",
        day="received_on",
        follows="tasks",
        group="task_id",
        sums=(),
        columns=(
            PILOT,
            Column("task_id", KEY, "任务", "task key"),
            Column("number", "string", "编号", "task number"),
            Column("kind", "string", "类别", "request or dispute"),
            Column("topic", "string", "事由", "topic"),
            _TAGS,
            _PROJECT,
            Column("received_on", "date", "受理日期", "day of receipt"),
            Column("closed", "boolean", "已办结", "closed and accepted"),
            Column("within_limit", "boolean", "按期办结", "closed within the limit"),
            Column("met", "boolean", "已解决", "closed and solved"),
        ),
    )
)

SIGNED_CONTRACTS = register_table(
    AnalyticTable(
        name="signed_contracts",
        label="签订的合同：一份合同，以签订之日计；作废的不在内",
        label_en="Contracts by the day of signing, without void ones",
        key="contract_id",
        day="signed_on",
        follows="contracts",
        group="contract_id",
        sums=("amount",),
        columns=(
            PILOT,
            Column("contract_id", KEY, "合同", "contract key"),
            Column("number", "string", "合同编号", "contract number"),
            _TAGS,
            _PROJECT,
            Column("signed_on", "date", "签订日期", "day of signing"),
            Column("valid_from", "date", "起始日期", "first day in force"),
            Column("valid_to", "date", "终止日期", "last day in force"),
            Column("amount", MONEY, "合同金额", "contract amount", "CNY"),
        ),
    )
)

DUE_DELIVERABLES = register_table(
    AnalyticTable(
        name="due_deliverables",
        label="到期成果：合同的一项成果，以交付期限计；不再需要的、合同终止以后到期的不在内",
        label_en="Deliverables of contracts by their due day, without dropped ones and those due after the contract's end",
        key="deliverable_id",
        day="due_on",
        follows="deliverables",
        group="deliverable_id",
        sums=("price",),
        columns=(
            PILOT,
            Column("deliverable_id", KEY, "成果", "deliverable key"),
            Column("number", "string", "合同编号和序号", "contract number and place"),
            Column("contract_id", KEY, "合同", "contract key"),
            _TAGS,
            _PROJECT,
            Column("due_on", "date", "交付期限", "due day"),
            Column("price", MONEY, "价款", "price", "CNY"),
            Column("accepted", "boolean", "已验收", "accepted"),
        ),
    )
)
