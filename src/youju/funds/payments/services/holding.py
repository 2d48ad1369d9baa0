"""How payments are found, held, numbered and named; how the database's refusals read in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.selectors import log_of
from youju.funds.payments.models import Payment
from youju.funds.projects.services import lock_ledgers
from youju.rules.funds.payments.lifecycle import KIND

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def held_payment(number: str, expected: int | None = None, *, also: int | None = None) -> Payment:
    """The payment, its project's ledger first (and that of ``also``, in the order of ids), held until the transaction ends.

    Raises:
        InputError: there is none (404), or it changed since it was shown (409).
    """
    plain = number.replace("\0", "").strip()
    project = Payment.objects.filter(number=plain).values_list("project_id", flat=True).first()
    if project is None:
        raise InputError(f"没有付款“{plain[:40]}”", how="请核对付款编号", status=404)
    lock_ledgers([project] if also is None else [project, also])
    row = Payment.objects.select_for_update().get(number=plain)
    if row.project_id != project or (expected is not None and expected != row.revision):
        raise InputError("这笔付款刚才有改动", where=row.number, how="请刷新页面，看过再办", status=409)
    return row


def saved(row: Payment, *fields: str) -> None:
    """Store a changed payment and count the change; the ledger moves in the same statement.

    Raises:
        InputError: the database refuses it: the budget does not allow it (409).
    """
    row.revision += 1
    with in_words(row.number), transaction.atomic():
        row.save(update_fields=[*fields, "revision"] if fields else None)


@contextmanager
def in_words(where: str) -> Iterator[None]:
    """Within the block, what the database's own guards refuse is said as input that cannot be used."""
    try:
        yield
    except IntegrityError as error:
        told = str(error)
        if "projects_ledger" in told:
            raise InputError(
                "项目的可用预算不够", where=where, how="请核对金额，或先办理预算调整", status=409
            ) from error
        if "payments_payment_one_for_an_origin" in told:
            raise InputError("这项决定已有付款", where=where, how="请打开已有的付款", status=409) from error
        if "payments_instruction_one_alive" in told:
            raise InputError("这笔付款已在银行清单里", where=where, how="请等银行回单", status=409) from error
        raise


def subject_of(row: Payment) -> Subject:
    """How a payment is named on the trail."""
    return Subject(KIND, row.number, f"{row.number} {row.payee_name}")


def next_number(series: str, letters: str, stamp: str) -> str:
    """The next number of a series: letters, the day, six digits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [series])
        return f"{letters}{stamp}{cursor.fetchone()[0]:06d}"


def hands_of(subject: Subject, actor: User) -> list[str]:
    """Who took the last step with a record: the actor, and whom the actor stood in for."""
    last = log_of(subject)[-1]
    return [each for each in (last.by or actor.username, last.on_behalf_of) if each]
