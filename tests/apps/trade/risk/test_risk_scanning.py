"""The scan over stored orders: hits stored once with their evidence, peers in versions, components, the trail."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from kept import kept
from risk_stored import peers_of, sold
from trade_deals import DAY, make_deal, party
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.progress import Progress
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.trade.parties.models import Identifier, Party
from youju.trade.risk import selectors, services
from youju.trade.risk.events import SCAN_KIND
from youju.trade.risk.jobs import nightly
from youju.trade.risk.models import Component, Hit, PeerVersion, Scan

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2023, 5, 1), date(2023, 7, 1)


@kept
def deal():
    """Thirty ordinary orders, one twenty times as dear, one twentieth of the weight, one of a good outside the filed chapters."""
    deal = make_deal()
    Party.objects.filter(pk=deal.parties["merchant"].pk).update(
        chapters=["42"], approved_at="2022-01-05T08:00:00+08:00", region="外省某市"
    )
    peers_of(deal)
    sold(deal, "T230601900001", "240", by="stf-zx")
    sold(deal, "T230601900002", net_weight=3, gross_weight=4, volume="0.04")
    return deal


def scanned() -> Scan:
    return services.scan_window(since=SINCE, until=UNTIL)


def test_what_is_far_from_its_peers_is_found_with_its_evidence(deal) -> None:
    scan = scanned()
    found = {(row.rule, row.subject): row for row in Hit.objects.all()}
    dear = found["RSK-001", "order:T230601900001/1"]
    assert "每个 240 美元" in dear.message
    assert (dear.party_id, dear.sections, dear.state, dear.points) == (
        deal.parties["merchant"].pk,
        ["SC"],
        "found",
        30,
    )
    assert dear.organisations == [deal.merchant.organisation_id]
    (row,) = dear.evidence
    assert (row["kind"], row["key"], row["line"], row["usd"], row["kg"]) == (
        "order",
        "T230601900001",
        1,
        24_000.0,
        80.0,
    )
    assert dear.places == ["order:T230601900001"]
    assert dear.figures["peers"] == 32
    assert dear.peers == scan.peers
    assert ("RSK-013", "order:T230601900002/1") in found
    assert ("RSK-019", f"party:{deal.parties['merchant'].pk}") in found
    assert (scan.state, scan.lines, scan.skipped) == ("done", 32, [])
    assert scan.counts["RSK-001"] == 1


def test_looking_again_stores_nothing_twice(deal) -> None:
    first = scanned()
    again = scanned()
    assert (again.found, again.new) == (first.found, 0)
    assert first.new == Hit.objects.count() == first.found
    assert PeerVersion.objects.count() == 1  # nothing changed: the same version


def test_peers_are_kept_in_versions(deal) -> None:
    scanned()
    for place in range(5):
        sold(deal, f"T2306{place:06d}", "14")
    scanned()
    assert PeerVersion.objects.count() == 2
    with as_(person(Role.STF)) as user:
        history = selectors.peer_history(actor=user, hs6="420222")
    assert [len(rows) for _, rows in history] == [2, 2]
    middle = next(row for row in history[0][1] if row.basis == "price")
    assert 11 < middle.median < 13
    assert middle.low < middle.median < middle.high


def test_parties_that_share_a_number_hang_together(deal) -> None:
    other = party(None, "M2", "merchant", approved_at="2022-01-05T08:00:00+08:00")
    deal.parties["other"] = other
    Party.objects.filter(pk=deal.parties["merchant"].pk).update(region="白沟镇")
    for each in (deal.parties["merchant"], other):
        Identifier.objects.create(
            party=each, kind="phone", holder="contact", sealed="x", fingerprint="a" * 64, masked="138****"
        )
    sold(deal, "T230601900003", "13", quantity=200, merchant="other", day=DAY + timedelta(days=1))
    scanned()
    hit = Hit.objects.get(rule="RSK-021")
    assert "电话相同" in hit.message
    assert {each["kind"] for each in hit.evidence} == {"party", "order"}
    assert Component.objects.filter(root=min(other.pk, deal.parties["merchant"].pk)).count() == 2
    with as_(person(Role.STF)) as user:
        graph = selectors.graph(actor=user, number="M1")
        assert selectors.components(actor=user).count() == 1
    assert graph is not None
    assert ([each.number for each in graph.parties], [each.label for each in graph.marks]) == (
        ["M1", "M2"],
        ["电话"],
    )
    assert graph.size == 2


def test_asking_for_a_scan_is_a_job_on_the_trail(deal) -> None:
    with as_(person(Role.STF)) as user:
        row = services.ask_for_scan(actor=user, since=SINCE, until=UNTIL)
    work_off()
    row.refresh_from_db()
    assert row.state == "done"
    assert [each.entry.verb for each in history(SCAN_KIND, str(row.pk)).lines] == [
        "risk.scan.done",
        "risk.scan.asked",
    ]


def test_who_may_not_and_what_cannot_be_scanned(deal) -> None:
    with as_(deal.merchant) as user, pytest.raises(PermissionDenied):
        services.ask_for_scan(actor=user, since=SINCE, until=UNTIL)
    with as_(person(Role.STF)) as user:
        for since, until in ((UNTIL, SINCE), (date(2019, 1, 1), UNTIL), (date(2999, 1, 1), date(2999, 2, 1))):
            with pytest.raises(InputError):
                services.ask_for_scan(actor=user, since=since, until=until)


def test_the_night_scans_the_last_weeks_of_an_empty_house() -> None:
    told = nightly(progress=Progress())
    assert told == {"found": 0, "new": 0, "lanes": 0, "closed": 0}
    row = Scan.objects.get()
    assert (row.until - row.since).days == 46
