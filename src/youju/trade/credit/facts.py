"""Records, scores and snapshots between the database's plain data and the rules' frozen facts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from youju.rules.trade.credit.facts import ConductRecord
from youju.rules.trade.credit.policy import CreditPolicy, read_policy
from youju.rules.trade.credit.scoring import ItemScore
from youju.rules.trade.credit.scoring import Score as Scored


def plain_record(record: ConductRecord) -> dict[str, Any]:
    """A record as JSON keeps it, with its SHA-256."""
    return {
        "kind": record.kind, "key": record.key, "day": record.day.isoformat(), "number": record.number, "url": record.url,
        "count": record.count, "amount": None if record.amount is None else str(record.amount), "outcome": record.outcome,
        "sha256": record.digest,
    }  # fmt: skip


def record_of(plain: Mapping[str, Any], party_id: int) -> ConductRecord:
    """A record from what JSON kept."""
    amount = plain.get("amount")
    return ConductRecord(
        party_id, date.fromisoformat(plain["day"]), plain["kind"], plain["key"], plain["number"], plain["url"],
        plain["count"], None if amount is None else Decimal(amount), plain["outcome"],
    )  # fmt: skip


def mark_of(plain: Mapping[str, Any]) -> str:
    """Kind and key of a kept record."""
    return f"{plain['kind']}:{plain['key']}"


def plain_item(item: ItemScore) -> dict[str, Any]:
    """An item's points as JSON keeps them."""
    return {
        "code": item.code, "title": item.title, "most": str(item.most), "points": str(item.points),
        "sentence": item.sentence, "against": [each.mark for each in item.against],
        "fitting": [each.mark for each in item.fitting],
    }  # fmt: skip


def digest_of(records: Iterable[ConductRecord]) -> str:
    """SHA-256 over the hashes of all records, whatever their order."""
    return hashlib.sha256("".join(sorted(each.digest for each in records)).encode()).hexdigest()


def kept(scored: Scored) -> dict[str, Any]:
    """The columns of a score that come from the rules."""
    return {
        "total": scored.total, "most": scored.most, "grade": scored.grade, "ceiling": scored.ceiling[:200],
        "items": [plain_item(each) for each in scored.items],
        "evidence": [plain_record(each) for each in scored.records], "digest": digest_of(scored.records),
    }  # fmt: skip


def policy_text(policy: CreditPolicy) -> str:
    """A policy as a snapshot or a trial keeps it: as text, because the order of the items is part of it."""
    return json.dumps(policy.plain, ensure_ascii=False)


def policy_from(text: str) -> CreditPolicy:
    """The policy that a snapshot or a trial kept."""
    return read_policy(json.loads(text))
