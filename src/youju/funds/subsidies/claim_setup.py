"""What applications and awards enter when the application is set up: kinds, flows, navigation, documents, metrics."""

from __future__ import annotations

from django.db.models import F

SECTION = "项目资金"


def declare_claims() -> None:
    """Called once by ``apps.SubsidiesConfig.ready``."""
    from youju.foundation.audit.subjects import register_kind
    from youju.foundation.documents.templates import register_template
    from youju.foundation.kernel.sealing import register_sealed
    from youju.foundation.shell.navigation import NavItem, register
    from youju.foundation.workflow.services import register_flow
    from youju.funds.payments.selectors import register_origin
    from youju.funds.payments.services import register_listener
    from youju.funds.subsidies import addresses_claims, claim_events, permissions
    from youju.funds.subsidies.demo.claim_events import DEMO_FIELDS, DEMO_KIND
    from youju.funds.subsidies.documents.award_list import AWARD_LIST
    from youju.funds.subsidies.metrics.awards import declare
    from youju.funds.subsidies.models import Application
    from youju.funds.subsidies.services.applying import reseal_accounts
    from youju.funds.subsidies.services.paying import ORIGIN, PREPAID, hear_of_payment
    from youju.rules.funds.claims.lifecycle import (
        CLAIM_FLOW,
        CLAIM_KIND,
        OBJECTION_FLOW,
        OBJECTION_KIND,
        ROUND_FLOW,
        ROUND_KIND,
    )

    register_kind(CLAIM_KIND, "补贴申请", url=addresses_claims.claim, fields=claim_events.CLAIM_FIELDS)
    register_kind(ROUND_KIND, "补贴名单", url=addresses_claims.award_round, fields=claim_events.ROUND_FIELDS)
    register_kind(
        OBJECTION_KIND, "公示异议", url=addresses_claims.objection, fields=claim_events.OBJECTION_FIELDS
    )
    register_kind(DEMO_KIND, "示例数据", fields=DEMO_FIELDS)
    register_flow(
        CLAIM_FLOW,
        url=addresses_claims.claim,
        # Row-level security narrows it to the applications of whoever asks.
        rows=lambda: Application.objects.order_by().values(key=F("number")),
    )
    register_flow(ROUND_FLOW, url=addresses_claims.award_round)
    register_flow(OBJECTION_FLOW, url=addresses_claims.objection)
    register_template(AWARD_LIST)
    register_sealed("subsidies.claims", reseal_accounts)
    register_listener(hear_of_payment)
    register_origin(ORIGIN, "补贴申请", addresses_claims.claim)
    register_origin(PREPAID, "补贴预拨", addresses_claims.claim)
    declare()
    register(
        NavItem(SECTION, "我能享受什么", "claims:entitlements", permissions.APPLY, "flag", 50),
        NavItem(SECTION, "我的补贴申请", "claims:own", permissions.APPLY, "document", 52),
        NavItem(SECTION, "补贴申请办理", "claims:list", permissions.VIEW_CLAIMS, "list", 54),
        NavItem(SECTION, "补贴名单与公示", "claims:rounds", permissions.VIEW_CLAIMS, "scales", 56),
        NavItem(SECTION, "公示异议", "claims:objections", permissions.VIEW_CLAIMS, "flag", 58),
    )
