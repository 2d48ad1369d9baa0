"""The room of payments, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Payments (付款): asked for, reviewed, approved, sent to the bank, paid or returned."""

    name = "youju.funds.payments"
    label = "payments"
    verbose_name = "付款"

    def ready(self) -> None:
        """Name the records for the trail, put the flow into force, take part in the exchange of keys."""
        from youju.foundation.audit.subjects import register_kind
        from youju.foundation.documents.templates import register_template
        from youju.foundation.kernel.sealing import register_sealed
        from youju.foundation.shell.navigation import NavItem, register
        from youju.foundation.webhooks.kinds import register_announced
        from youju.foundation.workflow.services import register_flow
        from youju.funds.payments import addresses, events, permissions
        from youju.funds.payments.documents.orders import ORDER
        from youju.funds.payments.metrics import declare
        from youju.funds.payments.selectors import alive_of_batch
        from youju.funds.payments.services.accounts import reseal_all
        from youju.funds.projects.services import register_batch_hold
        from youju.rules.funds.payments.lifecycle import FLOW, REMINDER_FLOW, REMINDER_KIND

        register_kind(events.KIND, "付款", url=addresses.payment, fields=events.FIELDS)
        register_kind(events.FILE_KIND, "银行付款清单", url=addresses.bank_file, fields=events.FIELDS)
        register_kind(events.RETURN_KIND, "银行回单", url=addresses.bank_return, fields=events.FIELDS)
        register_kind(REMINDER_KIND, "支出提醒", url=addresses.reminder, fields=events.FIELDS)
        register_flow(FLOW, url=addresses.payment)
        register_flow(REMINDER_FLOW, url=addresses.reminder)
        register_sealed("payments.accounts", reseal_all)
        states = {each.code: each.label for each in FLOW.states}
        register_announced(FLOW.code, "付款", states=states, address="/api/v1/payments/{number}")
        register_template(ORDER)
        register_batch_hold(lambda batch: "批次里还有没办结的付款" if alive_of_batch(batch) else "")
        register(
            NavItem("项目资金", "付款", "payments:payments", permissions.VIEW, "list", 20),
            NavItem("项目资金", "送银行", "payments:bank-files", permissions.SEND, "upload", 30),
            NavItem("项目资金", "支出进度", "payments:progress", permissions.PROGRESS, "chart", 40),
        )
        declare()
