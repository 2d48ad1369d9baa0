"""Prepared statements: parts of several rooms in one round trip, what waits and what forgets it, when a transaction begins."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext
from psycopg.pq import TransactionStatus

from youju.foundation.database.statements import Part, ask, first_rows, later, send
from youju.foundation.kernel.context import acting


def count(bucket: str, then=None) -> Part:
    return Part("identity_count(%s, %s::bigint)", [bucket, "1"], then)


@pytest.fixture
def bucket() -> str:
    """One of its own: the counts are no table that tests are cleaned from."""
    return uuid4().hex


def hits(bucket: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(hits), 0) FROM identity_rate WHERE bucket = %s", [bucket])
        return int(cursor.fetchone()[0])


def status() -> TransactionStatus:
    return TransactionStatus(connection.connection.info.transaction_status)


BROKEN = Part("%s::int", ["no number"])


@pytest.mark.django_db
class TestParts:
    def test_what_waits_goes_along_and_comes_first(self, django_assert_num_queries) -> None:
        seen: list[int] = []
        with django_assert_num_queries(1):
            later(count("a", seen.append))
            later(count("a", seen.append))
            assert seen == []
            assert ask(count("a")) == 3
        assert seen == [1, 2]

    def test_nobody_reads_past_what_waits(self) -> None:
        later(count("a"))
        assert hits("a") == 1

    def test_what_waits_can_be_sent(self, django_assert_num_queries) -> None:
        later(count("a"))
        with django_assert_num_queries(1):
            send()
            send()

    def test_a_rolled_back_savepoint_forgets_what_waited_in_it_alone(self) -> None:
        later(count("outer"))
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            later(count("inner"))
            raise ZeroDivisionError
        assert (hits("outer"), hits("inner")) == (1, 0)

    def test_what_a_part_raises_stops_the_work(self) -> None:
        def stop(_: int) -> None:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError), transaction.atomic():
            later(count("a", stop))
            hits("b")
        assert hits("a") == 0

    def test_the_reach_is_told_in_the_same_statement(self, django_assert_num_queries) -> None:
        reach = Part("youju_reach('reads') || ' ' || youju_reach('writes')", [])
        ask(reach)
        for wanted in ("own:7", "own:8"):
            with acting(reads=wanted, writes="all"), django_assert_num_queries(1):
                assert ask(reach) == f"{wanted} all"
        assert ask(reach) == " "

    def test_the_log_of_statements_shows_the_values(self) -> None:
        with CaptureQueriesContext(connection) as seen:
            ask(count("shown"))
        assert "'shown'" in seen.captured_queries[0]["sql"]

    def test_it_is_planned_once(self) -> None:
        ask(Part("1", []))  # the reach is told with the first one
        for word in ("x", "y", "z"):
            assert ask(Part("upper(%s || 'kept once')", [word])) == f"{word}kept once".upper()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%kept once%'")
            assert cursor.fetchone()[0] == 1


@pytest.mark.django_db(transaction=True)
class TestTransactions:
    def test_reading_begins_none_and_one_last_statement_is_one(self, bucket: str) -> None:
        with transaction.atomic():
            assert ask(Part("1 + 1", [], reads=True)) == 2
            later(count(bucket))
            assert status() is TransactionStatus.IDLE
        assert hits(bucket) == 1

    def test_anything_else_begins_one(self, bucket: str) -> None:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            ask(count(bucket))
            assert status() is TransactionStatus.INTRANS
            raise ZeroDivisionError
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            assert hits(bucket) == 0
            assert status() is TransactionStatus.INTRANS
            later(count(bucket))
            raise ZeroDivisionError
        assert hits(bucket) == 0

    def test_a_last_statement_that_fails_leaves_nothing(self, bucket: str) -> None:
        with pytest.raises(DataError), transaction.atomic():
            later(count(bucket))
            later(BROKEN)
        assert hits(bucket) == 0
        with pytest.raises(DataError), transaction.atomic():
            hits(bucket)
            later(count(bucket))
            later(BROKEN)
        assert hits(bucket) == 0

    def test_a_failed_statement_does_not_keep_its_reach(self) -> None:
        with acting(reads="own:7"):
            with pytest.raises(DataError):
                ask(BROKEN)
            assert ask(Part("youju_reach('reads')", [])) == "own:7"
        assert ask(Part("youju_reach('reads')", [])) == ""

    def test_outside_of_a_transaction_nothing_waits(self, bucket: str) -> None:
        later(count(bucket))
        assert hits(bucket) == 1

    def test_hooks_run_after_the_last_statement(self, bucket: str) -> None:
        seen: list[int] = []
        with transaction.atomic():
            transaction.on_commit(lambda: seen.append(hits(bucket)))
            later(count(bucket))
        assert seen == [1]

    def test_a_lost_connection_is_opened_anew_by_the_first_statement_alone(self, bucket: str) -> None:
        hits(bucket)
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
        other.close()
        connection.close_if_unusable_or_obsolete()  # as at the start of a request
        assert first_rows("SELECT %s::int", ["7"]) == [(7,)]
        assert connection.health_check_done
