"""One record, locked for the rest of the transaction."""

from __future__ import annotations

from youju.foundation.kernel.errors import InputError
from youju.performance.evaluation.models import DepartmentEvaluation, KeyEvaluation, SelfEvaluation
from youju.rules.performance.evaluation.lifecycle import FILLING, STATES

MOST = 10**15
"""Keys beyond it are nobody's."""


def locked_self(number: int) -> SelfEvaluation:
    """A self-evaluation.

    Raises:
        InputError: there is none (404).
    """
    row = SelfEvaluation.objects.select_for_update().filter(pk=number).first() if number <= MOST else None
    if row is None:
        raise InputError("没有这份自评", how="请从列表里打开", status=404)
    return row


def in_filling(row: SelfEvaluation, revision: int | None = None) -> SelfEvaluation:
    """The same, where it may still change and nobody saved since the page was shown.

    Raises:
        InputError: it was handed on, or somebody saved meanwhile (409).
    """
    if row.state != FILLING:
        raise InputError(
            f"自评{STATES[row.state]}，不能再填", where=str(row), how="要改的请先退回或撤回", status=409
        )
    if revision is not None and revision != row.revision:
        raise InputError("别人已经存过这份自评", where=str(row), how="请刷新页面后再填", status=409)
    return row


def locked_department(year: int) -> DepartmentEvaluation:
    """A department's year.

    Raises:
        InputError: there is none (404).
    """
    row = DepartmentEvaluation.objects.select_for_update().filter(fiscal_year=year).first()
    if row is None:
        raise InputError(f"{year} 年的部门整体评价还没有计算", how="请先点“计算”", status=404)
    return row


def locked_key(number: int) -> KeyEvaluation:
    """A key evaluation.

    Raises:
        InputError: there is none (404).
    """
    row = KeyEvaluation.objects.select_for_update().filter(pk=number).first() if number <= MOST else None
    if row is None:
        raise InputError("没有这项重点评价", how="请从列表里打开", status=404)
    return row
