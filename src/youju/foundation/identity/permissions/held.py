"""The one table of who holds which permissions."""

from __future__ import annotations

from youju.foundation.identity.permissions.named import Permission
from youju.foundation.identity.roles import Role

EVERYONE = frozenset({Permission.HOME_VIEW, Permission.ACCOUNT_OWN, Permission.TODO_OWN})
_READS_TARGETS = EVERYONE | {
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
# The money side of the centre: whoever works in it reads all of it, since a payment is judged against the whole budget.
_READS_FUNDS = frozenset(
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
_READS_OFFICE = frozenset(
    {
        Permission.TASKS_VIEW,
        Permission.TASKS_EXPORT,
        Permission.CONTRACTS_VIEW,
        Permission.CONTRACTS_EXPORT,
    }
)
_WORKS_IN_OFFICE = _READS_OFFICE | {
    Permission.TASKS_PLAN,
    Permission.TASKS_DO,
    Permission.TASKS_ACCEPT,
    Permission.CONTRACTS_EDIT,
    Permission.CONTRACTS_ACCEPT,
}
_CLAIMS = frozenset({Permission.SUBSIDIES_VIEW, Permission.CLAIMS_OWN})
_ASKS = frozenset({Permission.TASKS_OWN})
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
    Role.ADM: EVERYONE
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
    | _READS_FUNDS
    | _WORKS_IN_OFFICE
    | _READS_STATISTICS
    | _OPENS_FIGURES
    | {
        Permission.TARGETS_IMPORT,
        Permission.TARGETS_EDIT,
        Permission.TARGETS_SUBMIT,
        Permission.TARGETS_PUBLISH,
        Permission.TASKS_IMPORT,
        Permission.IMPORTS_VIEW,
        Permission.IMPORTS_UNDO,
        Permission.METRICS_FREEZE,
        Permission.PAYMENTS_ACCEPT,
    },
    Role.FIN: _READS_TARGETS
    | _READS_FUNDS
    | _WORKS_IN_OFFICE
    | _READS_STATISTICS
    | _OPENS_FIGURES
    | {
        Permission.TARGETS_REVIEW,
        Permission.CONTRACTS_IMPORT,
        Permission.IMPORTS_VIEW,
        Permission.FUNDS_EDIT,
        Permission.FUNDS_MANAGE,
        Permission.PAYMENTS_REQUEST,
        Permission.PAYMENTS_REVIEW,
        Permission.PAYMENTS_SEND,
        Permission.PAYMENTS_UNMASK,
        Permission.SUBSIDIES_REVIEW,
        Permission.CLAIMS_RECHECK,
        Permission.DUPLICATES_DECIDE,
    },
    Role.HED: _READS_TARGETS
    | _READS_FUNDS
    | _WORKS_IN_OFFICE
    | _READS_TRADE
    | {
        Permission.PARTIES_SUSPEND,
        Permission.PARTIES_MERGE,
        Permission.GOODS_TRY,
        Permission.STATISTICS_MANAGE,
        Permission.TARGETS_APPROVE,
        Permission.TASKS_UNMASK,
        Permission.ABSENCES_MANAGE,
        Permission.IMPORTS_VIEW,
        Permission.AUDIT_VIEW,
        Permission.METRICS_FREEZE,
        Permission.METRICS_REFRESH,
        Permission.FUNDS_APPROVE,
        Permission.PAYMENTS_APPROVE,
        Permission.SUBSIDIES_APPROVE,
        Permission.CLAIMS_AWARD,
    },
    Role.STF: _READS_TARGETS
    | _READS_FUNDS
    | _WORKS_IN_OFFICE
    | _READS_TRADE
    | {
        Permission.TASKS_IMPORT,
        Permission.TASKS_UNMASK,
        Permission.CONTRACTS_IMPORT,
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
        Permission.FUNDS_EDIT,
        Permission.PAYMENTS_REQUEST,
        Permission.PAYMENTS_REVIEW_SECTION,
        Permission.SUBSIDIES_DRAFT,
        Permission.CLAIMS_REVIEW,
        Permission.CLAIMS_PUBLICISE,
        Permission.DUPLICATES_DECIDE,
    },
    Role.AUD: _READS_TARGETS
    | _READS_FUNDS
    | _READS_OFFICE
    | _READS_TRADE
    | {
        Permission.USERS_VIEW,
        Permission.IMPORTS_VIEW,
        Permission.AUDIT_VIEW,
        Permission.AUDIT_EXPORT,
        Permission.OPERATIONS_VIEW,
        Permission.PAYMENTS_UNMASK,
    },
    Role.AGT: EVERYONE | _CLAIMS | _ASKS | _OWN_TRADE | _SIGNS | _SELLS | _PACKS | _DECLARES,
    Role.CSL: EVERYONE | _CLAIMS | _ASKS | _OWN_TRADE | _PACKS,
    Role.BRK: EVERYONE | _CLAIMS | _ASKS | _OWN_TRADE | _DECLARES,
    Role.MER: EVERYONE | _CLAIMS | _ASKS | _OWN_TRADE | _SIGNS | _SELLS | {Permission.TRACING_CONSENT},
    Role.BUY: EVERYONE
    | {
        Permission.PARTIES_OWN,
        Permission.PARTIES_FILE,
        Permission.BUYERS_FILE,
        Permission.ORDERS_VIEW_OWN_PURCHASES,
    },
}
