"""What the room of report checks does behind the scenes: large reports."""

from __future__ import annotations

from youju.performance.report_checks.services.checking import check_large

__all__ = ["check_large"]
