"""The demo's surveys: loaded once, each measure of the twelve tables computes, what is planted is there and shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from metrics_made import as_arrow
from youju.analytics.answers import ask, digest, rows_behind
from youju.analytics.engines import DuckEngine
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.foundation.identity import demo as people
from youju.foundation.identity.models import User
from youju.foundation.kernel.context import reaching_all
from youju.foundation.metrics.linking import linked
from youju.foundation.metrics.postgres import PostgresEngine
from youju.foundation.policies import law_on
from youju.foundation.workflow.selectors import case
from youju.office.surveys import events
from youju.office.surveys.demo import loading
from youju.office.surveys.models import Envelope, Response, Survey
from youju.office.surveys.selectors import result_page, survey_page
from youju.rules.law import table

CODE = "surveys.satisfaction_rate"
TODAY = date(2026, 5, 20)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    from django.db import transaction

    with django_db_blocker.unblock(), reaching_all(), transaction.atomic():
        people.load()
        assert loading.load(today=TODAY)
        assert not loading.load(today=TODAY)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _open(loaded: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), reaching_all():
        yield


def value(year: str, **parameters: str) -> Any:
    return ask(metrics()[CODE], Scope(Period.parse(year), "baigou", parameters), PostgresEngine())


def test_each_satisfaction_row_of_the_twelve_tables_computes_for_both_years() -> None:
    codes = sorted({row["project"] for row in loading.table("surveys") if row["project"]})
    assert len(codes) == 12
    bound = table(law_on(TODAY), "office.surveys.project_tags")
    for year in ("2022", "2023"):
        for code in codes:
            whole = value(year, project=code)
            assert whole.value is not None and 75 < whole.value <= 100, (year, code)
            assert "n = " in whole.result.reason and "95 % 区间" in whole.result.reason
            assert "样本" not in whole.result.reason
            for tag in bound.get(code, ()):
                assert value(year, project=code, tag=tag).value is not None, (year, code, tag)


def test_the_small_sample_is_there_and_the_product_says_so() -> None:
    row = Survey.objects.get(year=2023, quarter=3)
    assert (row.answered, row.project) == (18, "")
    assert "只能作参考" in value("2023Q3", survey=row.number).result.reason
    head = User.objects.get(username="demo-hed")
    assert {each.rule for each in result_page(head, row.pk).findings} >= {"SVY-007"}
    assert all(line.small for line in result_page(head, row.pk).tags)


def test_last_year_is_compared_by_tag_and_the_paper_channel_is_not_shown_apart() -> None:
    head = User.objects.get(username="demo-hed")
    row = Survey.objects.get(year=2023, project="13060523P00454310001A")
    page = result_page(head, row.pk)
    assert page.previous and page.previous.year == 2022
    assert {line.key for line in page.tags} == {"", "staff"}
    assert all(line.change and line.change.points > 0 for line in page.tags)
    assert "纸质问卷" not in [line.label for line in page.channels]
    assert page.together == 2
    assert any(each.remarks for each in page.questions)


def test_the_open_one_shows_no_answers_and_the_draft_what_it_lacks() -> None:
    staff = User.objects.get(username="demo-stf")
    row = Survey.objects.get(state="open")
    page = survey_page(staff, row.pk)
    assert (page.standing.answered, page.standing.silent) == (41, 49)
    assert Envelope.objects.count() == 41
    assert not Response.objects.filter(survey=row).exists()
    found = survey_page(staff, Survey.objects.get(state="draft").pk).findings
    assert "SVY-005" in {each.rule for each in found}
    assert all(case(events.subject_of(each)) for each in Survey.objects.all()[:5])


def test_the_mean_is_the_mean_of_the_sheets_on_both_engines() -> None:
    metric, scope = metrics()[CODE], Scope(Period.parse("2023"), "baigou", {"tag": "social"})
    found = ask(metric, scope, PostgresEngine())
    scores = []
    for row in Survey.objects.filter(year=2023):
        keys = [str(each.pk) for each in row.questions.all() if "social" in each.tags]
        scores += [
            Decimal(sum((answers[key] - 1) * 25 for key in keys)) / len(keys)
            for answers in row.responses.values_list("answers", flat=True)
            if keys
        ]
    assert found.value == (sum(scores) / len(scores)).quantize(Decimal("0.000001"))
    assert f"n = {len(scores)} " in found.result.reason
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'baigou' AS pilot, * FROM surveys_answers")
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    duck = DuckEngine(
        as_of=datetime(2026, 1, 1, tzinfo=UTC), arrow={"survey_answers": as_arrow("survey_answers", rows)}, threads=1
    )  # fmt: skip
    assert ask(metric, scope, duck).value == found.value
    assert digest(metric, scope, duck).sha256 == digest(metric, scope, PostgresEngine()).sha256
    behind = rows_behind(metric, scope, PostgresEngine(), limit=3).to_pylist()
    assert all(link.url.endswith("/result/") for link in linked(behind))


def test_a_tag_that_nobody_asked_about_has_no_value() -> None:
    assert value("2023", tag="没有这个").value is None
    assert value("2021").value is None
    assert "算不出" in value("2021").result.reason


def test_closing_is_noted_for_the_lake() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT key) FROM metrics_change WHERE source = 'surveys'")
        assert cursor.fetchone()[0] == Survey.objects.filter(state="closed").count()
