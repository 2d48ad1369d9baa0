"""What nobody comes back for is thrown away after its time, not a day before, and the trail says whose it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from targets_stored import stage
from youju.foundation.audit import selectors as audit
from youju.foundation.files.selectors import attachments
from youju.foundation.jobs.defining import definition
from youju.foundation.policies import law_on
from youju.performance.targets import events, facts, models, services
from youju.performance.targets.jobs import clear
from youju.rules.law import whole
from youju.rules.performance.targets.typed import typed_of

pytestmark = pytest.mark.django_db


def days(name: str) -> timedelta:
    return timedelta(days=whole(law_on(timezone.localdate()), f"performance.targets.{name}"))


@pytest.fixture
def typing(clean_set: Any, three: dict[str, Any]) -> models.EditDraft:
    """A purpose that was typed and not saved."""
    project = clean_set.projects.first()
    typed = typed_of(facts.project(project))
    services.keep_typing(
        actor=three["PFO"],
        target_set_id=clean_set.pk,
        code=project.code,
        typed=replace(typed, head={**typed.head, "purpose": "还没有想好"}),
        base=project.revision,
    )
    return models.EditDraft.objects.get()


def _aged(row: Any, field: str, age: timedelta) -> None:
    type(row).objects.filter(pk=row.pk).update(**{field: timezone.now() - age})


def test_typing_is_kept_for_its_time_and_then_thrown_away_with_a_word_on_the_trail(
    typing: models.EditDraft,
) -> None:
    _aged(typing, "saved_at", days("typing_days") - timedelta(minutes=1))
    assert clear() == {"typing": 0, "previews": 0, "requests": 0}
    assert models.EditDraft.objects.count() == 1
    _aged(typing, "saved_at", days("typing_days") + timedelta(minutes=1))
    assert clear() == {"typing": 1, "previews": 0, "requests": 0}
    assert not models.EditDraft.objects.exists()
    subject = events.project_subject(typing.project.target_set, typing.project)
    (line,) = audit.history(subject.kind, subject.key).lines
    assert line.deed == events.TYPING_CLEARED.sentence
    told = [(change.name, change.before) for change in line.changes]
    assert ("录入人", typing.user.username) in told
    assert "还没有想好" not in str(told)


def test_the_stored_table_is_not_touched(typing: models.EditDraft) -> None:
    before = facts.project(typing.project)
    _aged(typing, "saved_at", days("typing_days") * 2)
    clear()
    assert facts.project(models.Project.objects.get(pk=typing.project_id)) == before


def test_a_preview_past_its_hours_goes_with_its_file(officer: Any, document: Any) -> None:
    preview = stage(officer, document)
    assert clear()["previews"] == 0
    _aged(preview, "created_at", timedelta(minutes=2))
    _aged(preview, "expires_at", timedelta(minutes=1))
    assert clear()["previews"] == 1
    assert not models.ImportPreview.objects.exists()
    assert attachments(events.preview_subject(preview)) == []


def test_a_key_is_remembered_for_its_time(clean_set: Any, three: dict[str, Any]) -> None:
    asked = {"actor": three["PFO"], "target_set_id": clean_set.pk, "transition": "submit", "key": "k1"}
    services.take_step_once(**asked)
    request = models.StepRequest.objects.get()
    _aged(request, "at", days("request_days") - timedelta(minutes=1))
    assert clear()["requests"] == 0
    assert services.take_step_once(**asked).state == "submitted"
    _aged(request, "at", days("request_days") + timedelta(minutes=1))
    assert clear()["requests"] == 1
    clean_set.refresh_from_db()
    assert clean_set.state == "submitted"


def test_it_is_done_every_night() -> None:
    found = definition("targets.clear-abandoned")
    assert found is not None
    assert (found.work, found.cron) == (clear, "45 3 * * *")
