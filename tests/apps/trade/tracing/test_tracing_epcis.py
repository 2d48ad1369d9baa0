"""EPCIS 2.0: which events a chain gives, that each keeps the rules, and that the rules refuse what is wrong."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from trade_declared import declared
from trade_loads import BOXES, confirmed
from trade_people import as_, person
from trade_traced import returned, stall_of, traced_deal
from youju.foundation.identity.roles import Role
from youju.trade.declarations.models import Declaration
from youju.trade.tracing import services
from youju.trade.tracing.epcis import document, pieces
from youju.trade.tracing.epcis.checking import faults

pytestmark = pytest.mark.django_db
BASE = "https://youju.example.cn"


def exported(actor, kind: str, number: str) -> dict:
    with as_(actor) as user:
        return json.loads(b"".join(services.export_epcis(actor=user, kind=kind, number=number, base=BASE)))


def test_a_whole_chain_gives_each_kind_of_event_and_all_are_valid() -> None:
    deal = traced_deal()
    number = confirmed(deal)
    back = returned(deal, number, 30)
    again = returned(deal, back, 10)
    row = declared(deal, number)[0]
    Declaration.objects.filter(pk=row.pk).update(
        state="exported",
        released_at=datetime(2023, 6, 3, tzinfo=UTC),
        exported_at=datetime(2023, 6, 4, 16, tzinfo=UTC),
    )
    made = exported(person(Role.STF), "order", number)
    assert faults(made) == []
    events = {}
    for event in made["epcisBody"]["eventList"]:
        events.setdefault((event["type"], event.get("bizStep")), []).append(event)
    sold = events["ObjectEvent", "commissioning"][0]
    assert sold["action"] == "ADD" and len(sold["quantityList"]) == 2
    assert sold["bizLocation"]["id"] == f"{BASE}/id/stall/BG/{stall_of(deal)}"
    packed = events["AggregationEvent", "packing"][0]
    assert packed["parentID"] == f"{BASE}/id/packing/{row.packing.number}/container/{BOXES[0]}"
    assert [each["quantity"] for each in packed["childQuantityList"]] == [80, 100]
    assert len(events["AssociationEvent", "other"]) == 2
    shipped = events["ObjectEvent", "shipping"][0]
    assert (shipped["action"], shipped["epcList"]) == ("OBSERVE", [packed["parentID"]])
    assert (shipped["eventTime"], shipped["eventTimeZoneOffset"]) == (
        "2023-06-05T00:00:00.000+08:00",
        "+08:00",
    )
    assert shipped["destinationList"] == [{"type": "location", "destination": f"{BASE}/id/country/KE"}]
    came, went = events["ObjectEvent", "receiving"][0], events["ObjectEvent", "other"][0]
    assert came["disposition"] == "returned" and came["bizTransactionList"][0]["bizTransaction"].endswith(
        back
    )
    assert went["bizTransactionList"][0]["bizTransaction"].endswith(again)
    # Nobody's name and no price leaves with it.
    text = json.dumps(made, ensure_ascii=False)
    assert "主体" not in text and "1200" not in text
    assert made["epcisBody"] == exported(person(Role.AUD), "order", number)["epcisBody"]


def test_a_merged_line_is_an_association_of_all_its_sources() -> None:
    deal = traced_deal()
    number = confirmed(deal, lines=[deal.line(), deal.line(quantity=Decimal("12.5"))])
    row = declared(deal, number)[0]
    made = exported(person(Role.STF), "declaration", str(row))
    stated = [event for event in made["epcisBody"]["eventList"] if event["type"] == "AssociationEvent"]
    assert [event["parentID"] for event in stated] == [f"{BASE}/id/declaration/{row}/line/1"]
    assert [each["quantity"] for each in stated[0]["childQuantityList"]] == [100, 12.5]
    assert faults(made) == []


SOUND = {
    "type": "ObjectEvent",
    "eventTime": "2023-06-01T00:00:00.000+08:00",
    "eventTimeZoneOffset": "+08:00",
    "action": "OBSERVE",
    "bizStep": "shipping",
    "epcList": ["https://youju.example.cn/id/packing/X1/container/C1"],
}


@pytest.mark.parametrize(
    "change",
    [
        {"eventTimeZoneOffset": None}, {"eventTime": "2023-06-01 00:00"}, {"action": "MOVE"}, {"bizStep": "sailing"},
        {"epcList": []}, {"epcList": None}, {"type": "GoodsEvent"}, {"price": 12}, {"disposition": "gone"},
        {"quantityList": [{"epcClass": "https://a.b/c", "quantity": 1, "uom": "kilogram"}]},
        {"quantityList": [{"epcClass": "no uri", "quantity": 1}]},
        {"bizTransactionList": [{"type": "po"}]}, {"destinationList": [{"destination": "urn:a:b"}]},
        {"type": "AssociationEvent", "epcList": None, "childEPCs": ["urn:a:b"]},
        {"type": "AggregationEvent", "epcList": None, "action": "ADD", "childEPCs": ["urn:a:b"]},
        {"type": "AggregationEvent", "epcList": None, "parentID": "urn:a:b"},
    ],
    ids=str,
)  # fmt: skip
def test_the_schema_refuses_what_the_standard_forbids(change) -> None:
    event = {name: value for name, value in (copy.deepcopy(SOUND) | change).items() if value is not None}
    assert faults(document([SOUND], created=datetime(2023, 6, 1, tzinfo=UTC))) == []
    assert faults(document([event], created=datetime(2023, 6, 1, tzinfo=UTC)))


def test_a_document_without_events_is_one_too() -> None:
    made = json.loads(b"".join(pieces([], created=datetime(2023, 6, 1, tzinfo=UTC))))
    assert faults(made) == [] and made["epcisBody"]["eventList"] == []
    assert faults(made | {"schemaVersion": "1.2"}) and faults(made | {"type": "Document"})
