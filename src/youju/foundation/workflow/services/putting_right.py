"""What follows for a case when the record itself is changed: another due day, another name."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.services.keeping import locked


@transaction.atomic
def set_due(*, subject: Subject, due: date) -> None:
    """Let a waiting record's limit be another day, and its label what it is called now. Who may is the caller's business.

    Raises:
        InputError: it is in no flow (404).
    """
    row = locked(subject)
    row.label = subject.label or row.label
    if row.waiting_for and not row.finished_at:
        row.due_on, row.due_provisional = due, False
    row.save(update_fields=["label", "due_on", "due_provisional"])
