"""States of bindings, statements and adjustments."""

from __future__ import annotations

BINDING_KIND = "measures.binding"
ATTESTATION_KIND = "measures.attestation"
ADJUSTMENT_KIND = "measures.adjustment"
FREEZE_KIND = "measures.freeze"

BASES = {"computed": "计算", "attested": "情况说明"}
DRAFT, CONFIRMED, APPROVED, REPLACED, REFUSED = "draft", "confirmed", "approved", "replaced", "refused"
STATES = {DRAFT: "草稿", CONFIRMED: "待批准", APPROVED: "已批准", REPLACED: "已更换", REFUSED: "已退回"}
OPEN = (DRAFT, CONFIRMED)

SIGNED, IN_FORCE, WITHDRAWN, DECLINED, SUPERSEDED = (
    "signed",
    "countersigned",
    "withdrawn",
    "declined",
    "superseded",
)
SIGNED_STATES = {
    SIGNED: "待复签",
    IN_FORCE: "已复签",
    WITHDRAWN: "已撤回",
    DECLINED: "复签退回",
    SUPERSEDED: "已更换",
}
