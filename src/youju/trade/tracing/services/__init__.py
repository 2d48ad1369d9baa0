"""Writes of the tracing room: keyword-only, one transaction, audited."""

from youju.trade.tracing.services.codes import make_codes, revoke_code, show_stall
from youju.trade.tracing.services.exporting import export_chain, export_epcis
from youju.trade.tracing.services.labels import hand_out_labels, request_labels

__all__ = [
    "export_chain",
    "export_epcis",
    "hand_out_labels",
    "make_codes",
    "request_labels",
    "revoke_code",
    "show_stall",
]
