"""Periodic jobs: due times in local time, once for each period, once for many missed ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

import jobs_made
from youju.foundation.jobs import calendar, rescuing, selectors
from youju.foundation.jobs.defining import job
from youju.foundation.jobs.models import Period, Run
from youju.foundation.jobs.running import work_off

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
CRONS = st.sampled_from(["* * * * *", "*/5 * * * *", "5 0 * * *", "30 8 * * 1", "0 6 1 * *", "40 3 29 2 *"])


@given(CRONS, MOMENTS)
def test_a_moment_lies_between_its_period_and_the_next(cron: str, moment: datetime) -> None:
    slot, following = calendar.slot_at(cron, moment), calendar.next_slot(cron, moment)
    assert slot <= moment < following
    assert calendar.slot_at(cron, slot) == slot
    assert calendar.next_slot(cron, slot) == following
    assert calendar.slot_at(cron, following) == following


def test_due_times_are_local() -> None:
    evening = datetime(2026, 3, 1, 17, 0, tzinfo=UTC)  # 01:00 on 2 March in Shanghai
    assert calendar.slot_at("5 0 * * *", evening).isoformat() == "2026-03-02T00:05:00+08:00"
    assert calendar.next_slot("5 0 * * *", evening).isoformat() == "2026-03-03T00:05:00+08:00"


@pytest.mark.parametrize(
    ("cron", "words"),
    [
        ("* * * * *", "每分钟"),
        ("*/10 * * * *", "每 10 分钟"),
        ("7 * * * *", "每小时第 7 分"),
        ("5 0 * * *", "每天 00:05"),
        ("30 8 * * 1", "每周一 08:30"),
        ("30 8 * * 7", "每周日 08:30"),
        ("0 6 1 * *", "每月 1 日 06:00"),
        ("0 6 1 */3 *", "0 6 1 */3 *"),
        ("0,30 6 * * 1-5", "0,30 6 * * 1-5"),
    ],
)
def test_usual_forms_are_said_in_chinese(cron: str, words: str) -> None:
    assert calendar.in_words(cron) == words


@pytest.mark.parametrize("cron", ["", "* * * *", "* * * * * *", "61 * * * *", "often"])
def test_an_expression_that_is_none_is_refused_when_declared(cron: str) -> None:
    with pytest.raises(ValueError, match="cron"):
        calendar.check_cron(cron)


def test_a_job_must_take_keywords_alone_and_have_its_own_name() -> None:
    with pytest.raises(TypeError, match="keyword-only"):
        job("test.wrong", title="错")(lambda name: None)
    with pytest.raises(ValueError, match="two jobs"):
        job("test.mark", title="同名")(lambda *, name: None)


@pytest.mark.django_db
def test_a_period_is_served_once_and_missed_ones_together_once() -> None:
    now = timezone.now()
    assert "test.each-minute" not in rescuing.enqueue_due(now=now), "a new job waits for its next period"
    assert "test.each-minute" not in rescuing.enqueue_due(now=now)
    later = now + timedelta(days=30)
    assert "test.each-minute" in rescuing.enqueue_due(now=later)
    assert "test.each-minute" not in rescuing.enqueue_due(now=later)
    assert "test.each-minute" not in rescuing.enqueue_due(now=now), "a clock set back serves nothing again"
    work_off()
    assert jobs_made.marks("minute") == 1


@pytest.mark.django_db
def test_a_run_longer_than_its_period_is_not_joined_by_a_second() -> None:
    now = timezone.now()
    for minutes in range(5):
        rescuing.enqueue_due(now=now + timedelta(minutes=minutes))
    assert Run.objects.filter(code="test.each-minute").count() == 1


@pytest.mark.django_db
def test_periodic_jobs_are_listed_with_their_last_run_and_the_next(django_assert_num_queries) -> None:
    now = timezone.now()
    rescuing.enqueue_due(now=now)
    rescuing.enqueue_due(now=now + timedelta(days=800))
    work_off()
    with django_assert_num_queries(2):
        listed = {one.code: one for one in selectors.periodic_tasks()}
    minute = listed["test.each-minute"]
    assert minute.last is not None
    assert (minute.last.state, minute.title, minute.words) == ("done", "每分钟", "每分钟")
    assert now < minute.next_at <= timezone.now() + timedelta(minutes=1)
    assert "jobs.clear-old" in listed
    assert listed["jobs.clear-old"].last.state == "done"


@pytest.mark.django_db
def test_a_periodic_job_that_was_removed_is_no_longer_listed_or_run() -> None:
    Period.objects.create(code="gone.job", slot=timezone.now() - timedelta(days=9))
    assert "gone.job" not in rescuing.enqueue_due()
    assert "gone.job" not in [one.code for one in selectors.periodic_tasks()]
