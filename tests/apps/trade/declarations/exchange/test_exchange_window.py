"""The simulated window at its worst: late, repeated, out of order, lost; every declaration ends in the right state once."""

from __future__ import annotations

import os
import time
from collections import Counter
from datetime import timedelta

import pytest
from lxml import etree

from trade_made_sending import START, key_of, make_declarations, make_desk
from trade_people import as_
from youju.foundation.workflow.models import Case, Step
from youju.rules.trade.declarations.lifecycle import DECLARATION_KIND
from youju.trade.declarations import services
from youju.trade.declarations.exchange import FolderExchange
from youju.trade.declarations.exchange.forms import SCHEMA
from youju.trade.declarations.exchange.naming import STATE_QUERY
from youju.trade.declarations.exchange.replies import read_reply
from youju.trade.declarations.exchange.simulated import Mischief, SimulatedWindow, fate
from youju.trade.declarations.models import Declaration, Message

COUNT = int(os.environ.get("YOUJU_WINDOW_DECLARATIONS", "24"))
WORST = Mischief(delay=3, repeat=0.3, reorder=0.4, lose=0.25)
_MINUTES, _ROUNDS = 30, 2_000
STEPS = {
    "failed": ["send", "reject"],
    "rejected": ["send", "reject"],
    "accepted": ["send", "accept", "release", "export"],
    "inspection": ["send", "accept", "inspect", "release", "export"],
}


def way_of(client: str) -> list[str]:
    states = fate(7, client)
    return STEPS["inspection" if "inspection" in states else states[0]]


# Many are committed as in life: in one long transaction PostgreSQL would carry every old version of each row along.
@pytest.mark.django_db(transaction=COUNT > 100)
def test_every_declaration_ends_in_the_right_state_once(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("YOUJU_EXCHANGE", str(tmp_path))
    desk, began = make_desk(tmp_path), time.monotonic()
    rows = make_declarations(desk, COUNT)
    with as_(desk.sender) as user:
        for row in rows:
            services.send_declaration(actor=user, key=key_of(row))
    totals, hands, rounds, now = Counter(), 0, 0, START
    open_ones = Declaration.objects.exclude(state__in=["rejected", "exported"])
    while open_ones.exists():
        rounds += 1
        assert rounds < _ROUNDS, list(open_ones.values_list("number", "state"))[:5]
        now += timedelta(minutes=_MINUTES)
        done = services.exchange_round(desk.exchange, now=now)
        totals.update(done.replies)
        totals.update(done.asked)
        for row in Declaration.objects.filter(messages__state="unanswered").distinct():
            hands += 1  # what the policy gives up is in the to-do list; staff asks once more
            with as_(desk.staff) as user:
                services.send_again(actor=user, key=key_of(row))
        # Begun anew each time: its memory is on the disk.
        window = SimulatedWindow(tmp_path, seed=7, mischief=WORST)
        totals["lost"] += window.step().lost
        if window.idle and not desk.files("in") and not done.put:
            now += timedelta(hours=12)  # nothing is under way: only time can bring the next question
    window = SimulatedWindow(tmp_path, seed=7, mischief=WORST)
    while not window.idle or desk.files("in"):
        window.step()
        totals.update(services.exchange_round(desk.exchange, now=now).replies)

    numbers = {key_of(row): row for row in Declaration.objects.all()}
    assert len(numbers) == COUNT
    steps: dict[str, list[str]] = {key: [] for key in numbers}
    cases = Case.objects.filter(subject_kind=DECLARATION_KIND)
    for key, step in (
        Step.objects.filter(case__in=cases).order_by("number").values_list("case__subject_key", "transition")
    ):
        steps[key].append(step)
    assert {key: way for key, way in steps.items() if way != way_of(key)} == {}
    assert {
        key: row.state for key, row in numbers.items() if (row.state == "exported") != (len(way_of(key)) > 2)
    } == {}
    assert len({row.entry_number for row in numbers.values() if row.entry_number}) == sum(
        len(way_of(key)) > 2 for key in numbers
    )
    assert not Message.objects.filter(direction="in").exclude(state="read").exists()
    assert (totals["poison"], totals["refused"], desk.files("poison"), desk.files("in")) == (0, 0, [], [])
    assert all(totals[each] for each in ("repeated", "kept", "lost", "again", "queries"))
    print(  # noqa: T201 - what the long run reports
        f"{COUNT} declarations, {rounds} rounds, {time.monotonic() - began:.1f} s, {hands} by hand, {dict(totals)}"
    )


def test_what_it_writes_is_valid_by_our_schema_and_by_our_reader(tmp_path) -> None:
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    exchange, clients = FolderExchange(tmp_path), [f"D{number}-1" for number in range(1, 60)]
    from youju.trade.declarations.exchange.outgoing import query, signed

    for client in clients:
        exchange.put(
            f"{client}.xml", signed(b'<DecMessage xmlns="http://www.chinaport.gov.cn/dec"/>', client)
        )
    window = SimulatedWindow(tmp_path, seed=3, mischief=Mischief(delay=0))
    while not window.idle:
        window.step()
    results = Counter()
    for path in (tmp_path / "in").iterdir():
        content = path.read_bytes()
        notice = read_reply(content)
        results[notice.result.value] += 1
        if notice.position:
            schema.assertValid(etree.fromstring(content))
        assert "模拟" in content.decode()
    assert results.keys() == {"imported", "rejected", "accepted", "inspection", "released", "exported"}
    question = etree.fromstring(query(clients[0], "I1", 2))
    schema.assertValid(question)
    assert etree.QName(question).localname == STATE_QUERY


def test_the_same_seed_tells_the_same_story_and_a_repeated_message_is_imported_once(tmp_path) -> None:
    def story(root) -> list[tuple[str, int]]:
        exchange = FolderExchange(root)
        from youju.trade.declarations.exchange.outgoing import signed

        for turn in range(3):
            for number in range(1, 9):
                client = f"D{number}-1"
                content = signed(b'<DecMessage xmlns="http://www.chinaport.gov.cn/dec"/>', client)
                exchange.put(f"{client}.xml", content)
            SimulatedWindow(root, seed=5, mischief=WORST).step()
            assert turn < 3
        window = SimulatedWindow(root, seed=5, mischief=WORST)
        while not window.idle:
            window.step()
        found = Counter(read_reply(path.read_bytes()).result.value for path in (root / "in").iterdir())
        return sorted(found.items())

    first = story(tmp_path / "a")
    assert first == story(tmp_path / "b") and first


def test_it_leaves_alone_what_it_does_not_know(tmp_path) -> None:
    FolderExchange(tmp_path)
    (tmp_path / "out" / "x.xml").write_bytes(b"<a>")
    (tmp_path / "out" / "y.xml").write_bytes(b"<a/>")
    assert SimulatedWindow(tmp_path).step().as_json() == {"taken": 0, "answered": 0, "lost": 0, "waiting": 0}
    assert not list((tmp_path / "in").iterdir())
