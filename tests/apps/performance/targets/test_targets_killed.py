"""``kill -9`` in the middle of an approval: a step is there whole, with its log and its trail, or it is not there."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

import approving_process
from youju.foundation.audit import verifying, witness
from youju.foundation.audit.models import Entry
from youju.foundation.workflow.models import Case, Step
from youju.performance.targets import models, services
from youju.rules.performance.targets.lifecycle import settled

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = int(os.environ.get("YOUJU_KILL_ROUNDS", "10"))
LONGEST = 0.35  # seconds: a little more than the four steps take here, so that some rounds come to their end
NEXT = {"draft": 0, "submitted": 1, "reviewed": 2, "approved": 3}


@pytest.fixture
def trail_folder(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Witness and root folders of this test alone."""
    monkeypatch.setattr(witness, "folder", lambda: tmp_path / "witness")
    monkeypatch.setenv("YOUJU_AUDIT_ROOTS", str(tmp_path / "roots"))
    return tmp_path / "witness"


@pytest.fixture
def approver(trail_folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The process that is killed, child by child."""
    environment = os.environ | {"PYTHONPATH": str(Path(approving_process.__file__).parent)}
    command = [sys.executable, "-m", "approving_process", connection.settings_dict["NAME"], str(trail_folder)]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        process.wait(20)


def quiet() -> None:
    """Wait until PostgreSQL has ended what the killed client began."""
    ours = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(f"{ours} AND backend_type = 'client backend'")
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.02)
    raise AssertionError("the killed client's transaction did not end")


def whole() -> None:
    """State, case, log and trail of every version say the same."""
    for row in models.TargetSet.objects.all():
        case = Case.objects.get(subject_kind="targets.set", subject_key=str(row.pk))
        steps = list(Step.objects.filter(case=case).order_by("number"))
        assert row.state == case.state == steps[-1].to_state
        assert [step.number for step in steps] == list(range(1, len(steps) + 1))
        assert all(one.to_state == two.from_state for one, two in pairwise(steps))
        trail = Entry.objects.filter(subject_kind="targets.set", subject_key=str(row.pk))
        taken = sorted(f"targets.set.{step.transition}" for step in steps[1:])
        told = trail.filter(verb__in=set(taken)).order_by("verb").values_list("verb", flat=True)
        assert list(told) == taken
    versions = list(models.TargetSet.objects.values_list("version", "state"))
    active = models.TargetSet.objects.filter(is_active=True).values_list("version", flat=True)
    assert list(active) == [settled(versions)]


def finish(target_set: models.TargetSet, people: list[Any]) -> None:
    """What a person does afterwards: go on from where it stands."""
    target_set.refresh_from_db()
    actors = [*people, people[0]]
    for place in range(NEXT.get(target_set.state, 4), 4):
        services.take_step(
            actor=actors[place], target_set_id=target_set.pk, transition=approving_process.STEPS[place]
        )


def test_a_killed_approval_leaves_whole_steps(
    approver: subprocess.Popen[str], clean_set: models.TargetSet, three: dict[str, Any]
) -> None:
    chance = random.Random(20231123)
    people = [three[role] for role in ("PFO", "FIN", "HED")]
    names = " ".join(person.username for person in people)
    assert approver.stdin is not None
    assert approver.stdout is not None
    target_set, cut = clean_set, 0
    for _ in range(ROUNDS):
        approver.stdin.write(f"{chance.uniform(0, LONGEST)} {target_set.pk} {names}\n")
        approver.stdin.flush()
        assert approver.stdout.readline().strip() == "ended"
        quiet()
        whole()
        target_set.refresh_from_db()
        cut += target_set.state != "published"
        finish(target_set, people)
        whole()
        target_set = services.begin_adjustment(
            actor=people[0], target_set_id=target_set.pk, reason="再来一轮", document_number="〔2023〕1号"
        )
    assert cut > 0
    result = verifying.verify()
    assert (result.intact, result.findings) == (True, ())
