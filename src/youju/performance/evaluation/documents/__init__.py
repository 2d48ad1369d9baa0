"""Papers of an evaluation: the self-evaluation form (自评表) and the report, each number bound to its frozen measure."""

from youju.performance.evaluation.documents.templates import (
    FORM,
    FORM_CODE,
    KEY_REPORT,
    KEY_REPORT_CODE,
    REPORT,
    REPORT_CODE,
)

__all__ = ["FORM", "FORM_CODE", "KEY_REPORT", "KEY_REPORT_CODE", "REPORT", "REPORT_CODE"]
