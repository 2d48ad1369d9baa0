"""Documents are kept for the policies' days; then row, data and file go, and the trail keeps that they were there."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from youju.foundation.audit import selectors as audit
from youju.foundation.documents import events
from youju.foundation.documents.jobs import clear
from youju.foundation.documents.models import Document
from youju.foundation.files.models import Attachment, Content
from youju.foundation.files.services import attach, keep
from youju.foundation.jobs.defining import definition
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.rules.law import whole

pytestmark = pytest.mark.django_db
NOTHING = {"made": 0, "failed": 0}


def days(name: str) -> timedelta:
    return timedelta(days=whole(law_on(timezone.localdate()), f"foundation.documents.{name}"))


def made(age: timedelta, content: bytes = b"paper") -> Document:
    kept = keep(content, name="表.txt", purpose="document")
    row = _row(state="made", sha256=kept.sha256, made_at=timezone.now() - age)
    attach(
        sha256=kept.sha256,
        subject=Subject(events.KIND, str(row.pk), row.name),
        name=row.name,
        role=events.ROLE,
    )
    return row


def _row(**fields: Any) -> Document:
    return Document.objects.create(
        fingerprint=uuid.uuid4().hex * 2, template="test.paper", version="1", template_hash="0" * 64, context="{}",
        context_hash="0" * 64, format="txt", name="表.txt", subject_kind="test.paper", subject_key="1", **fields,
    )  # fmt: skip


def test_a_made_document_is_kept_to_its_last_day_and_goes_on_the_next(
    django_assert_max_num_queries: Any,
) -> None:
    young, old = made(days("keep_made_days") - timedelta(minutes=1)), made(days("keep_made_days"), b"older")
    assert clear() == {"made": 1, "failed": 0}
    assert list(Document.objects.values_list("pk", flat=True)) == [young.pk]
    assert [each.subject_key for each in Attachment.objects.all()] == [str(young.pk)]
    # The content itself waits for the next collection, as every content does that nothing refers to.
    assert Content.objects.get(pk=old.sha256).attachments.count() == 0
    deeds = [line.deed for line in audit.history(events.KIND, str(old.pk)).lines]
    assert deeds[0] == events.CLEARED.sentence
    assert clear() == NOTHING


def test_a_file_that_another_document_has_as_well_stays_tied_to_that_one() -> None:
    old, young = made(days("keep_made_days")), made(timedelta(0))
    assert old.sha256 == young.sha256
    clear()
    assert Content.objects.get(pk=young.sha256).attachments.count() == 1


@pytest.mark.parametrize("state", ["asked", "failed"])
def test_what_was_never_made_goes_sooner(state: str) -> None:
    row = _row(state=state, error="印不出来" if state == "failed" else "")
    limit = days("keep_failed_days")
    assert limit < days("keep_made_days")
    for age, expected in ((limit - timedelta(minutes=1), NOTHING), (limit, {"made": 0, "failed": 1})):
        Document.objects.filter(pk=row.pk).update(requested_at=timezone.now() - age)
        assert clear() == expected
    assert not Document.objects.exists()


def test_it_is_done_every_night() -> None:
    found = definition("documents.clear-old")
    assert found is not None
    assert (found.work, found.cron) == (clear, "0 4 * * *")
