"""Surveys for programs: found, results only once closed, codes given once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

import surveys_made as made
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.office.surveys.models import Channel, Survey, Token

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    return person(Role.STF)


@pytest.fixture
def head() -> User:
    return person(Role.HED)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json")


def test_surveys_are_found_and_their_results_read(staff: User, head: User) -> None:
    with as_(staff), reaching_all():
        row, tokens = made.published(staff, head, 8, tags=("窗口",), project="P1")
        made.answered(row, tokens, *([[5, 4]] * 6))
    client = client_of(staff)
    found = client.get(
        "/api/v1/surveys", {"project": "P1", "tag": "窗口", "state": "open", "q": "满意度"}
    ).json()
    assert (found["total"], found["items"][0]["answered"]) == (1, None)
    assert client.get("/api/v1/surveys", {"year": 2001}).json()["total"] == 0
    assert client.get(f"/api/v1/surveys/{row.pk}/result").status_code == 409
    with as_(head), reaching_all():
        made.closed(head, row)
    result = client.get(f"/api/v1/surveys/{row.pk}/result").json()
    assert result["tags"][0] == {
        "key": "", "label": "全部量表题", "n": 6, "mean": "87.500000", "low": "87.500000", "high": "87.500000", "small": True,
        "before": None,
    }  # fmt: skip
    assert result["channels"][0]["answered"] == 6
    assert client.get("/api/v1/surveys/999999/result").status_code == 404


def test_codes_are_given_once_and_kept_nowhere(staff: User, head: User) -> None:
    with as_(staff):
        row = made.draft(staff)
        way = made.channel(staff, row)
    client = client_of(staff)
    answer = post(client, f"/surveys/{row.pk}/tokens", {"channel": way.pk, "count": 3})
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    links = answer.json()["links"]
    assert len(links) == 3 and all("/s/" in link for link in links)
    assert (Token.objects.count(), Channel.objects.get().made) == (3, 3)
    assert post(client, f"/surveys/{row.pk}/tokens", {"channel": way.pk, "count": 5000}).status_code == 422
    assert post(client, f"/surveys/{row.pk}/tokens", {"channel": 10**9, "count": 1}).status_code == 404
    assert (
        post(client_of(head), f"/surveys/{row.pk}/tokens", {"channel": way.pk, "count": 1}).status_code == 403
    )
    assert Survey.objects.count() == 1
