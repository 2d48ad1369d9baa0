"""Checking reports."""

from youju.performance.report_checks.services.checking import check_again, check_waiting, submit_report
from youju.performance.report_checks.services.taking import FORMATS, take_check

__all__ = ["FORMATS", "check_again", "check_waiting", "submit_report", "take_check"]
