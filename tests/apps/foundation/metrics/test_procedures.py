"""Steps with a promised day, from the workflow's own log, on PostgreSQL: what counts, where its rows open."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from youju.analytics.answers import ask, rows_behind
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.foundation.metrics.linking import linked
from youju.foundation.metrics.models import Change
from youju.foundation.metrics.postgres import PostgresEngine
from youju.foundation.workflow.models import Case, Step

pytestmark = pytest.mark.django_db
CHINA = ZoneInfo("Asia/Shanghai")


def ended(at: str, due: str | None, *, flow: str = "parties.party", key: str = "7") -> Step:
    """A step of a case of its own, made at a moment in China."""
    moment = datetime.fromisoformat(at).replace(tzinfo=CHINA)
    case = Case.objects.create(
        subject_kind=flow, subject_key=f"{key}{at}", label="白沟第一箱包厂", flow=flow, flow_since=date(2020, 1, 1),
        state="approved", started_by="x", entered_at=moment, finished_at=moment,
    )  # fmt: skip
    limit = date.fromisoformat(due) if due else None
    return Step.objects.create(
        case=case, number=1, round=1, transition="approve", to_state="approved", by="x", by_name="某人", at=moment,
        due_on=limit, within_limit=None if limit is None else moment.date() <= limit, working_days=2,
    )  # fmt: skip


def test_the_rate_counts_promised_steps_by_the_day_in_china() -> None:
    first = ended("2023-06-01T00:30", "2023-06-01")
    ended("2023-06-30T23:30", "2023-06-29", flow="parties.change")
    ended("2023-07-01T00:10", "2023-07-01")
    ended("2023-06-15T12:00", None)
    ended("2023-06-16T12:00", "2023-06-01", flow="targets.set")
    metric, scope = metrics()["requests.within_limit_rate"], Scope(Period.parse("2023-06"), "baigou")
    answer = ask(metric, scope, PostgresEngine())
    assert (answer.value, answer.counts) == (Decimal(50), {"within": 1, "late": 1})
    only = Scope(Period.parse("2023"), "baigou", {"flow": "parties.party"})
    assert ask(metric, only, PostgresEngine()).value == Decimal(100)
    rows = rows_behind(metric, only, PostgresEngine()).to_pylist()
    assert {row["row"] for row in rows} >= {first.pk}
    assert [link.text for link in linked(rows)] == ["白沟第一箱包厂"] * 2
    assert Change.objects.filter(source="steps").count() == 4, (
        "each promised step is told to the lake, others are not"
    )
