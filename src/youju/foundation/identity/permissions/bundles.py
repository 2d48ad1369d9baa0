"""Permissions that go together: what somebody needs who reads the trade, packs, declares, collects."""

from __future__ import annotations

from youju.foundation.identity.permissions.named import Permission

EVERYONE = frozenset({Permission.HOME_VIEW, Permission.ACCOUNT_OWN, Permission.TODO_OWN})
READS_TARGETS = EVERYONE | {
    Permission.TARGETS_VIEW,
    Permission.TARGETS_EXPORT,
    Permission.FINDINGS_VIEW,
    Permission.REFERENCE_VIEW,
    Permission.WORKFLOW_VIEW,
    Permission.METRICS_VIEW,
    Permission.METRICS_EXPORT,
}

# Whose rows are counted is decided by row-level security: a merchant's statistics are the merchant's.
COUNTS = frozenset({Permission.STATISTICS_VIEW, Permission.STATISTICS_EXPORT})
READS_STATISTICS = COUNTS | {Permission.STATISTICS_OVERSEE}
READS_TRADE = READS_STATISTICS | frozenset(
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
        Permission.SETTLEMENT_VIEW,
        Permission.SETTLEMENT_EXPORT,
        Permission.EXEMPTIONS_VIEW,
        Permission.EXEMPTIONS_EXPORT,
        Permission.RISK_VIEW,
        Permission.RISK_EXPORT,
        Permission.CREDIT_VIEW,
        Permission.CREDIT_EXPORT,
    }
)
# Whoever answers for a figure may open it down to its records; taking them away is another matter.
OPENS_FIGURES = frozenset(
    {
        Permission.PARTIES_VIEW,
        Permission.GOODS_VIEW,
        Permission.ORDERS_VIEW,
        Permission.PACKING_VIEW,
        Permission.DECLARATIONS_VIEW,
        Permission.STATISTICS_VIEW,
        Permission.TRACING_VIEW,
        Permission.SETTLEMENT_VIEW,
        Permission.EXEMPTIONS_VIEW,
    }
)
# The money side of the centre: whoever works in it reads all of it, since a payment is judged against the whole budget.
READS_FUNDS = frozenset(
    {
        Permission.FUNDS_VIEW,
        Permission.FUNDS_EXPORT,
        Permission.PAYMENTS_VIEW,
        Permission.PAYMENTS_EXPORT,
        Permission.SUBSIDIES_VIEW,
        Permission.SUBSIDIES_BACKTEST,
        Permission.CLAIMS_VIEW,
        Permission.CLAIMS_EXPORT,
    }
)
# The centre's own work: whoever works there sees all of it.
READS_OFFICE = frozenset(
    {
        Permission.TASKS_VIEW,
        Permission.TASKS_EXPORT,
        Permission.CONTRACTS_VIEW,
        Permission.CONTRACTS_EXPORT,
        Permission.SURVEYS_VIEW,
        Permission.SURVEYS_EXPORT,
        Permission.EVENTS_VIEW,
        Permission.EVENTS_EXPORT,
        Permission.BASE_VIEW,
        Permission.BASE_EXPORT,
        Permission.STAFF_VIEW,
        Permission.STAFF_EXPORT,
        Permission.ASSETS_VIEW,
        Permission.ASSETS_EXPORT,
        Permission.INTERNAL_AUDITS_VIEW,
        Permission.INTERNAL_AUDITS_EXPORT,
    }
)
# What the year came to: whoever works for the centre or looks over its shoulder reads all of it.
READS_PERFORMANCE = frozenset(
    {
        Permission.MEASURES_VIEW,
        Permission.MEASURES_EXPORT,
        Permission.MONITORING_VIEW,
        Permission.MONITORING_EXPORT,
        Permission.EVALUATION_VIEW,
        Permission.EVALUATION_EXPORT,
        Permission.PROPOSALS_VIEW,
        Permission.PROPOSALS_EXPORT,
        Permission.REPORT_CHECKS_VIEW,
        Permission.REPORT_CHECKS_EXPORT,
        Permission.DISCLOSURE_VIEW,
        Permission.DISCLOSURE_EXPORT,
        Permission.REPORT_CHECKS_RUN,
    }
)
WORKS_IN_OFFICE = READS_OFFICE | {
    Permission.TASKS_PLAN,
    Permission.TASKS_DO,
    Permission.TASKS_ACCEPT,
    Permission.CONTRACTS_EDIT,
    Permission.CONTRACTS_ACCEPT,
    Permission.EVENTS_EDIT,
}
CLAIMS = frozenset({Permission.SUBSIDIES_VIEW, Permission.CLAIMS_OWN})
ASKS = frozenset({Permission.TASKS_OWN, Permission.EVENTS_OWN})
# What a party does about itself; which rows it sees is decided by row-level security, not here.
OWN_TRADE = frozenset({Permission.PARTIES_OWN, Permission.PARTIES_FILE, Permission.TARIFF_VIEW})
ANSWERS = frozenset({Permission.RISK_APPEAL, Permission.CREDIT_OWN, Permission.CREDIT_APPEAL})
COLLECTS = frozenset(
    {
        Permission.SETTLEMENT_VIEW,
        Permission.SETTLEMENT_RECORD,
        Permission.SETTLEMENT_MATCH,
        Permission.SETTLEMENT_IMPORT,
        Permission.SETTLEMENT_EXPORT,
    }
)
EXEMPTS = frozenset(
    {
        Permission.EXEMPTIONS_VIEW,
        Permission.EXEMPTIONS_FILE,
        Permission.EXEMPTIONS_IMPORT,
        Permission.EXEMPTIONS_EXPORT,
    }
)
SIGNS = frozenset({Permission.AGREEMENTS_VIEW, Permission.AGREEMENTS_SIGN})
SELLS = COUNTS | frozenset(
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
PACKS = frozenset(
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
DECLARES = frozenset(
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

# Internal supervision is the auditor's own work: the one room in which the auditor writes.
SUPERVISES = frozenset(
    {
        Permission.INTERNAL_AUDITS_PLAN,
        Permission.INTERNAL_AUDITS_FIND,
        Permission.INTERNAL_AUDITS_VERIFY,
    }
)
