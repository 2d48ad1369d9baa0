"""Declarations by API alone: plan, move, accept, fill in, enter, withdraw; what is refused; lists by cursor; scopes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count

import pytest
from django.test import Client

from kept import kept
from trade_deals import make_deal
from trade_declared import HEADER, broker_of, declared, entered, order_of, packed
from youju.foundation.kernel.context import reaching_all
from youju.trade.declarations.models import Declaration

pytestmark = pytest.mark.django_db
HERE = "/api/v1/declarations/"


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    with reaching_all():
        yield


@kept
def deal():
    return make_deal()


class Program:
    """Posts JSON, each time under a new key."""

    keys = count()

    def __init__(self, who) -> None:
        self.client = Client()
        self.client.force_login(who)

    def post(self, path: str, *, key: str = "", **body):
        return self.client.post(
            HERE + path,
            json.dumps(body),
            content_type="application/json",
            headers={"Idempotency-Key": key or f"k{next(self.keys)}"},
        )

    def get(self, path: str = "", **query):
        return self.client.get(HERE + path, query)


def test_the_whole_way(deal) -> None:
    numbers = [order_of(deal, amount) for amount in (90_000, 80_000, 60_000, 10_000)]
    box, program = packed(deal, *numbers), Program(deal.agent)
    made = program.post(f"packings/{box.number}/plan", key="one", day="2023-06-01")
    assert made.status_code == 201 and made.json()["state"] == "proposed"
    again = program.post(f"packings/{box.number}/plan", key="one", day="2023-06-01")
    assert again.json() == made.json() and again.headers["Idempotent-Replayed"] == "true"
    plan = f"plans/{made.json()['id']}"
    read = program.get(plan).json()
    assert read["proof"] | {"seconds": 0} == {
        "declarations": 2, "lower_bound": 2, "optimal": True, "gap": 0, "seconds": 0,
    }  # fmt: skip
    assert sum(len(each["orders"]) for each in read["declarations"]) == 4
    first = max(read["declarations"], key=lambda each: len(each["orders"]))
    order = first["orders"][0]["number"]
    other = 3 - first["number"]
    refused = program.post(f"{plan}/move", order=order, to=other)
    assert refused.status_code == 422 and refused.json()["findings"][0]["rule"] == "DEC-008"
    tried = program.post(f"{plan}/move", order=order, to=other, try_only=True).json()
    assert tried["broken"] and tried["plan"]["revision"] == read["revision"]
    moved = program.post(f"{plan}/move", order=order, to=0, revision=read["revision"]).json()
    assert moved["declarations"] == [2, 3] and moved["opened"] and not moved["broken"]
    assert program.get(plan).json()["moved"][0]["order"] == order
    assert program.post(f"{plan}/undo").json()["revision"] == moved["plan"]["revision"] + 1
    accepted = program.post(f"{plan}/accept").json()["declarations"]
    assert len(accepted) == 2
    assert program.post(f"{plan}/drop").status_code == 409
    filled = program.post(f"{accepted[0]}/header", values=HEADER, whole_plan=True).json()
    assert [each["key"] for each in filled] == accepted
    for key in accepted:
        assert program.post(f"{key}/enter").json()["state"] == "pre_entry"
    read = program.get(accepted[0]).json()
    assert read["state"] == "pre_entry" and read["header"]["GoodsPlace"] == HEADER["GoodsPlace"]
    assert read["parties"]["agent"] == ["A1", "主体A1"] and read["due_on"] and not read["late"]
    line = read["lines"][0]
    assert line["amount"] == str(sum(float(each["amount"]) for each in line["sources"])) + "0"
    assert [each["state"] for each in read["stages"]] == ["已归并", "预录入"]
    assert read["containers"][0]["LclFlag"] == "1"
    xml = program.get(f"{accepted[0]}/message")
    assert xml["X-Draft"] == "false" and b"<TradeMode>1039</TradeMode>" in xml.content
    done = program.post(f"{accepted[0]}/withdraw", reason="客户退单").json()
    assert done["state"] == "withdrawn"
    assert program.post(f"packings/{box.number}/plan", day="2023-06-01").json()["state"] == "proposed"


def test_lists_by_cursor(deal) -> None:
    rows = declared(deal, *(order_of(deal, amount) for amount in (90_000, 85_000, 80_000)))
    program = Program(deal.agent)
    first = program.get(limit=2).json()
    second = program.get(limit=2, cursor=first["next"]).json()
    seen = [each["key"] for each in first["items"] + second["items"]]
    assert sorted(seen) == sorted(map(str, rows)) and second["next"] is None
    assert program.get(packing=rows[0].packing.number).json()["items"][0]["lines_count"] == 1
    assert program.get(state="sent").json()["items"] == []
    assert program.get(cursor="xx").status_code == 422


def test_a_line_and_a_correction(deal) -> None:
    row, program = entered(deal, declared(deal)[0]), Program(deal.agent)
    changed = program.post(f"{row}/lines/1", model="材质:涤纶", unit1="千克", quantity1="80")
    assert changed.status_code == 200 and changed.json()["revision"] == row.revision + 1
    assert program.get(str(row)).json()["lines"][0]["model"] == "材质:涤纶"
    assert program.post(f"{row}/correct").status_code == 409
    Declaration.objects.filter(pk=row.pk).update(state="rejected", rejection="品名不清")
    made = program.post(f"{row}/correct")
    assert made.status_code == 201 and made.json()["key"] == f"{row.number}-2"
    assert program.get(row.number).json()["versions"] == [str(row), f"{row.number}-2"]


def test_naming_a_broker(deal) -> None:
    row, broker = declared(deal)[0], Program(broker_of(deal))
    assert broker.get(str(row)).status_code == 404
    named = Program(deal.agent).post(f"packings/{row.packing.number}/broker", broker="K1")
    assert named.json() == {"number": "K1", "name": "主体K1"}
    assert Program(deal.agent).post(f"{row}/header", values={}, broker="K1").status_code == 200
    assert broker.get(str(row)).json()["parties"]["broker"] == ["K1", "主体K1"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("packings/X0/plan", {}, 404),
        ("packings/X0/plan", {"day": "soon"}, 422),
        ("plans/1/move", {"order": "T1", "to": -1}, 422),
        ("plans/99999999999999999999/move", {"order": "T1", "to": 1}, 404),
        ("plans/99999999999999999999/move", {"order": "T1", "to": 1, "try_only": True}, 404),
        ("plans/1/accept", {"revision": -1}, 422),
        ("D0/header", {"values": {"NoteS": "a\u0000"}}, 422),
        ("D0/header", {"values": {}}, 404),
        ("D0/lines/1", {"quantity1": "NaN", "unit1": "千克"}, 422),
        ("D0/withdraw", {}, 422),
        ("D0/withdraw", {"reason": "x"}, 404),
        ("D0/correct", {}, 404),
    ],
)
def test_bad_input(deal, path, body, status) -> None:
    assert Program(deal.agent).post(path, **body).status_code == status


def test_who_may_not(deal) -> None:
    row, program = declared(deal)[0], Program(deal.merchant)
    assert program.get(str(row)).status_code == 200
    assert program.post(f"{row}/withdraw", reason="x").status_code == 403
    assert Program(deal.buyer).get().status_code == 403
    assert Program(deal.agent).post(f"{row}/withdraw", reason="x", revision=9).status_code == 409
    assert Program(deal.agent).get("../declarations/plans/99999999999999999999").status_code == 404
