"""What the bank was given and what it said of example payments: files, instructions, answers."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from youju.foundation.kernel.sealing import seal
from youju.foundation.workflow.walks import CHINA
from youju.funds.payments.demo import walking
from youju.funds.payments.documents.bankfiles import Line, as_csv, as_xlsx
from youju.funds.payments.models import BankFile, BankReturn, Instruction, Payment, ReturnRow
from youju.funds.payments.services.holding import next_number
from youju.rules.funds.payments.lifecycle import PAID


def write_answers(rows: Sequence[Payment], accounts: Mapping[str, str]) -> None:
    """One file for the bank and one of its answers for each day on which it paid or returned.

    Args:
        rows: stored payments that are paid or returned.
        accounts: the payee's account in full by the payment's number, for the file.
    """
    days: dict[date, list[Payment]] = defaultdict(list)
    for row in rows:
        days[row.paid_on or timezone.localdate(row.sent_at)].append(row)
    for day, some in sorted(days.items()):
        lines = [
            Line(place, f"{row.number}-01", row.payee_name, accounts[row.number], row.bank, row.amount, row.purpose)
            for place, row in enumerate(some, start=1)
        ]  # fmt: skip
        _send_day(day, some, lines)


def _send_day(day: date, rows: Sequence[Payment], lines: Sequence[Line]) -> None:
    number = next_number("payments_bankfile_number", "YH", f"{day:%y%m%d}")
    total = sum((line.amount for line in lines), Decimal(0))
    csv, xlsx = as_csv(number, day, lines, total), as_xlsx(number, day, lines, total)
    moment = datetime.combine(day, time(11), CHINA)
    file = BankFile.objects.create(
        number=number, state="answered", count=len(lines), total=total, sealed_csv=seal(csv.hex()),
        sealed_xlsx=seal(xlsx.hex()), sha256_csv=hashlib.sha256(csv).hexdigest(),
        sha256_xlsx=hashlib.sha256(xlsx).hexdigest(), made_by=[walking.FINANCE[0]], made_at=moment, handed_at=moment,
    )  # fmt: skip
    answers = BankReturn.objects.create(
        sha256=hashlib.sha256(number.encode()).hexdigest(), name=f"回单{day:%Y%m%d}.csv", rows=len(rows), applied=len(rows),
        read_by=[walking.FINANCE[0]], read_at=moment + timedelta(hours=6),
    )  # fmt: skip
    said = Instruction.objects.bulk_create(
        Instruction(
            payment=row, file=file, line=line.line, reference=line.reference, amount=row.amount, payee_name=row.payee_name,
            account_sealed=row.account_sealed, account_masked=row.account_masked, bank=row.bank, state=row.state,
            answered_on=day, reason=row.return_reason,
        )
        for row, line in zip(rows, lines, strict=True)
    )  # fmt: skip
    ReturnRow.objects.bulk_create(
        ReturnRow(
            source=answers, line=line.line + 1, reference=line.reference, amount=line.amount, paid=line.state == PAID,
            value_date=day, reason=line.reason, verdict=line.state, instruction=line,
        )
        for line in said
    )  # fmt: skip
