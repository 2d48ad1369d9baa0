"""What becomes of a run that fails: a sentence, another try after a growing pause, an end; and what people may do with it."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

import jobs_made
from youju.foundation.jobs import defining, limits, services
from youju.foundation.jobs.models import Run
from youju.foundation.jobs.permissions import MANAGE
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError

pytestmark = pytest.mark.django_db


class Manager:
    """Stands in for a user; ``may`` says whether it manages jobs."""

    is_authenticated = is_active = True

    def __init__(self, *roles: str) -> None:
        self.roles = roles


ADMIN, NOBODY = Manager("ADM"), Manager("STF")


def _come_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")


def test_bad_input_ends_the_run_with_its_sentence_and_leaves_nothing() -> None:
    number = services.enqueue(jobs_made.refuse, name="a")
    assert work_off() == 1
    run = Run.objects.get(pk=number)
    assert (run.state, run.attempts) == ("failed", 1)
    assert run.error == "表.xlsx：第 3 行的金额读不懂；请改正后重新上传。"
    assert jobs_made.marks("a") == 0
    assert work_off() == 0


def test_a_fault_is_tried_again_and_leaves_its_effect_once(tmp_path: Path) -> None:
    number = services.enqueue(jobs_made.broken_once, name="b", folder=str(tmp_path))
    work_off()
    run = Run.objects.get(pk=number)
    assert (run.state, run.attempts) == ("queued", 1)
    assert run.error == "第 1 次没有成功，稍后自动再试。"
    assert run.next_at is not None
    assert run.next_at > timezone.now()
    assert work_off() == 0, "not before its time"
    _come_now()
    work_off()
    run.refresh_from_db()
    assert (run.state, run.attempts, run.error, run.next_at) == ("done", 2, "", None)
    assert jobs_made.marks("b") == 1


def test_a_fault_that_stays_ends_after_its_attempts_in_one_plain_sentence(caplog) -> None:
    number = services.enqueue(jobs_made.broken, name="c")
    for _ in range(limits.attempts("foundation.jobs.attempts") + 3):
        _come_now()
        work_off()
    run = Run.objects.get(pk=number)
    assert (run.state, run.attempts) == ("failed", limits.attempts("foundation.jobs.attempts"))
    assert "secret detail" not in run.error
    assert "Traceback" not in run.error
    assert "secret detail" in caplog.text
    assert jobs_made.marks("c") == 0


@given(st.integers(1, 10_000))
def test_the_pause_grows_to_its_longest(failures: int) -> None:
    pause, longest = limits.pause(failures), limits.pause(10_000)
    assert timedelta(0) < pause <= longest
    assert limits.pause(failures + 1) >= pause
    assert limits.pause(failures + 1) <= 2 * pause


def test_a_job_that_this_program_no_longer_has_ends_with_a_sentence() -> None:
    number = services.enqueue(jobs_made.mark, name="d")
    del defining._known["test.mark"]
    work_off()
    run = Run.objects.get(pk=number)
    assert (run.state, run.error) == ("failed", "本程序里已没有任务“记一笔”（test.mark）。")
    with pytest.raises(InputError, match="已没有任务"):
        services.retry_run(actor=ADMIN, run_id=number)


def test_a_waiting_run_can_be_taken_back() -> None:
    number = services.enqueue(jobs_made.mark, name="e")
    services.cancel_run(actor=ADMIN, run_id=number, reason="发错了")
    assert work_off() == 0
    assert Run.objects.get(pk=number).state == "cancelled"
    with pytest.raises(InputError, match="已经结束，不能取消") as refused:
        services.cancel_run(actor=ADMIN, run_id=number)
    assert refused.value.status == 409


def test_a_run_that_ended_cannot_be_taken_back() -> None:
    number = services.enqueue(jobs_made.mark, name="f")
    work_off()
    with pytest.raises(InputError, match="已经完成，不能取消"):
        services.cancel_run(actor=ADMIN, run_id=number)
    with pytest.raises(InputError, match="已经完成，不能重试"):
        services.retry_run(actor=ADMIN, run_id=number)


@pytest.mark.parametrize("how", ["failed", "cancelled"])
def test_a_run_can_be_tried_again_by_hand(how: str, tmp_path: Path) -> None:
    if how == "failed":
        number = services.enqueue(jobs_made.refuse, name="g")
        work_off()
    else:
        number = services.enqueue(jobs_made.mark, name="g", key="k")
        services.cancel_run(actor=ADMIN, run_id=number)
    run = services.retry_run(actor=ADMIN, run_id=number)
    assert (run.state, run.attempts, run.error, run.finished_at) == ("queued", 0, "", None)
    assert work_off() == 1
    assert Run.objects.get(pk=number).state == ("failed" if how == "failed" else "done")


def test_a_run_that_is_in_two_places_of_the_queue_is_done_once() -> None:
    number = services.enqueue(jobs_made.mark, name="h")
    run = Run.objects.get(pk=number)
    from youju.foundation.jobs import queueing

    queueing.put(run, queue="default")
    assert work_off() == 2
    assert jobs_made.marks("h") == 1


@pytest.mark.parametrize("service", [services.cancel_run, services.retry_run])
def test_only_who_manages_jobs_may_touch_them(service) -> None:
    number = services.enqueue(jobs_made.mark, name="i")
    with pytest.raises(PermissionDenied):
        service(actor=NOBODY, run_id=number)
    with pytest.raises(InputError, match="没有这个任务") as missing:
        service(actor=ADMIN, run_id=uuid.uuid4())
    assert missing.value.status == 404


def test_the_permission_is_the_one_of_the_identity_room() -> None:
    from youju.foundation.identity.permissions import Permission

    assert Permission.JOBS_MANAGE.value == MANAGE


def test_what_people_do_with_runs_is_audited() -> None:
    number = services.enqueue(jobs_made.mark, name="j")
    services.cancel_run(actor=ADMIN, run_id=number, reason="发错了")
    services.retry_run(actor=ADMIN, run_id=number)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT verb, before::text, after::text, reason FROM audit_entry WHERE subject_key = %s ORDER BY position",
            [str(number)],
        )
        told = [
            (verb, json.loads(before), json.loads(after), reason) for verb, before, after, reason in cursor
        ]
    assert told == [
        ("jobs.run.cancelled", {"state": "queued"}, {"state": "cancelled"}, "发错了"),
        ("jobs.run.retried", {"state": "cancelled"}, {"state": "queued"}, ""),
    ]


def test_old_runs_are_cleared_with_their_rows_in_the_queue() -> None:
    ages = {"done": limits.keep_done(), "cancelled": limits.keep_done(), "failed": limits.keep_failed()}
    kept = []
    for state, age in ages.items():
        for beyond in (timedelta(minutes=1), timedelta(minutes=-1)):
            number = services.enqueue(jobs_made.mark, name="k")
            work_off()
            Run.objects.filter(pk=number).update(
                state=state, error="x" if state == "failed" else "", finished_at=timezone.now() - age - beyond
            )
            if beyond < timedelta(0):
                kept.append(number)
    waiting = services.enqueue(jobs_made.mark, name="k")
    assert services.clear_old() == 3
    assert set(Run.objects.values_list("pk", flat=True)) == {*kept, waiting}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone()[0] == 4
