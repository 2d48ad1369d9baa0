"""The one table of who holds which permissions."""

from __future__ import annotations

from youju.foundation.identity.permissions.bundles import (
    ANSWERS,
    ASKS,
    CLAIMS,
    COLLECTS,
    DECLARES,
    EVERYONE,
    EXEMPTS,
    OPENS_FIGURES,
    OWN_TRADE,
    PACKS,
    READS_FUNDS,
    READS_OFFICE,
    READS_PERFORMANCE,
    READS_STATISTICS,
    READS_TARGETS,
    READS_TRADE,
    SELLS,
    SIGNS,
    SUPERVISES,
    WORKS_IN_OFFICE,
)
from youju.foundation.identity.permissions.named import Permission
from youju.foundation.identity.roles import Role

# The administrator keeps accounts and sees no business data (duties kept apart); the auditor reads all of it,
# accounts included, and changes nothing of it: what the auditor writes are plans, samples and findings of internal supervision.
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
    Role.PFO: READS_TARGETS
    | READS_PERFORMANCE
    | READS_FUNDS
    | WORKS_IN_OFFICE
    | READS_STATISTICS
    | OPENS_FIGURES
    | {
        Permission.MEASURES_BIND,
        Permission.MEASURES_ATTEST,
        Permission.MONITORING_EDIT,
        Permission.MONITORING_ORDER,
        Permission.MONITORING_VERIFY,
        Permission.EVALUATION_CHECK,
        Permission.EVALUATION_SCORE,
        Permission.PROPOSALS_EDIT,
        Permission.DISCLOSURE_PREPARE,
        Permission.TARGETS_IMPORT,
        Permission.TARGETS_EDIT,
        Permission.TARGETS_SUBMIT,
        Permission.TARGETS_PUBLISH,
        Permission.TASKS_IMPORT,
        Permission.SURVEYS_EDIT,
        Permission.SURVEYS_PUBLISH,
        Permission.IMPORTS_VIEW,
        Permission.IMPORTS_UNDO,
        Permission.METRICS_FREEZE,
        Permission.PAYMENTS_ACCEPT,
        Permission.BASE_EDIT,
        Permission.BASE_ACCEPT,
    },
    Role.FIN: READS_TARGETS
    | READS_PERFORMANCE
    | READS_FUNDS
    | WORKS_IN_OFFICE
    | READS_STATISTICS
    | OPENS_FIGURES
    | {
        Permission.MEASURES_COUNTERSIGN,
        Permission.MONITORING_REPLY,
        Permission.MONITORING_VERIFY,
        Permission.EVALUATION_RECHECK,
        Permission.EVALUATION_SCORE,
        Permission.PROPOSALS_AUDIT,
        Permission.TARGETS_REVIEW,
        Permission.CONTRACTS_IMPORT,
        Permission.ASSETS_EDIT,
        Permission.ASSETS_COUNT,
        Permission.ASSETS_DISPOSE,
        Permission.ASSETS_IMPORT,
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
        Permission.STAFF_IMPORT,
        Permission.STAFF_CLOSE,
        Permission.INTERNAL_AUDITS_RECTIFY,
    },
    Role.HED: READS_TARGETS
    | READS_PERFORMANCE
    | READS_FUNDS
    | WORKS_IN_OFFICE
    | READS_TRADE
    | {
        Permission.MEASURES_APPROVE,
        Permission.MEASURES_COUNTERSIGN,
        Permission.MONITORING_APPROVE,
        Permission.MONITORING_SUSPEND,
        Permission.EVALUATION_APPROVE,
        Permission.DISCLOSURE_PUBLISH,
        Permission.RISK_ASSIGN,
        Permission.RISK_DECIDE,
        Permission.CREDIT_DECIDE,
        Permission.CREDIT_PUBLISH,
        Permission.CREDIT_SIMULATE,
        Permission.PARTIES_SUSPEND,
        Permission.PARTIES_MERGE,
        Permission.GOODS_TRY,
        Permission.STATISTICS_MANAGE,
        Permission.TARGETS_APPROVE,
        Permission.TASKS_UNMASK,
        Permission.SURVEYS_PUBLISH,
        Permission.ASSETS_COUNT,
        Permission.ASSETS_APPROVE,
        Permission.EVENTS_UNMASK,
        Permission.ABSENCES_MANAGE,
        Permission.IMPORTS_VIEW,
        Permission.AUDIT_VIEW,
        Permission.METRICS_FREEZE,
        Permission.METRICS_REFRESH,
        Permission.FUNDS_APPROVE,
        Permission.PAYMENTS_APPROVE,
        Permission.SUBSIDIES_APPROVE,
        Permission.CLAIMS_AWARD,
        Permission.STAFF_CLOSE,
        Permission.BASE_ACCEPT,
        Permission.INTERNAL_AUDITS_APPROVE,
        Permission.INTERNAL_AUDITS_VERIFY,
    },
    Role.STF: READS_TARGETS
    | READS_PERFORMANCE
    | READS_FUNDS
    | WORKS_IN_OFFICE
    | READS_TRADE
    | {
        Permission.MEASURES_ATTEST,
        Permission.MONITORING_REPLY,
        Permission.EVALUATION_FILL,
        Permission.SETTLEMENT_MATCH,
        Permission.SETTLEMENT_IMPORT,
        Permission.EXEMPTIONS_IMPORT,
        Permission.RISK_RUN,
        Permission.RISK_DISPOSE,
        Permission.CREDIT_SCORE,
        Permission.CREDIT_SIMULATE,
        Permission.TASKS_IMPORT,
        Permission.TASKS_UNMASK,
        Permission.SURVEYS_EDIT,
        Permission.CONTRACTS_IMPORT,
        Permission.ASSETS_EDIT,
        Permission.ASSETS_COUNT,
        Permission.ASSETS_DISPOSE,
        Permission.ASSETS_IMPORT,
        Permission.EVENTS_IMPORT,
        Permission.EVENTS_UNMASK,
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
        Permission.STAFF_IMPORT,
        Permission.BASE_EDIT,
        Permission.BASE_ACCEPT,
        Permission.BASE_IMPORT,
        Permission.INTERNAL_AUDITS_RECTIFY,
    },
    Role.AUD: READS_TARGETS
    | READS_PERFORMANCE
    | READS_FUNDS
    | READS_OFFICE
    | READS_TRADE
    | SUPERVISES
    | {
        Permission.USERS_VIEW,
        Permission.IMPORTS_VIEW,
        Permission.AUDIT_VIEW,
        Permission.AUDIT_EXPORT,
        Permission.OPERATIONS_VIEW,
        Permission.PAYMENTS_UNMASK,
    },
    Role.AGT: EVERYONE
    | CLAIMS
    | ASKS
    | OWN_TRADE
    | ANSWERS
    | SIGNS
    | SELLS
    | PACKS
    | DECLARES
    | COLLECTS
    | EXEMPTS,
    Role.CSL: EVERYONE | CLAIMS | ASKS | OWN_TRADE | ANSWERS | PACKS,
    Role.BRK: EVERYONE | CLAIMS | ASKS | OWN_TRADE | ANSWERS | DECLARES,
    Role.MER: EVERYONE
    | CLAIMS
    | ASKS
    | OWN_TRADE
    | ANSWERS
    | SIGNS
    | SELLS
    | COLLECTS
    | EXEMPTS
    | {Permission.TRACING_CONSENT},
    Role.BUY: EVERYONE
    | {
        Permission.PARTIES_OWN,
        Permission.PARTIES_FILE,
        Permission.BUYERS_FILE,
        Permission.ORDERS_VIEW_OWN_PURCHASES,
    },
    Role.BNK: EVERYONE
    | {
        Permission.SETTLEMENT_VIEW,
        Permission.SETTLEMENT_RECORD,
        Permission.SETTLEMENT_RESERVE,
        Permission.SETTLEMENT_IMPORT,
        Permission.SETTLEMENT_EXPORT,
    },
    Role.TAX: EVERYONE
    | {
        Permission.REFERENCE_VIEW,
        Permission.DECLARATIONS_VIEW,
        Permission.SETTLEMENT_VIEW,
        Permission.EXEMPTIONS_VIEW,
        Permission.EXEMPTIONS_CERTIFY,
        Permission.EXEMPTIONS_EXPORT,
    },
    Role.CUS: EVERYONE
    | {
        Permission.REFERENCE_VIEW,
        Permission.PARTIES_VIEW,
        Permission.GOODS_VIEW,
        Permission.ORDERS_VIEW,
        Permission.PACKING_VIEW,
        Permission.DECLARATIONS_VIEW,
        Permission.TRACING_VIEW,
        Permission.RISK_VIEW,
        Permission.RISK_EXPORT,
        Permission.CREDIT_VIEW,
    },
}
