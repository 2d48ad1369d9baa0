"""From the order to the exported declaration by API alone: four keys, the generated client, a gateway, a receiver of webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from api_clients import client_of
from kept import kept
from own_transaction import own_transaction
from trade_deals import DAY, Deal, make_deal
from trade_declared import HEADER, broker_of
from trade_people import person
from webhooks_receiver import Receiver, receiver
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import acting, reaching_all
from youju.foundation.webhooks import services as webhook_services
from youju.trade.declarations import documents
from youju.trade.declarations.exchange.simulated import SimulatedWindow, fate
from youju_client import Client, RefusedError, models, webhooks

pytestmark = pytest.mark.django_db
SCHEMA = etree.XMLSchema(file=Path(documents.__file__).with_name("dec_message.xsd"))
SEEN = models.RevisionIn()
WAY = ("accepted", "inspection", "released", "exported")
TOLD = [f"declarations.declaration.{state}" for state in ("planned", "pre_entry", "sent", *WAY)]


@kept
def deal() -> Deal:
    return make_deal()


@pytest.fixture
def broker(deal: Deal) -> Client:
    with reaching_all(), acting(actor="t"):
        return client_of(broker_of(deal))


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("YOUJU_WEBHOOKS_LOOPBACK", "1")
    with receiver() as found:
        yield found


@pytest.fixture(autouse=True)
def application(settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    settings.ALLOWED_HOSTS = ["testserver"]
    monkeypatch.setenv("YOUJU_EXCHANGE", str(tmp_path))
    with own_transaction():
        yield


def registered(merchant: Client, agent: Client, quantity: int) -> str:
    """The number of an order of so many pieces at 10.00, confirmed by both."""
    line = models.LineIn(
        good="G0", quantity=Decimal(quantity), price=Decimal(10), packages=quantity // 20,
        net_weight=Decimal(quantity) * 4 / 5, gross_weight=Decimal(quantity) * 9 / 10, volume=Decimal(quantity) / 500,
    )  # fmt: skip
    late = models.ExplanationIn(rule="ORD-035", text="测试数据，补登以前的交易")
    wish = models.OrderIn(
        merchant="M1", agent="A1", buyer="B1", ordered_on=DAY, country="KE", lines=[line], explanations=[late]
    )
    number = merchant.orders.register(wish).number
    assert agent.orders.confirm(number, models.OrderStepIn()).state == "confirmed"
    return number


def packed(agent: Client, numbers: list[str]) -> str:
    """The number of a complete packing of whole orders."""
    room = agent.packing
    gathered = room.consolidation_open(models.ConsolidationIn(agent="A1", country="KE")).number
    room.consolidation_add(gathered, models.AddIn(parts=[models.PartIn(order=number) for number in numbers]))
    room.consolidation_take_step(gathered, models.PackingStepIn(step="close"))
    bill = models.PackingIn(agent="A1", country="KE", packed_on=DAY, bill_of_lading="COSU6123456789")
    packing = room.packing_open(bill).number
    room.container_add(packing, models.ContainerIn(number="CSQU3054383", kind="40HQ"))
    room.packing_pack_all(packing, models.PackAllIn(consolidation=gathered))
    assert room.packing_take_step(packing, models.PackingStepIn(step="close")).state == "closed"
    return packing


def planned(agent: Client, packing: str, order: str) -> list[str]:
    """The keys of two declarations: the plan needs one, and an order is moved into one of its own."""
    room = agent.declarations
    made = room.packing_plan(packing, models.PlanWishIn(day=DAY, broker="K1"))
    assert (made.state, room.plan_detail(made.id).proof["declarations"]) == ("proposed", 1)
    tried = room.plan_move(made.id, models.MoveIn(order=order, to=0, try_only=True))
    assert (tried.declarations, tried.broken) == ([1, 2], False)
    room.plan_move(made.id, models.MoveIn(order=order, to=0))
    return room.plan_accept(made.id, SEEN).declarations


def gateway(staff: Client, folder: Path, key: str) -> None:
    """A program beside a simulated Single Window: what it answers is handed in by API, reply by reply."""
    seed = next(seed for seed in range(1000) if fate(seed, key) == WAY)
    window = SimulatedWindow(folder, seed=seed)
    while not window.idle:
        window.step()
        for path in sorted((folder / "in").glob("*.xml")):
            done = staff.declarations.exchange_reply(models.ReplyIn(content=path.read_text("utf-8")))
            assert (done.state, done.repeated) == ("read", False), done.text
            path.unlink()


def test_the_whole_way_by_keys_alone(deal: Deal, broker: Client, hook: Receiver, tmp_path: Path) -> None:
    merchant, agent = client_of(deal.merchant), client_of(deal.agent)
    staff, admin = client_of(person(Role.STF)), client_of(person(Role.ADM))
    endpoint = admin.webhooks.webhook_register(
        models.EndpointIn(
            name="商户系统", organisation=deal.merchant.organisation.code, types=TOLD, url=hook.url
        )
    )
    numbers = [registered(merchant, agent, pieces) for pieces in (10_000, 4_000)]
    packing = packed(agent, numbers)
    first, other = planned(agent, packing, numbers[1])

    # Nobody sends what is not entered, and the merchant sends nothing at all.
    room = broker.declarations
    with pytest.raises(RefusedError, match=r"422.*还缺必填项"):
        room.declaration_send(first, models.SendIn())
    filled = room.declaration_header(first, models.HeaderIn(values=HEADER, whole_plan=True))
    assert {each.key for each in filled} == {first, other}
    assert room.declaration_enter(first, SEEN).state == "pre_entry"
    assert SCHEMA.validate(etree.fromstring(room.declaration_message(first))), SCHEMA.error_log
    with pytest.raises(RefusedError, match="403"):
        merchant.declarations.declaration_send(first, models.SendIn())
    assert room.declaration_send(first, models.SendIn()).state == "sent"
    work_off()
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{first}.xml"]

    gateway(staff, tmp_path, first)
    read = merchant.declarations.declaration_detail(first)
    assert (read.state, read.amount) == ("exported", "100000.00")
    assert [each.state for each in read.stages][2:] == ["已申报", "已受理", "查验", "已放行", "已结关"]
    assert [source.order for line in read.lines for source in line.sources] == [numbers[0]]
    root = etree.fromstring(room.declaration_message(first))
    assert root.findtext(".//{*}EntryId") in (None, "", read.entry_number) and len(read.entry_number) == 18
    assert [each.key for each in staff.declarations.each_declarations(packing=packing, limit=1)] == [
        other,
        first,
    ]

    # The merchant's own system was told of each step, signed, in order.
    webhook_services.deliver_due(endpoint=endpoint.id)
    events = [
        webhooks.verify(came.body, came.headers["Youju-Signature"], endpoint.secret) for came in hook.came
    ]
    mine = [each for each in events if each.record.number == first]
    assert [each.type for each in mine] == TOLD
    assert mine[-1].record.url == f"/api/v1/declarations/{first}"
    assert [each.sequence for each in mine] == sorted(each.sequence for each in mine)
