"""The one list of permissions, and their Chinese names."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """One thing that a person may do. Named ``subject.verb``."""

    HOME_VIEW = "home.view"
    ACCOUNT_OWN = "account.own"
    TARGETS_VIEW = "targets.view"
    TARGETS_IMPORT = "targets.import"
    TARGETS_EDIT = "targets.edit"
    TARGETS_EXPORT = "targets.export"
    FINDINGS_VIEW = "findings.view"
    REFERENCE_VIEW = "reference.view"
    USERS_VIEW = "users.view"
    USERS_MANAGE = "users.manage"
    STYLE_VIEW = "style.view"
    TARGETS_SUBMIT = "targets.submit"
    TARGETS_REVIEW = "targets.review"
    TARGETS_APPROVE = "targets.approve"
    TARGETS_PUBLISH = "targets.publish"
    TODO_OWN = "todo.own"
    WORKFLOW_VIEW = "workflow.view"
    ABSENCES_MANAGE = "absences.manage"
    IMPORTS_VIEW = "imports.view"
    IMPORTS_UNDO = "imports.undo"
    AUDIT_VIEW = "audit.view"
    AUDIT_EXPORT = "audit.export"
    OPERATIONS_VIEW = "operations.view"
    JOBS_MANAGE = "jobs.manage"
    API_KEYS_MANAGE = "api_keys.manage"
    PARTIES_OWN = "parties.own"
    PARTIES_FILE = "parties.file"
    PARTIES_VIEW = "parties.view"
    PARTIES_REVIEW = "parties.review"
    PARTIES_SUSPEND = "parties.suspend"
    PARTIES_MERGE = "parties.merge"
    PARTIES_UNMASK = "parties.unmask"
    PARTIES_IMPORT = "parties.import"
    PARTIES_EXPORT = "parties.export"
    BUYERS_FILE = "buyers.file"
    AGREEMENTS_VIEW = "agreements.view"
    AGREEMENTS_SIGN = "agreements.sign"
    TARIFF_VIEW = "tariff.view"
    TARIFF_MANAGE = "tariff.manage"
    GOODS_VIEW = "goods.view"
    GOODS_EDIT = "goods.edit"
    GOODS_RECOGNISE = "goods.recognise"
    GOODS_TRY = "goods.try"
    GOODS_EXPORT = "goods.export"
    ORDERS_VIEW = "orders.view"
    ORDERS_EDIT = "orders.edit"
    ORDERS_CONFIRM = "orders.confirm"
    ORDERS_IMPORT = "orders.import"
    ORDERS_EXPORT = "orders.export"
    ORDERS_VIEW_OWN_PURCHASES = "orders.view_own_purchases"
    RATES_MANAGE = "rates.manage"
    PACKING_VIEW = "packing.view"
    PACKING_EDIT = "packing.edit"
    PACKING_EXPORT = "packing.export"
    PACKING_IMPORT = "packing.import"
    DECLARATIONS_VIEW = "declarations.view"
    DECLARATIONS_PLAN = "declarations.plan"
    DECLARATIONS_SEND = "declarations.send"
    DECLARATIONS_SUPERVISE = "declarations.supervise"
    DECLARATIONS_EXPORT = "declarations.export"
    DECLARATIONS_REPLY = "declarations.reply"
    WEBHOOKS_MANAGE = "webhooks.manage"
    GOODS_OVERSEE = "goods.oversee"
    METRICS_VIEW = "metrics.view"
    METRICS_EXPORT = "metrics.export"
    METRICS_FREEZE = "metrics.freeze"
    METRICS_REFRESH = "metrics.refresh"
    TRACING_VIEW = "tracing.view"
    TRACING_EXPORT = "tracing.export"
    TRACING_LABEL = "tracing.label"
    TRACING_CONSENT = "tracing.consent"
    STATISTICS_VIEW = "statistics.view"
    STATISTICS_EXPORT = "statistics.export"
    STATISTICS_OVERSEE = "statistics.oversee"
    STATISTICS_IMPORT = "statistics.import"
    STATISTICS_MANAGE = "statistics.manage"
    FUNDS_VIEW = "funds.view"
    FUNDS_EDIT = "funds.edit"
    FUNDS_MANAGE = "funds.manage"
    FUNDS_APPROVE = "funds.approve"
    FUNDS_EXPORT = "funds.export"
    PAYMENTS_VIEW = "payments.view"
    PAYMENTS_REQUEST = "payments.request"
    PAYMENTS_REVIEW_SECTION = "payments.review_section"
    PAYMENTS_REVIEW = "payments.review"
    PAYMENTS_APPROVE = "payments.approve"
    PAYMENTS_SEND = "payments.send"
    PAYMENTS_ACCEPT = "payments.accept"
    PAYMENTS_UNMASK = "payments.unmask"
    PAYMENTS_EXPORT = "payments.export"
    SUBSIDIES_VIEW = "subsidies.view"
    SUBSIDIES_DRAFT = "subsidies.draft"
    SUBSIDIES_REVIEW = "subsidies.review"
    SUBSIDIES_APPROVE = "subsidies.approve"
    SUBSIDIES_BACKTEST = "subsidies.backtest"
    CLAIMS_OWN = "claims.own"
    CLAIMS_VIEW = "claims.view"
    CLAIMS_REVIEW = "claims.review"
    CLAIMS_RECHECK = "claims.recheck"
    CLAIMS_PUBLICISE = "claims.publicise"
    CLAIMS_AWARD = "claims.award"
    CLAIMS_EXPORT = "claims.export"
    DUPLICATES_DECIDE = "duplicates.decide"
    TASKS_VIEW = "tasks.view"
    TASKS_PLAN = "tasks.plan"
    TASKS_DO = "tasks.do"
    TASKS_ACCEPT = "tasks.accept"
    TASKS_IMPORT = "tasks.import"
    TASKS_EXPORT = "tasks.export"
    TASKS_UNMASK = "tasks.unmask"
    TASKS_OWN = "tasks.own"
    CONTRACTS_VIEW = "contracts.view"
    CONTRACTS_EDIT = "contracts.edit"
    CONTRACTS_ACCEPT = "contracts.accept"
    CONTRACTS_IMPORT = "contracts.import"
    CONTRACTS_EXPORT = "contracts.export"

    @property
    def label(self) -> str:
        """The Chinese name that pages show."""
        return _NAMES[self]


_NAMES: dict[Permission, str] = {
    Permission.HOME_VIEW: "看首页",
    Permission.ACCOUNT_OWN: "管理自己的账号",
    Permission.TARGETS_VIEW: "看绩效目标",
    Permission.TARGETS_IMPORT: "导入绩效目标",
    Permission.TARGETS_EDIT: "修改绩效目标的对应关系",
    Permission.TARGETS_EXPORT: "导出绩效目标",
    Permission.FINDINGS_VIEW: "看审核意见",
    Permission.REFERENCE_VIEW: "看规则与政策依据",
    Permission.USERS_VIEW: "看用户",
    Permission.USERS_MANAGE: "管理用户",
    Permission.STYLE_VIEW: "看界面样式",
    Permission.TARGETS_SUBMIT: "提交绩效目标",
    Permission.TARGETS_REVIEW: "审核绩效目标",
    Permission.TARGETS_APPROVE: "批准绩效目标",
    Permission.TARGETS_PUBLISH: "公开和调整绩效目标",
    Permission.TODO_OWN: "看自己的待办",
    Permission.WORKFLOW_VIEW: "看流程记录",
    Permission.ABSENCES_MANAGE: "为他人登记离岗和代理人",
    Permission.IMPORTS_VIEW: "看导入批次",
    Permission.IMPORTS_UNDO: "撤销导入批次",
    Permission.AUDIT_VIEW: "看审计记录",
    Permission.AUDIT_EXPORT: "导出审计记录",
    Permission.OPERATIONS_VIEW: "看系统运行情况",
    Permission.JOBS_MANAGE: "重试或取消后台任务",
    Permission.API_KEYS_MANAGE: "管理接口密钥",
    Permission.PARTIES_OWN: "看自己的备案",
    Permission.PARTIES_FILE: "办理主体备案",
    Permission.PARTIES_VIEW: "看全部主体",
    Permission.PARTIES_REVIEW: "审核主体备案",
    Permission.PARTIES_SUSPEND: "暂停、恢复和注销主体",
    Permission.PARTIES_MERGE: "合并重复的主体",
    Permission.PARTIES_UNMASK: "查看完整的个人证件号码",
    Permission.PARTIES_IMPORT: "批量导入主体",
    Permission.PARTIES_EXPORT: "导出主体",
    Permission.BUYERS_FILE: "办理采购商备案",
    Permission.AGREEMENTS_VIEW: "看代理协议",
    Permission.AGREEMENTS_SIGN: "订立和签署代理协议",
    Permission.TARIFF_VIEW: "查商品编码",
    Permission.TARIFF_MANAGE: "装入税则版本",
    Permission.GOODS_VIEW: "看商品",
    Permission.GOODS_EDIT: "登记和修改商品",
    Permission.GOODS_RECOGNISE: "办理商品认定",
    Permission.GOODS_TRY: "试算认定规则",
    Permission.GOODS_EXPORT: "导出商品",
    Permission.ORDERS_VIEW: "看交易单",
    Permission.ORDERS_EDIT: "登记和修改交易单",
    Permission.ORDERS_CONFIRM: "确认交易单",
    Permission.ORDERS_IMPORT: "批量导入交易单",
    Permission.ORDERS_EXPORT: "导出交易单",
    Permission.ORDERS_VIEW_OWN_PURCHASES: "看自己买的货",
    Permission.RATES_MANAGE: "维护海关汇率",
    Permission.PACKING_VIEW: "看组货和装箱",
    Permission.PACKING_EDIT: "办理组货和装箱",
    Permission.PACKING_EXPORT: "导出组货和装箱",
    Permission.PACKING_IMPORT: "批量导入装箱单",
    Permission.DECLARATIONS_VIEW: "看报关单",
    Permission.DECLARATIONS_PLAN: "归并和制作报关单",
    Permission.DECLARATIONS_SEND: "发送报关单",
    Permission.DECLARATIONS_SUPERVISE: "登记海关办理结果",
    Permission.DECLARATIONS_EXPORT: "导出报关单",
    Permission.DECLARATIONS_REPLY: "递交海关回执",
    Permission.WEBHOOKS_MANAGE: "管理状态通知",
    Permission.GOODS_OVERSEE: "看商品认定工作",
    Permission.METRICS_VIEW: "看指标和依据行",
    Permission.METRICS_EXPORT: "导出指标的依据行",
    Permission.METRICS_FREEZE: "冻结指标值",
    Permission.METRICS_REFRESH: "刷新数据湖",
    Permission.TRACING_VIEW: "看来源追溯",
    Permission.TRACING_EXPORT: "导出来源追溯",
    Permission.TRACING_LABEL: "制作和作废溯源标签",
    Permission.TRACING_CONSENT: "决定是否公开自己的摊位",
    Permission.STATISTICS_VIEW: "看出口统计",
    Permission.STATISTICS_EXPORT: "导出出口统计",
    Permission.STATISTICS_OVERSEE: "看大屏、月报、全口径统计和运行监测",
    Permission.STATISTICS_IMPORT: "导入全口径统计",
    Permission.STATISTICS_MANAGE: "编月报、处理运行监测提醒",
    Permission.FUNDS_VIEW: "看资金项目和支出进度",
    Permission.FUNDS_EDIT: "登记资金项目的采购步骤和支出批次",
    Permission.FUNDS_MANAGE: "建立资金项目、登记来源和支出计划、提出调整",
    Permission.FUNDS_APPROVE: "批准预算调整和批次验收",
    Permission.FUNDS_EXPORT: "导出资金项目",
    Permission.PAYMENTS_VIEW: "看付款",
    Permission.PAYMENTS_REQUEST: "提出付款申请",
    Permission.PAYMENTS_REVIEW_SECTION: "科室复核付款申请",
    Permission.PAYMENTS_REVIEW: "财务审核付款申请",
    Permission.PAYMENTS_APPROVE: "批准付款",
    Permission.PAYMENTS_SEND: "送银行付款、读入银行回单",
    Permission.PAYMENTS_ACCEPT: "认定支出成果",
    Permission.PAYMENTS_UNMASK: "查看完整的收款账号",
    Permission.PAYMENTS_EXPORT: "导出付款",
    Permission.SUBSIDIES_VIEW: "看补贴政策",
    Permission.SUBSIDIES_DRAFT: "起草补贴政策",
    Permission.SUBSIDIES_REVIEW: "审核补贴政策",
    Permission.SUBSIDIES_APPROVE: "批准补贴政策",
    Permission.SUBSIDIES_BACKTEST: "用往年报关单试算补贴政策",
    Permission.CLAIMS_OWN: "申请补贴、看自己的申请",
    Permission.CLAIMS_VIEW: "看全部补贴申请和拟补名单",
    Permission.CLAIMS_REVIEW: "受理和初审补贴申请",
    Permission.CLAIMS_RECHECK: "复核补贴申请",
    Permission.CLAIMS_PUBLICISE: "公示拟补名单、处理异议",
    Permission.CLAIMS_AWARD: "决定补贴",
    Permission.CLAIMS_EXPORT: "导出补贴申请和名单",
    Permission.DUPLICATES_DECIDE: "判断重复申报线索",
    Permission.TASKS_VIEW: "看任务",
    Permission.TASKS_PLAN: "安排任务、取消任务",
    Permission.TASKS_DO: "办理任务",
    Permission.TASKS_ACCEPT: "验收任务",
    Permission.TASKS_IMPORT: "批量导入工作计划",
    Permission.TASKS_EXPORT: "导出任务",
    Permission.TASKS_UNMASK: "查看诉求和纠纷的联系电话",
    Permission.TASKS_OWN: "提出物流诉求和纠纷投诉、看自己的进度",
    Permission.CONTRACTS_VIEW: "看合同",
    Permission.CONTRACTS_EDIT: "登记合同、成果和付款约定",
    Permission.CONTRACTS_ACCEPT: "验收合同成果",
    Permission.CONTRACTS_IMPORT: "批量导入合同",
    Permission.CONTRACTS_EXPORT: "导出合同",
}
