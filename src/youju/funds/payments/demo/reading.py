"""The authored tables under ``demo/funds`` as plain data; needs no database."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from youju.foundation.kernel import places

FOLDER = places.DEMO / "funds"
YEAR = 2023


@dataclass(frozen=True, slots=True)
class Done:
    """A payment that the bank made. ``batch`` groups payments of one disbursement batch; empty: none."""

    code: str
    payee: str
    amount: Decimal
    purpose: str
    due_on: date
    paid_on: date
    tag: str
    outcome: str
    batch: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A payment under way; ``days`` before the load it was asked for, ``note`` why it came back."""

    code: str
    payee: str
    amount: Decimal
    purpose: str
    days: int
    state: str
    note: str


@cache
def done() -> tuple[Done, ...]:
    """What was paid in the year, in the order of the bank's days."""
    found = [
        Done(
            row["code"], row["payee"], Decimal(row["amount"]), row["purpose"], date.fromisoformat(row["due_on"]),
            date.fromisoformat(row["paid_on"]), row["tag"], row["outcome"], row["batch"],
        )
        for row in _table("payments.csv")
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: each.paid_on))


@cache
def waiting() -> tuple[Waiting, ...]:
    """What is under way on the day of the load."""
    return tuple(
        Waiting(
            row["code"], row["payee"], Decimal(row["amount"]), row["purpose"], int(row["days"]), row["state"], row["note"]
        )
        for row in _table("waiting.csv")
    )  # fmt: skip


@cache
def projects() -> dict[str, Any]:
    """What the office knows of each project besides the published table."""
    found: dict[str, Any] = yaml.load((FOLDER / "projects.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    return found


def account_of(payee: str) -> str:
    """An account that nobody has: sixteen digits that begin with 0000."""
    return "0000" + str(int(hashlib.sha256(payee.encode()).hexdigest()[:12], 16))[:12].rjust(12, "0")


def _table(name: str) -> list[dict[str, str]]:
    with Path(FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
