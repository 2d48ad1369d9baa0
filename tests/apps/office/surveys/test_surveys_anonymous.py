"""Nobody can tie an answer to a token or a person from the database; a token answers once, however many try at once.

What is looked at here is what a copy of the database shows to whoever reads all of it, its system columns included.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.db.models import DateField, DateTimeField, ForeignKey

import surveys_made as made
from trade_people import person
from youju.foundation.audit.models import Entry
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.sealing import unseal
from youju.office.surveys import services
from youju.office.surveys.models import Channel, Envelope, Remark, Response, Survey, Token
from youju.office.surveys.selectors import result_page
from youju.office.surveys.services import TokenGoneError
from youju.office.surveys.services.answering import PAD, opened, sealed
from youju.office.surveys.services.channels import digest_of

PARALLEL = 50


@pytest.fixture
def head(db: None) -> User:
    return person(Role.HED)


def rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_a_token_answers_once_under_fifty_parallel_tries() -> None:
    with reaching_all():
        staff, head = person(Role.STF), person(Role.HED)
        row, (token, *_) = made.published(staff, head, 2)
        given = made.given_of(row, 5, 5)
        gate, told = threading.Barrier(PARALLEL), []

        def attempt() -> None:
            try:
                gate.wait()
                services.answer(token=token, given=given)
                told.append("taken")
            except TokenGoneError:
                told.append("refused")
            except Exception as error:
                told.append(repr(error))
            finally:
                connection.close()

        threads = [threading.Thread(target=attempt) for _ in range(PARALLEL)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert Counter(told) == {"taken": 1, "refused": PARALLEL - 1}
        assert (Envelope.objects.count(), Token.objects.filter(used=True).count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_nothing_joins_an_answer_to_a_token() -> None:
    """Real transactions, one for each answer: before the box is opened and after it."""
    with reaching_all():
        staff, head = person(Role.STF), person(Role.HED)
        row, tokens = made.published(staff, head, 30)
        for place, token in enumerate(tokens):
            services.answer(
                token=token, given=made.given_of(row, 1 + place % 5, 5, None, None, f"第{place}位")
            )

        # While the survey is open the transaction does join token and envelope. The envelope is shut: what lies in the database
        # says nothing of the answer, not by its words and not by its length.
        joined = rows(
            "SELECT e.content FROM surveys_envelope e JOIN surveys_token t ON e.xmin = t.xmin WHERE t.used"
        )
        assert len(joined) == 30
        assert not any("位" in content or "answers" in content for (content,) in joined)
        assert len({len(content) for (content,) in joined}) == 1
        assert not Response.objects.exists() and not Remark.objects.exists()

        made.closed(head, row)
        # Afterwards there is no token to join to, and every answer was written by the one transaction that opened the box.
        assert (Token.objects.count(), Envelope.objects.count()) == (0, 0)
        written = {xmin for table in ("response", "remark", "tally", "count") for (xmin,) in
                   rows(f"SELECT DISTINCT xmin::text FROM surveys_{table}")}  # fmt: skip
        assert len(written) == 1
        # Where answers lie says nothing of when they were given: 30 of them fall into the same order once in 30! times.
        lying = [
            json.loads(answers)
            for (answers,) in rows("SELECT answers::text FROM surveys_response ORDER BY ctid")
        ]
        first = str(row.questions.order_by("place")[0].pk)
        assert [each[first] for each in lying] != [1 + place % 5 for place in range(30)]
        said = [text for (text,) in rows("SELECT text FROM surveys_remark ORDER BY ctid")]
        assert sorted(said) != said and len(said) == 30


@pytest.mark.django_db
def test_no_column_of_an_answer_leads_anywhere() -> None:
    for model in (Response, Remark, Envelope, Token):
        fields = {field.name: field for field in model._meta.get_fields() if not field.one_to_many}
        assert not any(isinstance(field, (DateField, DateTimeField)) for field in fields.values()), model
        # No number that counts up: keys are chance or a hash.
        assert not model._meta.pk.get_internal_type().endswith("AutoField"), model
        leads = {f.related_model.__name__ for f in fields.values() if isinstance(f, ForeignKey)}
        assert leads <= {"Survey", "Channel", "Question"}, model
    assert {f.name for f in Response._meta.concrete_fields} == {"id", "survey", "channel", "answers"}
    assert {f.name for f in Remark._meta.concrete_fields} == {"id", "survey", "question", "text"}
    triggers = rows(
        "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
        " AND c.relname IN ('surveys_response', 'surveys_remark', 'surveys_envelope', 'surveys_token')"
    )
    assert triggers == []


@pytest.mark.django_db
def test_answering_leaves_no_entry_on_the_trail(staff: User, head: User) -> None:
    row, tokens = made.published(staff, head, 3)
    before = Entry.objects.count()
    made.answered(row, tokens, [5, 5], [4, 4])
    assert Entry.objects.count() == before
    told = " ".join(str(each) for each in Entry.objects.values_list("before", "after"))
    assert not any(token in told or digest_of(token) in told for token in tokens)


def test_every_sheet_is_as_long_as_the_next_multiple() -> None:
    short, long = sealed(1, {1: 5}), sealed(1, {1: 5, 2: "长" * 300})
    assert len(short) == len(long) and len(unseal(short).encode()) == PAD
    assert opened(long) == (1, {1: 5, 2: "长" * 300})


@pytest.mark.django_db
def test_small_channels_are_shown_together_and_cannot_be_found_by_subtraction(
    staff: User, head: User
) -> None:
    row, first = made.published(staff, head, 8)
    more = {}
    for name, count in (("微信", 6), ("走访", 2)):
        way = made.channel(staff, row, name)
        more[name] = services.make_tokens(actor=staff, survey_id=row.pk, channel_id=way.pk, count=count)
    made.answered(row, first, *([[5, 5]] * 8))
    made.answered(row, more["微信"], *([[4, 4]] * 6))
    made.answered(row, more["走访"], [1, 1], [1, 1])
    page = result_page(staff, made.closed(head, row).pk)
    # The two of the visits would be found by taking hall and chat from the whole: so the chat is not shown either.
    assert [line.label for line in page.channels] == ["大厅"]
    assert page.together == 2
    assert Response.objects.filter(channel=None).count() == 8
    assert Channel.objects.get(name="走访").answered == 2


@pytest.mark.django_db
def test_what_fewer_than_five_answered_is_not_shown(staff: User, head: User) -> None:
    row, tokens = made.published(staff, head, 6)
    made.answered(row, tokens, *([[5, 5]] * 4))
    page = result_page(staff, made.closed(head, row).pk)
    assert (page.tags, page.channels, page.whole) == ((), (), None)
    assert page.lost == ("service", "social")
    row, tokens = made.published(staff, head, 6)
    made.answered(row, tokens, *([[5, 5, 1]] * 4), [3, 3])
    page = result_page(staff, made.closed(head, row).pk)
    assert [each.answered for each in page.questions] == [5, 5, 0, 0, 0]
    assert Survey.objects.filter(state="closed").count() == 2


@pytest.mark.django_db
def test_envelopes_are_sealed_anew_when_keys_are_exchanged(
    staff: User, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUJU_FIELD_KEY", "a" * 40)
    row, tokens = made.published(staff, head, 3)
    made.answered(row, tokens, [5, 5])
    monkeypatch.setenv("YOUJU_FIELD_KEY", f"{'b' * 40},{'a' * 40}")
    assert services.reseal_all() == 1
    monkeypatch.setenv("YOUJU_FIELD_KEY", "b" * 40)
    assert opened(Envelope.objects.get().content)[1].popitem()[1] == 5
