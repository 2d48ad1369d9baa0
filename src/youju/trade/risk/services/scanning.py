"""The scan: asked for by hand, by command or by the night; what it finds is stored once."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.analytics.risk.peers import Peers
from youju.analytics.risk.scanning import Found
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.jobs.defining import Progress, job
from youju.foundation.jobs.services import enqueue
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on, policy_hash
from youju.rules.law import PolicyValue, whole
from youju.rules.trade.risk.judging import RULES, points_of
from youju.trade.parties.selectors.handling import Handled, handled
from youju.trade.risk import events, permissions
from youju.trade.risk.metrics import components_now, run
from youju.trade.risk.models import Component, Hit, Peer, PeerVersion, Scan

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_BATCH = 2_000
_EARLIEST = date(2020, 1, 1)


@transaction.atomic
def ask_for_scan(*, actor: User, since: date, until: date) -> Scan:
    """Put a scan of ``[since, until)`` into the queue.

    Raises:
        PermissionDenied: the actor may not run scans.
        InputError: the window is empty, before the rules, or in the future (422).
    """
    require(actor, permissions.RUN)
    check_window(since, until)
    row = Scan.objects.create(since=since, until=until, as_of=_as_of(until), asked_by=actor.username)
    record(events.SCAN_ASKED, subject_of(row), None, {"since": since, "until": until})
    enqueue(scan_asked, subject=subject_of(row), key="risk.scan", scan_id=row.pk)
    return row


@job("risk.scan", title="风险扫描")
def scan_asked(*, progress: Progress, scan_id: int) -> dict[str, Any]:
    """A scan that somebody asked for."""
    row = work_off(scan_id, progress=progress)
    return {"found": row.found, "new": row.new} if row else {}


def scan_window(
    *, since: date, until: date, asked_by: str = "", progress: Progress | None = None, is_demo: bool = False
) -> Scan:
    """Scan at once, as the system: for the night, the command and the demo.

    Raises:
        InputError: as :func:`ask_for_scan`.
    """
    check_window(since, until)
    with transaction.atomic():
        row = Scan.objects.create(
            since=since, until=until, as_of=_as_of(until), asked_by=asked_by, is_demo=is_demo
        )
        return work_off(row.pk, progress=progress) or row


@transaction.atomic
def work_off(scan_id: int, *, progress: Progress | None = None) -> Scan | None:
    """Do a scan that waits; ``None`` where it was done already. All of it or nothing is stored."""
    row = Scan.objects.select_for_update().filter(pk=scan_id).first()
    if row is None or row.state == "done":
        return None
    began, tell = time.perf_counter(), progress or Progress()
    law = law_on(row.as_of)
    with reaching_all():
        tell.say("取出交易、装箱和报关的数据")
        with run(
            law,
            since=row.since,
            until=row.until,
            as_of=row.as_of,
            tell=lambda done, total, rule: tell(done, total, f"查 {rule}" if rule else ""),
        ) as found:
            row.peers = keep_peers(found.peers, row, is_demo=row.is_demo)
            before = Hit.objects.count()
            counts = store_hits(found.hits, row, law)
            row.new = Hit.objects.count() - before
            row.lines, row.skipped = found.lines, found.skipped
        keep_components(row.until)
    row.counts, row.found = dict(sorted(counts.items())), sum(counts.values())
    row.state, row.done_at = "done", timezone.now()
    row.seconds, row.policy_hash = round(time.perf_counter() - began, 2), policy_hash()
    row.save()
    told = {
        name: getattr(row, name) for name in ("since", "until", "as_of", "lines", "found", "new", "counts")
    }
    record(events.SCANNED, subject_of(row), None, told)
    return row


def check_window(since: date, until: date) -> None:
    """Refuse what cannot be scanned.

    Raises:
        InputError: the window is empty, begins before the rules, or lies in the future (422).
    """
    if since >= until or since < _EARLIEST or since > timezone.localdate():
        raise InputError(
            "扫描的起止日期不对",
            where="起止月份",
            how=f"从 {_EARLIEST:%Y-%m} 起，起在止之前，不晚于今天",
            status=422,
        )


def recent(today: date) -> tuple[date, date]:
    """The window of the night: so many days up to and with today."""
    return today - timedelta(days=whole(law_on(today), "trade.risk.scan_days")), today + timedelta(days=1)


def subject_of(row: Scan) -> Subject:
    """A scan as the trail names it."""
    return Subject(events.SCAN_KIND, str(row.pk), f"风险扫描 {row}")


def keep_peers(peers: Sequence[Peers], row: Scan, *, is_demo: bool = False) -> PeerVersion | None:
    """The version that holds these peers: the newest, where nothing changed, else a new one; ``None`` for no peers."""
    if not peers:
        return None
    digest = hashlib.sha256("\n".join(repr(astuple(each)) for each in peers).encode()).hexdigest()
    same = PeerVersion.objects.filter(digest=digest).order_by("-pk").first()
    if same:
        return same
    version = PeerVersion.objects.create(
        since=row.since,
        until=row.until,
        lines=sum(each.peers for each in peers if each.basis == "price"),
        groups=len(peers),
        digest=digest,
        policy_hash=policy_hash(),
        is_demo=is_demo,
    )
    Peer.objects.bulk_create(
        (
            Peer(
                version=version, basis=each.basis, hs6=each.hs6, unit=each.unit[:10], peers=each.peers,
                median=each.median, spread=each.spread,
            )
            for each in peers
        ),
        batch_size=_BATCH,
    )  # fmt: skip
    told = {"lines": version.lines, "groups": version.groups, "digest": digest}
    record(events.PEERS_COUNTED, Subject(events.PEERS_KIND, str(version.pk), str(version)), None, told)
    return version


def store_hits(found: Iterable[Found], row: Scan, law: Mapping[str, PolicyValue]) -> Counter[str]:
    """Store what is new of what was found; how many by rule were found.

    Raises:
        InputError: more than the policy lets be stored: the thresholds are wrong (422).
    """
    most, counts = whole(law, "trade.risk.scan_rows"), Counter[str]()
    hash_now = policy_hash()
    stream = iter(found)
    while batch := list(islice(stream, _BATCH)):
        counts.update(each.rule for each in batch)
        if counts.total() > most:
            raise InputError(
                f"命中超过 {most} 条，没有保存",
                where="风险扫描",
                how="门槛多半定错了：先在“门槛试算”里看各条规则的命中数，再调整政策值",
                status=422,
            )
        parties = handled({each.party_id for each in batch if each.party_id})
        Hit.objects.bulk_create(
            (_row(each, row, parties, law, hash_now) for each in batch), ignore_conflicts=True
        )
    return counts


def keep_components(until: date) -> int:
    """Which parties hang together, counted anew; how many of them."""
    found = components_now(until)
    known = handled(party for members in found.values() for party in members)
    Component.objects.all().delete()
    rows = Component.objects.bulk_create(
        (
            Component(party_id=party, root=root, size=len(members))
            for root, members in found.items()
            for party in members
            if party in known
        ),
        batch_size=_BATCH,
    )
    return len(rows)


def _row(
    each: Found, row: Scan, parties: Mapping[int, Handled], law: Mapping[str, PolicyValue], hash_now: str
) -> Hit:
    party = parties.get(each.party_id or 0)
    evidence = [_plain(one) for one in each.evidence]
    return Hit(
        rule=each.rule,
        subject=each.subject[:160],
        period=each.period[:30],
        day=each.day,
        party_id=party.id if party else None,
        organisations=[party.organisation] if party and party.organisation else [],
        sections=list(party.sections) if party else [],
        message=each.finding.message[:600],
        suggestion=each.finding.suggestion[:400],
        figures={name: _json(value) for name, value in each.figures.items()},
        evidence=evidence,
        places=sorted({f"{one['kind']}:{one['key']}"[:60] for one in evidence}),
        stake=Decimal(str(round(each.stake, 2))),
        points=points_of(each.rule, law),
        as_of=row.as_of,
        policy_hash=hash_now,
        peers=row.peers if each.rule in _PRICED else None,
        scan=row,
        is_demo=row.is_demo,
    )


_PRICED = ("RSK-001", "RSK-013")
assert set(_PRICED) <= set(RULES)  # noqa: S101 - a name that was mistyped would lose the version of peers


def _plain(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _json(value) for name, value in one.items() if value is not None}


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return round(value, 6) if isinstance(value, float) else value


def _as_of(until: date) -> date:
    return min(until - timedelta(days=1), timezone.localdate())


def known_peers(version: PeerVersion | None) -> Iterator[Peers]:
    """The peers of a version, as the rules take them."""
    if version is not None:
        names = ("basis", "hs6", "unit", "peers", "median", "spread")
        for values in version.rows.values_list(*names).iterator(chunk_size=_BATCH):
            yield Peers(*values)
