"""The one list of permissions and the one table of who holds them.

Services call ``require``; views carry ``web.guards.permission_required``; a test walks every address for
every role. To add a permission: a member here, its Chinese name, the roles that hold it, and rows in
tests/web/permission_table.csv.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Any

from django.core.exceptions import PermissionDenied

from youju.foundation.identity.roles import Role

__all__ = ["ROLE_PERMISSIONS", "Permission", "Role", "allowed", "permissions_of", "require", "roles_with"]


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
}

_EVERYONE = frozenset({Permission.HOME_VIEW, Permission.ACCOUNT_OWN, Permission.TODO_OWN})
_READS_TARGETS = _EVERYONE | {
    Permission.TARGETS_VIEW,
    Permission.TARGETS_EXPORT,
    Permission.FINDINGS_VIEW,
    Permission.REFERENCE_VIEW,
    Permission.WORKFLOW_VIEW,
    Permission.METRICS_VIEW,
    Permission.METRICS_EXPORT,
}

# Whose rows are counted is decided by row-level security: a merchant's statistics are the merchant's.
_COUNTS = frozenset({Permission.STATISTICS_VIEW, Permission.STATISTICS_EXPORT})
_READS_STATISTICS = _COUNTS | {Permission.STATISTICS_OVERSEE}
_READS_TRADE = _READS_STATISTICS | frozenset(
    {
        Permission.PARTIES_VIEW,
        Permission.PARTIES_EXPORT,
        Permission.AGREEMENTS_VIEW,
        Permission.TARIFF_VIEW,
        Permission.GOODS_VIEW,
        Permission.GOODS_EXPORT,
        Permission.ORDERS_VIEW,
        Permission.ORDERS_EXPORT,
        Permission.PACKING_VIEW,
        Permission.PACKING_EXPORT,
        Permission.DECLARATIONS_VIEW,
        Permission.DECLARATIONS_EXPORT,
        Permission.GOODS_OVERSEE,
        Permission.TRACING_VIEW,
        Permission.TRACING_EXPORT,
    }
)
# Whoever answers for a figure may open it down to its records; taking them away is another matter.
_OPENS_FIGURES = frozenset(
    {
        Permission.PARTIES_VIEW,
        Permission.GOODS_VIEW,
        Permission.ORDERS_VIEW,
        Permission.PACKING_VIEW,
        Permission.DECLARATIONS_VIEW,
        Permission.STATISTICS_VIEW,
        Permission.TRACING_VIEW,
    }
)
# What a party does about itself; which rows it sees is decided by row-level security, not here.
_OWN_TRADE = frozenset({Permission.PARTIES_OWN, Permission.PARTIES_FILE, Permission.TARIFF_VIEW})
_SIGNS = frozenset({Permission.AGREEMENTS_VIEW, Permission.AGREEMENTS_SIGN})
_SELLS = _COUNTS | frozenset(
    {
        Permission.REFERENCE_VIEW,  # whoever is refused by a rule may read it
        Permission.GOODS_VIEW,
        Permission.GOODS_EDIT,
        Permission.GOODS_EXPORT,
        Permission.ORDERS_VIEW,
        Permission.ORDERS_EDIT,
        Permission.ORDERS_CONFIRM,
        Permission.ORDERS_IMPORT,
        Permission.ORDERS_EXPORT,
        Permission.PACKING_VIEW,
        Permission.DECLARATIONS_VIEW,
        Permission.DECLARATIONS_EXPORT,
        Permission.TRACING_VIEW,
        Permission.TRACING_EXPORT,
        Permission.TRACING_LABEL,
    }
)
_PACKS = frozenset(
    {
        Permission.REFERENCE_VIEW,
        Permission.ORDERS_VIEW,
        Permission.PACKING_VIEW,
        Permission.PACKING_EDIT,
        Permission.PACKING_EXPORT,
        Permission.PACKING_IMPORT,
        Permission.DECLARATIONS_VIEW,
        Permission.TRACING_VIEW,
        Permission.TRACING_EXPORT,
        Permission.TRACING_LABEL,
    }
)
_DECLARES = frozenset(
    {
        Permission.REFERENCE_VIEW,
        Permission.PACKING_VIEW,
        Permission.DECLARATIONS_VIEW,
        Permission.DECLARATIONS_PLAN,
        Permission.DECLARATIONS_SEND,
        Permission.DECLARATIONS_EXPORT,
        Permission.TRACING_VIEW,
        Permission.TRACING_EXPORT,
    }
)

# The administrator keeps accounts and sees no business data (duties kept apart); the auditor reads all of it,
# accounts included, and changes nothing.
ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADM: _EVERYONE
    | {
        Permission.USERS_VIEW,
        Permission.USERS_MANAGE,
        Permission.REFERENCE_VIEW,
        Permission.STYLE_VIEW,
        Permission.ABSENCES_MANAGE,
        Permission.OPERATIONS_VIEW,
        Permission.JOBS_MANAGE,
        Permission.API_KEYS_MANAGE,
        Permission.WEBHOOKS_MANAGE,
        Permission.IMPORTS_UNDO,
    },
    Role.PFO: _READS_TARGETS
    | _READS_STATISTICS
    | _OPENS_FIGURES
    | {
        Permission.TARGETS_IMPORT,
        Permission.TARGETS_EDIT,
        Permission.TARGETS_SUBMIT,
        Permission.TARGETS_PUBLISH,
        Permission.IMPORTS_VIEW,
        Permission.IMPORTS_UNDO,
        Permission.METRICS_FREEZE,
    },
    Role.FIN: _READS_TARGETS
    | _READS_STATISTICS
    | _OPENS_FIGURES
    | {Permission.TARGETS_REVIEW, Permission.IMPORTS_VIEW},
    Role.HED: _READS_TARGETS
    | _READS_TRADE
    | {
        Permission.PARTIES_SUSPEND,
        Permission.PARTIES_MERGE,
        Permission.GOODS_TRY,
        Permission.STATISTICS_MANAGE,
        Permission.TARGETS_APPROVE,
        Permission.ABSENCES_MANAGE,
        Permission.IMPORTS_VIEW,
        Permission.AUDIT_VIEW,
        Permission.METRICS_FREEZE,
        Permission.METRICS_REFRESH,
    },
    Role.STF: _READS_TARGETS
    | _READS_TRADE
    | {
        Permission.PARTIES_FILE,
        Permission.PARTIES_REVIEW,
        Permission.PARTIES_SUSPEND,
        Permission.PARTIES_MERGE,
        Permission.PARTIES_UNMASK,
        Permission.PARTIES_IMPORT,
        Permission.TARIFF_MANAGE,
        Permission.RATES_MANAGE,
        Permission.DECLARATIONS_SUPERVISE,
        Permission.DECLARATIONS_REPLY,
        Permission.GOODS_EDIT,
        Permission.GOODS_RECOGNISE,
        Permission.GOODS_TRY,
        Permission.STATISTICS_IMPORT,
        Permission.STATISTICS_MANAGE,
        Permission.METRICS_REFRESH,
        Permission.IMPORTS_UNDO,
        Permission.TRACING_LABEL,
    },
    Role.AUD: _READS_TARGETS
    | _READS_TRADE
    | {
        Permission.USERS_VIEW,
        Permission.IMPORTS_VIEW,
        Permission.AUDIT_VIEW,
        Permission.AUDIT_EXPORT,
        Permission.OPERATIONS_VIEW,
    },
    Role.AGT: _EVERYONE | _OWN_TRADE | _SIGNS | _SELLS | _PACKS | _DECLARES,
    Role.CSL: _EVERYONE | _OWN_TRADE | _PACKS,
    Role.BRK: _EVERYONE | _OWN_TRADE | _DECLARES,
    Role.MER: _EVERYONE | _OWN_TRADE | _SIGNS | _SELLS | {Permission.TRACING_CONSENT},
    Role.BUY: _EVERYONE
    | {
        Permission.PARTIES_OWN,
        Permission.PARTIES_FILE,
        Permission.BUYERS_FILE,
        Permission.ORDERS_VIEW_OWN_PURCHASES,
    },
}


def permissions_of(user: Any) -> frozenset[Permission]:
    """Every permission of a ``User``: the union over its roles; none for an anonymous or inactive one."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return frozenset()
    return _of_roles(tuple(user.roles))


@cache
def _of_roles(codes: tuple[str, ...]) -> frozenset[Permission]:
    return _EVERYONE.union(*(ROLE_PERMISSIONS[Role(code)] for code in codes))


def allowed(user: Any, permission: Permission) -> bool:
    """Whether the user holds the permission."""
    return permission in permissions_of(user)


def require(user: Any, permission: Permission) -> None:
    """Stop a service that the user may not call.

    Raises:
        PermissionDenied: with a Chinese sentence; the web answers 403.
    """
    if not allowed(user, permission):
        raise PermissionDenied(f"您的账号没有“{permission.label}”的权限，如工作需要请联系系统管理员。")


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """The roles that hold a permission, in the order of the enum."""
    return tuple(role for role in Role if permission in ROLE_PERMISSIONS[role])
