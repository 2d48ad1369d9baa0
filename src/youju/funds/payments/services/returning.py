"""Files of the bank's answers: a file is read once, each answer booked once, in whatever order and number they come.

A few hundred answers are booked while one waits. More are booked by a job, some at a time, each part a transaction of its own:
other payments go on meanwhile, and a job that was killed goes on after the last part (what was booked is known and silent).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.files.selectors import attachments, read_kept
from youju.foundation.files.services import attach, keep
from youju.foundation.identity.permissions import require
from youju.foundation.jobs.defining import Progress, job
from youju.foundation.jobs.services import enqueue
from youju.foundation.policies import law_on
from youju.funds.payments import events, permissions
from youju.funds.payments.imports.returns import AnswerRow, read_answers
from youju.funds.payments.models import BankReturn, Instruction, Payment, ReturnRow
from youju.funds.payments.services.answering import book, mark_answered, return_subject, sent_line
from youju.funds.projects.services import lock_ledgers
from youju.rules.funds.payments.answers import APPLIED, SILENT, Answer, judge_answer
from youju.rules.law import whole

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

AT_ONCE = 300
"""Up to how many answers are booked in the request that brings them."""
_PART, _ROLE = 200, "source"
Say = Callable[[int, int], None]


@transaction.atomic
def read_return(*, actor: User, name: str, content: bytes) -> tuple[BankReturn, bool]:
    """Take a file of the bank's answers in and book them all: (the reading, whether the same file had been read before).

    Answers that fit are booked; known ones change nothing; odd ones (unknown reference, another amount, a contradiction) change
    nothing and wait on the reading's page.

    Raises:
        PermissionDenied: the actor may not.
        InputError: the file cannot be read: then none of it is taken.
    """
    require(actor, permissions.SEND)
    answers = _read(content, name)
    made, new = _received(actor, name, content, len(answers))
    if new:
        _book_some(made, answers)
        _finish(made)
    return made, not new


@transaction.atomic
def receive_return(*, actor: User, name: str, content: bytes) -> tuple[BankReturn, bool]:
    """As ``read_return``; a file of more than ``AT_ONCE`` answers is checked, kept and booked by a job (``run``).

    Raises:
        PermissionDenied, InputError: as ``read_return``.
    """
    require(actor, permissions.SEND)
    answers = _read(content, name)
    if len(answers) <= AT_ONCE:
        return read_return(actor=actor, name=name, content=content)
    made, new = _received(actor, name, content, len(answers), done=False)
    if not new:
        return made, True
    subject = return_subject(made)
    kept = keep(content, name=made.name or "回单", purpose="upload")
    attach(sha256=kept.sha256, subject=subject, name=kept.name, role=_ROLE)
    made.run = enqueue(book_return, subject=subject, key=f"return:{made.pk}", return_id=made.pk)
    made.save(update_fields=["run"])
    return made, False


def read_in_parts(
    *, actor: User, name: str, content: bytes, say: Say = lambda _done, _total: None
) -> tuple[BankReturn, bool]:
    """As ``read_return``, for who waits for a large file at the command line: part by part, each a transaction; the same file
    given again goes on where an interrupted reading stopped.

    Raises:
        PermissionDenied, InputError: as ``read_return``.
    """
    require(actor, permissions.SEND)
    made, new = _received(actor, name, content, len(_read(content, name)), done=False)
    if made.done or made.run is not None:
        return made, True
    book_rest(made, content, say=say)
    return made, not new


@job("payments.book-return", title="银行回单入账", atomic=False)
def book_return(*, progress: Progress, return_id: int) -> dict[str, Any]:
    """Book a large file of answers, part by part."""
    row = BankReturn.objects.filter(pk=return_id).first()
    if row is None or row.done:
        return {}
    source = attachments(return_subject(row), _ROLE)[0].kept
    book_rest(row, read_kept(source.sha256), say=lambda done, total: progress(done, total, "入账"))
    return {"rows": row.rows, "applied": row.applied, "odd": row.odd}


def book_rest(row: BankReturn, content: bytes, *, say: Say = lambda _done, _total: None) -> None:
    """Book what of a received file is not booked yet; each part is a transaction."""
    answers = _in_order(_read(content, row.name))
    booked = set(row.answers.values_list("line", flat=True))
    left = [each for each in answers if each.line not in booked]
    say(len(answers) - len(left), len(answers))
    for start in range(0, len(left), _PART):
        with transaction.atomic():
            _book_some(row, left[start : start + _PART])
        say(len(answers) - len(left) + min(start + _PART, len(left)), len(answers))
    with transaction.atomic():
        _finish(row)


def _read(content: bytes, name: str) -> list[AnswerRow]:
    return read_answers(content, name, most=whole(law_on(timezone.localdate()), "funds.payments.return_rows"))


def _received(
    actor: User, name: str, content: bytes, rows: int, *, done: bool = True
) -> tuple[BankReturn, bool]:
    return BankReturn.objects.get_or_create(
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={
            "name": name.replace("\0", "")[:200],
            "rows": rows,
            "read_by": [actor.username],
            "done": done,
        },
    )


def _in_order(answers: Sequence[AnswerRow]) -> list[AnswerRow]:
    # The bank's own order of days, whatever the order of rows.
    return sorted(answers, key=lambda each: (each.on, not each.paid, each.line))


def _book_some(row: BankReturn, answers: Sequence[AnswerRow]) -> None:
    lines = _held({each.reference for each in answers})
    ReturnRow.objects.bulk_create(
        [_booked(row, answer, lines.get(answer.reference)) for answer in _in_order(answers)]
    )
    mark_answered({line.file_id for line in lines.values()})


def _finish(row: BankReturn) -> None:
    """Count what came of the answers, and put the reading on the trail."""
    counts = dict(row.answers.order_by().values_list("verdict").annotate(n=Count("pk")))
    row.applied = sum(counts.get(verdict, 0) for verdict in APPLIED)
    row.known = sum(counts.get(verdict, 0) for verdict in SILENT)
    row.odd, row.done = row.rows - row.applied - row.known, True
    row.save(update_fields=["applied", "known", "odd", "done"])
    record(
        events.RETURN_READ,
        return_subject(row),
        None,
        {"file": row.name, "count": row.rows, "applied": row.applied, "known": row.known, "odd": row.odd,
         "sha256": row.sha256},
    )  # fmt: skip


def _held(references: set[str]) -> dict[str, Instruction]:
    """The lines of references by reference; ledgers, payments and lines held in that order."""
    known = Instruction.objects.filter(reference__in=references)
    payments = list(known.values_list("payment_id", "payment__project_id"))
    lock_ledgers(project for _, project in payments)
    rows = Payment.objects.select_for_update().filter(pk__in={pk for pk, _ in payments}).order_by("pk")
    held = {row.pk: row for row in rows}
    found = {}
    for line in known.select_for_update(of=("self",)).select_related("file").order_by("pk"):
        line.payment = held[line.payment_id]
        found[line.reference] = line
    return found


def _booked(source: BankReturn, answer: AnswerRow, line: Instruction | None) -> ReturnRow:
    verdict = judge_answer(sent_line(line) if line else None, Answer(answer.paid, answer.amount, answer.on))
    if line and verdict in APPLIED:
        reason = answer.reason or ("" if answer.paid else "银行没有写明原因")
        book(line, verdict, answer.on, reason, source=f"银行回单 {source.name}"[:50])
    return ReturnRow(
        source=source,
        line=answer.line,
        reference=answer.reference,
        amount=answer.amount,
        paid=answer.paid,
        value_date=answer.on,
        reason=answer.reason,
        verdict=verdict.value,
        instruction=line,
    )
