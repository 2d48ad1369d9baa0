"""One request, one effect."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from youju.foundation.identity.models import ApiRequest, Organisation
from youju.foundation.identity.roles import Role
from youju.foundation.identity.services.idempotency import answered_once, forget_requests
from youju.foundation.kernel.errors import InputError


def ask(user, work, *, key="k1", body=b"{}", address="POST /api/v1/x"):
    return answered_once(actor=user, key=key, address=address, body=body, work=work)


@pytest.mark.django_db
class TestOnce:
    def test_the_second_gets_the_first_ones_answer(self, make_user) -> None:
        user, done = make_user("anna", Role.PFO), []

        def work():
            done.append(1)
            return 201, {"number": "X1", "total": "1.50"}

        assert ask(user, work) == (201, {"number": "X1", "total": "1.50"}, False)
        assert ask(user, work) == (201, {"number": "X1", "total": "1.50"}, True)
        assert done == [1]

    @pytest.mark.parametrize("other", [{"body": b"[]"}, {"address": "POST /api/v1/y"}])
    def test_a_key_of_another_request_is_refused(self, make_user, other) -> None:
        user = make_user("anna", Role.PFO)
        ask(user, lambda: (201, 1))
        with pytest.raises(InputError, match="已用于另一个请求"):
            ask(user, lambda: (201, 2), **other)

    def test_keys_are_each_persons_own(self, make_user) -> None:
        assert ask(make_user("anna", Role.PFO), lambda: (201, 1))[1] == 1
        assert ask(make_user("bert", Role.PFO), lambda: (201, 2))[1] == 2

    def test_a_refused_request_may_come_again(self, make_user) -> None:
        user = make_user("anna", Role.PFO)

        def refuse():
            raise InputError("不行")

        with pytest.raises(InputError):
            ask(user, refuse)
        assert ask(user, lambda: (201, "好")) == (201, "好", False)

    @pytest.mark.parametrize("key", ["", "k" * 101, "a\0b"])
    def test_a_key_is_wanted(self, make_user, key: str) -> None:
        with pytest.raises(InputError, match="缺少幂等键"):
            ask(make_user("anna", Role.PFO), lambda: (201, 1), key=key)

    def test_old_answers_are_forgotten(self, make_user) -> None:
        user = make_user("anna", Role.PFO)
        ask(user, lambda: (201, 1), key="old")
        ask(user, lambda: (201, 1), key="new")
        ApiRequest.objects.filter(key="old").update(at=timezone.now() - timedelta(days=8))
        assert forget_requests() == 1
        assert list(ApiRequest.objects.values_list("key", flat=True)) == ["new"]

    def test_statements(self, make_user, django_assert_num_queries) -> None:
        user = make_user("anna", Role.PFO)
        with django_assert_num_queries(4):  # savepoint, claim, keep, release
            ask(user, lambda: (201, 1))


@pytest.mark.django_db(transaction=True)
def test_twins_at_once_do_it_once() -> None:
    from youju.foundation.identity.models import User

    body = Organisation.objects.create(code="ZX", name="中心", kind="centre")
    user = User.objects.create(username="anna", display_name="a", organisation=body, roles=["PFO"])
    inside, go, answers = threading.Event(), threading.Event(), []

    def slow():
        inside.set()
        go.wait(5)
        return 201, "first"

    def run(work) -> None:
        answers.append(ask(user, work))
        connection.close()

    first = threading.Thread(target=run, args=(slow,))
    first.start()
    inside.wait(5)
    second = threading.Thread(target=run, args=(lambda: (201, "second"),))
    second.start()
    go.set()
    first.join()
    second.join()
    assert sorted(answers) == [(201, "first", False), (201, "first", True)]
