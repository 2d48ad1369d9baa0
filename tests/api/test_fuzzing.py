"""Whatever a program sends that its OpenAPI allows or forbids: the API answers, and never with 5xx.

The same requests in each run, a few for each operation; ``YOUJU_EXAMPLES=random`` makes others, ``YOUJU_FUZZ=500`` more of them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
import requests
import schemathesis
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from trade_deals import make_deal
from youju.config.openapi import PATH
from youju.foundation.identity import services as identity
from youju.foundation.identity.models import Organisation, User
from youju.foundation.identity.permissions import permissions_of
from youju.foundation.identity.roles import Role
from youju.foundation.identity.web import api_guard
from youju.foundation.kernel.context import reaching_all
from youju.trade.orders import services as orders

EXAMPLES = int(os.environ.get("YOUJU_FUZZ", "3"))
SCHEMA = schemathesis.openapi.from_dict(json.loads(PATH.read_text(encoding="utf-8")))
OPERATIONS = {each.ok().definition.raw["operationId"]: each.ok() for each in SCHEMA.get_all_operations()}
STEPS = ("submit", "sign", "approve", "grant", "cancel", "publish")


@schemathesis.serializer("application/x-ndjson")
def lines(_: Any, value: Any) -> bytes:
    """A line for each; a single thing is a line, and what is no text at all comes as it is."""
    rows = value if isinstance(value, list) else [value]
    keyed = [row | {"key": f"k{n}"} if isinstance(row, dict) else row for n, row in enumerate(rows)]
    return "".join(f"{json.dumps(row, default=str)}\n" for row in keyed).encode()


@dataclass
class World:
    """A client with a key of everything, and what there is to be found under each name of a path's part."""

    client: Client
    there: dict[str, list[Any]]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        # How often is not what is asked here.
        patch.setattr(api_guard, "weigh", lambda *_: None)
        with reaching_all():
            deal = make_deal("FZ")
            body = Organisation.objects.get(code="FZAGT")
            roles = [Role.ADM, Role.HED, Role.STF, Role.AGT, Role.MER, Role.PFO, Role.FIN, Role.CSL, Role.BRK]
            everybody = User.objects.create(
                username="fuzz",
                display_name="走查",
                organisation=body,
                roles=[*map(str, roles)],
                sections=["SC"],
            )
            done = orders.register_order(actor=deal.agent, wish=deal.wish())
        issued = identity.create_key(
            actor=everybody,
            owner=everybody,
            name="走查",
            scopes=permissions_of(everybody),
            expires_on=date.today() + timedelta(days=30),
        )
        parties = [each.pk for each in deal.parties.values()]
        there = {
            "number": [done.number, "FZG0", deal.goods[0].pk, "FZX1", parties[0]],
            "party_id": parties,
            "transition": list(STEPS),
            "step": list(STEPS),
            "year": [2023],
            "code": ["4202220000"],
        }
        client = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {issued.secret}"})
        yield World(client, there)
        transaction.set_rollback(True)


def test_every_operation_is_asked() -> None:
    assert len(OPERATIONS) > 60


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_nothing_ends_in_5xx(world: World, name: str) -> None:
    operation = OPERATIONS[name]
    made = st.one_of(
        operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
        operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
    )

    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=made, data=st.data())
    def ask(case: Any, data: Any) -> None:
        for part, found in world.there.items():
            if part in (case.path_parameters or {}) and data.draw(st.booleans()):
                case.path_parameters[part] = data.draw(st.sampled_from(found))
        answer = _send(world, case)
        assert answer.status_code < 500, (case.method, case.formatted_path, case.body, answer.content[:300])

    ask()


def _send(world: World, case: Any) -> Any:
    sent = case.as_transport_kwargs(base_url="http://testserver")
    prepared = requests.Request(**{k: v for k, v in sent.items() if k in {
        "method", "url", "params", "headers", "data", "json", "files", "cookies"}}).prepare()  # fmt: skip
    body = prepared.body or b""
    headers = {name: str(value) for name, value in prepared.headers.items()}
    kind = headers.pop("Content-Type", "application/octet-stream")
    headers.pop("Content-Length", None)
    path = (prepared.url or "").removeprefix("http://testserver")
    with transaction.atomic():
        answer = world.client.generic(
            str(prepared.method),
            path,
            body.encode() if isinstance(body, str) else body,
            content_type=kind,
            headers={name: value for name, value in headers.items() if name != "Authorization"},
        )
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return answer


NASTY = ("%00", "%ED%A0%80", "a" * 5000, "-1", str(2**63), "1e400")


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_no_parameter_is_nasty_enough(world: World, name: str) -> None:
    """Each parameter of the address in turn, the others as they should be."""
    operation = OPERATIONS[name]
    raw = operation.definition.raw
    parameters = [each for each in raw.get("parameters", []) if each["in"] in {"path", "query"}]
    wrong = []
    for odd in parameters:
        for nasty in NASTY:
            path = operation.path
            for each in parameters:
                if each["in"] == "path":
                    usual = world.there.get(each["name"], [1])[0]
                    path = path.replace(f"{{{each['name']}}}", nasty if each is odd else str(usual))
            query = f"?{odd['name']}={nasty}" if odd["in"] == "query" else ""
            with transaction.atomic():
                answer = world.client.generic(
                    operation.method.upper(), f"{path}{query}", headers={"Idempotency-Key": "n"}
                )
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                wrong.append((odd["name"], nasty))
    assert wrong == []


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2019-12-31", "9999-12-31"])
def test_days_without_rules_are_refused_in_a_sentence(world: World, day: str) -> None:
    line = {"good": "FZG0", "quantity": 1, "price": 1, "packages": 1, "net_weight": 1, "gross_weight": 1}
    order = {"merchant": "FZM1", "buyer": "FZB1", "ordered_on": day, "country": "KE", "lines": [line]}
    packing = {"agent": "FZA1", "country": "KE", "packed_on": day}
    many = json.dumps(order | {"key": "n"}) + "\n"
    asked = [
        ("POST", "/api/v1/orders/", json.dumps(order)),
        ("POST", "/api/v1/orders/bulk", many),
        ("POST", "/api/v1/packing/packings/", json.dumps(packing)),
        ("GET", f"/api/v1/parties/{world.there['party_id'][0]}/standing?on={day}", ""),
        ("GET", f"/api/v1/goods/tariff?q=女包&on={day}", ""),
        ("GET", f"/api/v1/goods/tariff/4202220000?on={day}", ""),
        ("GET", f"/api/v1/packing/packings/?since={day}&until={day}", ""),
    ]
    answers = []
    for method, path, body in asked:
        with transaction.atomic():
            answer = world.client.generic(
                method, path, body, content_type="application/json", headers={"Idempotency-Key": "d"}
            )
            told = b"".join(answer.streaming_content) if answer.streaming else answer.content
            transaction.set_rollback(True)
        answers.append((path, answer.status_code, told.decode()[:200]))
    assert [each for each in answers if each[1] >= 500] == []
