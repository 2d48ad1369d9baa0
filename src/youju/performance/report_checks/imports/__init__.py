"""Reports in: any document that the house reads → passages."""

from youju.performance.report_checks.imports.passages import passages_of, report_passages

__all__ = ["passages_of", "report_passages"]
