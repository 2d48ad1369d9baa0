"""The connection tells the database whose rows may be read and written, and forgets it when it must."""

from __future__ import annotations

import pytest
from django.db import OperationalError, ProgrammingError, connection, transaction

from youju.foundation.database.statements import first_rows
from youju.foundation.kernel.context import acting, reaching_all

pytestmark = pytest.mark.django_db


def told() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('youju.reads', true), ''), coalesce(current_setting('youju.writes', true), '')"
        )
        return cursor.fetchone()


def test_nobody_reaches_nothing() -> None:
    assert told() == ("", "")


def test_the_context_decides_and_its_end_takes_it_back() -> None:
    with acting(reads="own:7", writes="own:7"):
        assert told() == ("own:7", "own:7")
        with acting(writes=""):
            assert told() == ("own:7", "")
        assert told() == ("own:7", "own:7")
    assert told() == ("", "")


def test_a_rolled_back_savepoint_never_widens_the_reach() -> None:
    with reaching_all():
        assert told() == ("all", "all")
    with acting(reads="own:7", writes="own:7"):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            assert told() == ("own:7", "own:7")
            raise ZeroDivisionError
        # PostgreSQL took its setting back to "all" with the savepoint.
        assert told() == ("own:7", "own:7")


def test_a_broken_statement_is_taken_back_as_ever() -> None:
    with acting(reads="own:7", writes="own:7"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT nothing_here")
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT nothing_here")
        assert told() == ("own:7", "own:7")


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_transaction_never_widens_the_reach() -> None:
    with reaching_all():
        told()
    with acting(reads="own:7", writes="own:7"):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            told()
            raise ZeroDivisionError
        assert told() == ("own:7", "own:7")


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_is_told_again() -> None:
    with acting(reads="sections:SC,WM", writes="sections:SC,WM"):
        assert told()[0] == "sections:SC,WM"
        connection.close()
        assert told()[0] == "sections:SC,WM"


def test_unchanged_reach_costs_no_statement(django_assert_num_queries) -> None:
    with reaching_all():
        told()
        with django_assert_num_queries(2):
            told()
            told()


@pytest.mark.parametrize(
    ("reach", "functions"),
    [
        ("", (False, None, None)),
        ("all", (True, None, None)),
        ("own:12", (False, None, 12)),
        ("sections:SC,WM", (False, ["SC", "WM"], None)),
        ("sections:", (False, [], None)),
    ],
)
def test_what_the_functions_say(reach: str, functions: tuple[object, ...]) -> None:
    with acting(reads=reach), connection.cursor() as cursor:
        cursor.execute("SELECT youju_all('reads'), youju_sections('reads'), youju_organisation('reads')")
        assert cursor.fetchone() == functions


def test_the_first_read_of_a_request_tells_nothing_and_changes_nothing() -> None:
    with acting(reads="own:7", writes="own:7"):
        assert told() == ("own:7", "own:7")
    # Nobody is in force by now; the server still knows of before, and is told at the next use.
    asked = "SELECT current_setting('youju.reads')"
    assert first_rows(asked, []) == [("own:7",)]
    assert told() == ("", "")


@pytest.mark.django_db(transaction=True)
def test_a_first_read_finds_a_lost_connection_and_opens_another() -> None:
    ((before,),) = first_rows("SELECT pg_backend_pid()", [])
    with connection.cursor() as cursor, pytest.raises(OperationalError):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    # What the beginning of a request does: nobody has asked yet whether the connection still lives.
    connection.health_check_done = False
    ((after,),) = first_rows("SELECT pg_backend_pid()", [])
    assert after != before
    assert told() == ("", "")


def test_a_first_read_that_is_wrong_says_so() -> None:
    with pytest.raises(ProgrammingError), transaction.atomic():
        first_rows("SELECT nothing_here", [])
    assert told() == ("", "")
