"""Recording: with the deed or not at all, never a secret, never in anybody's way."""

from __future__ import annotations

import json
import threading
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.utils import InternalError
from hypothesis import given
from hypothesis import strategies as st

from apps.foundation.audit.conftest import DONE, SHOWN, thing
from youju.foundation.audit import encoding, verifying, witness
from youju.foundation.audit.models import Entry, Segment
from youju.foundation.audit.services import record, record_many, record_read
from youju.foundation.audit.verbs import Verb, verb
from youju.foundation.kernel.context import acting


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_is_an_error_of_the_program() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record(DONE, thing(1))


@pytest.mark.django_db
def test_an_undeclared_verb_is_refused() -> None:
    with pytest.raises(RuntimeError, match="not declared"):
        record(Verb("test.thing.undeclared", "做了"), thing(1))


def test_a_verb_keeps_its_sentence() -> None:
    with pytest.raises(ValueError, match="says"):
        verb("test.thing.done", "另一种说法")
    with pytest.raises(ValueError, match="no code"):
        verb("Done", "做了")


@pytest.mark.django_db
def test_a_read_is_recorded_with_its_fields_by_a_reading_verb_only() -> None:
    record_read(SHOWN, thing(1, "甲"), fields=["身份证号"], reason="核对身份")
    row = Entry.objects.get(verb="test.thing.shown")
    assert row.after == '{"fields":["身份证号"]}'
    assert row.reason == "核对身份"
    with pytest.raises(RuntimeError, match="not declared as a read"):
        record_read(DONE, thing(1), fields=["x"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key", ["password", "new_password", "totp_secret", "Token", "api_key", "recovery_codes"]
)
def test_a_secret_is_refused_at_any_depth(key: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        record(DONE, thing(1), None, {"outer": [{key: "x"}]})


HELD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.text(st.characters(exclude_characters="\0", codec="utf-8")),
    lambda each: (
        st.lists(each, max_size=3)
        | st.dictionaries(st.text("aé中Z_0\U0001f600", max_size=3), each, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.text("abZé中\U0001f600", max_size=4), HELD, max_size=4))
def test_the_text_is_that_of_the_standard_encoder(state: dict[str, Any]) -> None:
    """The chain hashes the text: the quick encoder may differ in no byte."""
    assert encoding.encode(state) == json.dumps(
        state, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def test_the_encoder_knows_what_services_hold() -> None:
    class Colour(Enum):
        RED = "红"

    state = {
        "b": Decimal("5.00"),
        "a": date(2023, 5, 4),
        "c": datetime(2023, 5, 4, 10, 12, tzinfo=UTC),
        "d": UUID(int=1),
        "e": (1, None, True),
        "f": Colour.RED,
        "g": {"z", "y"},
        "h": "a\x00b",
    }
    assert encoding.encode(state) == (
        '{"a":"2023-05-04","b":"5.00","c":"2023-05-04T10:12:00+00:00","d":"00000000-0000-0000-0000-000000000001",'
        '"e":[1,null,true],"f":"红","g":["y","z"],"h":"a␀b"}'
    )
    assert encoding.encode(None) is None
    assert encoding.encode({"x": 2**70}) == f'{{"x":{2**70}}}'
    with pytest.raises(TypeError, match="object"):
        encoding.encode({"x": object()})


def test_changes_keeps_only_what_differs() -> None:
    assert encoding.changes({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}) == (
        {"b": 2, "c": None},
        {"b": 3, "c": 4},
    )


@pytest.mark.django_db(transaction=True)
def test_the_circumstances_are_those_of_the_context() -> None:
    with (
        acting(
            actor="wang",
            actor_name="王芳",
            on_behalf_of="li",
            organisation="C1",
            address="10.0.0.1",
            request_id="r1",
            channel="api",
        ),
        transaction.atomic(),
    ):
        record(DONE, thing(7, "第七件"))
    row = Entry.objects.get()
    assert (row.actor, row.actor_name, row.on_behalf_of, row.organisation) == ("wang", "王芳", "li", "C1")
    assert (row.address, row.request_id, row.channel) == ("10.0.0.1", "r1", "api")


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_no_gap_and_no_witness(trail_folder: Path) -> None:
    with transaction.atomic():
        record(DONE, thing(1))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(DONE, thing(2))
        raise ZeroDivisionError
    with transaction.atomic():
        record(DONE, thing(3))
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            record(DONE, thing(4))
            raise ZeroDivisionError
        record(DONE, thing(5))
    assert list(Entry.objects.order_by("position").values_list("position", "subject_key")) == [
        (1, "1"),
        (2, "3"),
        (3, "5"),
    ]
    assert [line[3] for line in witness.lines()] == [1, 2, 3]
    assert verifying.verify().intact


@pytest.mark.django_db(transaction=True)
def test_record_many_is_one_statement(django_assert_num_queries: object) -> None:
    with transaction.atomic(), django_assert_num_queries(1):
        record_many(DONE, [(thing(number), None, {"n": number}) for number in range(200)])
    assert Entry.objects.count() == 200


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_neither_wait_nor_fork(trail_folder: Path) -> None:
    inside, leave = threading.Barrier(6), threading.Event()
    faults: list[BaseException] = []

    def write(number: int) -> None:
        try:
            with transaction.atomic():
                record(DONE, thing(number))
                inside.wait(timeout=20)  # all six hold their entry before any of them commits: nobody queues
                leave.wait(timeout=20)
            for again in range(30):
                with transaction.atomic():
                    record(DONE, thing(f"{number}-{again}"))
        except BaseException as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    inside.wait(timeout=20)
    leave.set()
    for thread in threads:
        thread.join()
    assert not faults
    result = verifying.verify()
    assert result.intact, result.findings
    assert result.entries == 5 + 150
    assert Segment.objects.count() >= 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor = 'x'",
        "DELETE FROM audit_entry",
        "INSERT INTO audit_entry SELECT * FROM audit_entry",
        "UPDATE audit_segment SET length = 0",
        "DELETE FROM audit_segment",
        "TRUNCATE audit_entry",
        "ALTER TABLE audit_entry DISABLE TRIGGER USER",
    ],
)
def test_the_application_role_may_only_append(statement: str) -> None:
    with transaction.atomic():
        record(DONE, thing(1))
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "DELETE FROM audit_segment",
        "TRUNCATE audit_segment",
        "UPDATE audit_segment SET length = 0",
        "UPDATE audit_segment SET genesis = '\\x00'",
    ],
)
def test_the_owner_is_refused_by_the_guards(statement: str) -> None:
    from youju.foundation.database.addresses import Role
    from youju.foundation.database.roles import acting_as

    with transaction.atomic():
        record(DONE, thing(1))
    refused = pytest.raises((ProgrammingError, InternalError), match="audit")
    with acting_as(Role.OWNER), connection.cursor() as cursor, refused:
        cursor.execute(statement)
