"""Two administrators who remove each other at the same moment: one of them stays."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from youju.foundation.identity import services
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError


@pytest.mark.django_db(transaction=True)
def test_one_stays(make_user) -> None:
    one, two = make_user("one", Role.ADM), make_user("two", Role.ADM)
    start = Barrier(2)

    def remove(actor: User, subject: User) -> str:
        try:
            start.wait(timeout=10)
            services.update_user(
                actor=actor,
                user_id=subject.pk,
                display_name=subject.display_name,
                organisation=subject.organisation,
                roles=[Role.STF],
                is_active=True,
            )
        except InputError as error:
            return error.what
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(remove, (one, two), (two, one)))
    assert answers[0] == "done"
    assert answers[1].startswith("这是最后一位系统管理员")
    assert User.objects.filter(roles__contains=[Role.ADM]).count() == 1
