"""audit-write: what the trail costs our services, and a bare write beside django-auditlog and django-simple-history.

Ours over peer is one real service, ``save_organisation`` of the identity room, with its ``audit.record`` (hash chain, witness
line) over the same service with that one call taken out: permission, lock, validation, update, commit to disk. Then a bare write
(lock a row, change two fields, save) four times: plain, with ``audit.record``, under each peer's signals. All take turns in
blocks of 25. At last a million entries are verified, and eight processes write for a while and the chain is verified.

    YOUJU_BENCH_ENTRIES=1000000  YOUJU_BENCH_SECONDS=60
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

WRITES, BLOCK, WRITERS = 1_000, 25, 8
ENTRIES = int(os.environ.get("YOUJU_BENCH_ENTRIES", "1000000"))
SECONDS = int(os.environ.get("YOUJU_BENCH_SECONDS", "60"))


BARE = ("plain", "ours", "django-auditlog", "django-simple-history")


def main() -> None:
    """Print one JSON object."""
    from peers.product import product

    with product():
        figures = _write_costs()
        writers = _writers()
        verified = _verify_many()
    plain = figures["plain"]
    note = (
        f"{WRITES} writes each, medians of {WRITES // BLOCK} blocks, commits on disk; the service without its record is the peer."
        " A bare write, ms: "
        + ", ".join(f"{name} {figures[name]:.2f} ({figures[name] / plain:.2f} x)" for name in BARE)
        + f"; the peers keep no chain. {writers} {verified}"
    )
    result = {
        "name": "audit-write",
        "ours": round(figures["service, audited"], 3),
        "peer": round(figures["service, not audited"], 3),
        "ratio": round(figures["service, audited"] / figures["service, not audited"], 3),
        "unit": "ms/write",
        "n": WRITES,
        "note": note,
    }
    print(json.dumps(result, ensure_ascii=False))


def _write_costs() -> dict[str, float]:
    from auditlog.context import set_actor
    from django.db import transaction
    from peers.models import Kept, Logged, Ours, Plain

    from youju.foundation.audit.services import record
    from youju.foundation.audit.verbs import verb
    from youju.foundation.identity.models import Organisation, User
    from youju.foundation.identity.services import accounts
    from youju.foundation.kernel.context import acting
    from youju.foundation.kernel.subjects import Subject

    changed = verb("bench.row.changed", "修改了")
    office = Organisation.objects.create(code="BENCH", name="bench", kind="centre")
    user = User.objects.create(username="bench", display_name="Bench", organisation=office, roles=["STF"])
    rows = {model: [_row(model) for _ in range(50)] for model in (Plain, Ours, Logged, Kept)}

    def write(model: Any, number: int, *, audited: bool = False) -> None:
        with transaction.atomic():
            row = model.objects.select_for_update().get(pk=rows[model][number % 50])
            before = {"state": row.state, "amount": row.amount}
            row.state, row.amount = f"state {number}", Decimal(number) / 100
            row.save()
            if audited:
                after = {"state": row.state, "amount": row.amount}
                record(changed, Subject("bench.row", str(row.pk), row.name), before, after)

    def logged(number: int) -> None:
        with set_actor(user):
            write(Logged, number)

    admin = User.objects.create(username="admin", display_name="Admin", organisation=office, roles=["ADM"])

    def service(number: int) -> None:
        accounts.save_organisation(
            actor=admin,
            organisation_id=office.pk,
            code="BENCH",
            name=f"bench {number}",
            kind="centre",
            credit_code="",
        )

    sides: dict[str, Callable[[int], None]] = {
        "service, not audited": service,
        "service, audited": service,
        "plain": lambda number: write(Plain, number),
        "ours": lambda number: write(Ours, number, audited=True),
        "django-auditlog": logged,
        "django-simple-history": lambda number: write(Kept, number),
    }
    times: dict[str, list[float]] = {name: [] for name in sides}
    with acting(actor="bench", actor_name="Bench", organisation="BENCH", address="10.0.0.1", channel="web"):
        for side in sides.values():
            for number in range(BLOCK):
                side(number)
        for block in range(WRITES // BLOCK):
            for name, side in sides.items():
                # Exchanged between the blocks: nothing is patched while the clock runs.
                vars(accounts)["record"] = _silent if name == "service, not audited" else record
                began = time.perf_counter()
                for number in range(BLOCK):
                    side(block * BLOCK + number)
                times[name].append((time.perf_counter() - began) / BLOCK * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


def _silent(*_: Any, **__: Any) -> None:
    return None


def _row(model: Any) -> int:
    row = model.objects.create(
        name="示例箱包有限公司",
        code="91130000MA0ABCDE1X",
        state="new",
        amount=1,
        note="备注" * 20,
        day=date(2023, 5, 1),
        number=1,
    )
    return int(row.pk)


def _writers() -> str:
    from django.db import connections

    from youju.foundation.audit import verifying

    connections.close_all()
    spawn = get_context("fork")
    counts = spawn.Array("q", WRITERS)
    crew = [spawn.Process(target=_write_on, args=(counts, number)) for number in range(WRITERS)]
    for each in crew:
        each.start()
    for each in crew:
        each.join()
    result = verifying.verify()
    if not result.intact:
        raise SystemExit(f"the chain is broken: {result.findings[:3]}")
    return (
        f"{WRITERS} writers for {SECONDS} s: {sum(counts):,} transactions in {result.segments} segments, chain and"
        f" {result.witnessed:,} witness lines intact."
    )


def _write_on(counts: Any, number: int) -> None:
    from django.db import transaction

    from youju.foundation.audit.services import record
    from youju.foundation.audit.verbs import known
    from youju.foundation.kernel.subjects import Subject

    end = time.monotonic() + SECONDS
    done = 0
    while time.monotonic() < end:
        with transaction.atomic():
            record(known("bench.row.changed"), Subject("bench.row", f"{number}-{done}"), None, {"n": done})
        done += 1
    counts[number] = done


def _verify_many() -> str:
    from django.db import transaction

    from youju.foundation.audit import selectors, verifying
    from youju.foundation.audit.services import record_many
    from youju.foundation.audit.verbs import known
    from youju.foundation.kernel.subjects import Subject

    verb = known("bench.row.changed")
    while (left := ENTRIES - selectors.total_entries()) > 0:
        with transaction.atomic():
            deeds = [
                (Subject("bench.row", str(n), "示例箱包有限公司"), {"state": "旧"}, {"state": "新", "n": n})
                for n in range(min(left, 20_000))
            ]
            record_many(verb, deeds)
    began = time.perf_counter()
    result = verifying.verify()
    seconds = time.perf_counter() - began
    if not result.intact:
        raise SystemExit(f"the chain is broken: {result.findings[:3]}")
    return f"{result.entries:,} entries verified in {seconds:.1f} s."


if __name__ == "__main__":
    main()
