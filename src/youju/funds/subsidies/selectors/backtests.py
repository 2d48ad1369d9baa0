"""Reads of back-tests: the page, its parties by name, the rows for export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from youju.foundation.identity.permissions import require
from youju.foundation.jobs.selectors import RunView
from youju.foundation.jobs.selectors import run as run_of
from youju.funds.subsidies import permissions
from youju.funds.subsidies.models import BackTest
from youju.rules.funds.subsidies.reading import read_policy
from youju.rules.funds.subsidies.texts import PolicyText
from youju.trade.parties.selectors.partners import names_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Gainer:
    """A party that would get something: exports in USD, each clause's amount, asked and granted in CNY."""

    rank: int
    party: int
    number: str
    name: str
    usd: Decimal
    lines: tuple[Decimal, ...]
    asked: Decimal
    granted: Decimal


@dataclass(frozen=True, slots=True)
class BackTestPage:
    """A back-test: the row, the text tested, its run while it waits, names by party key."""

    row: BackTest
    text: PolicyText
    run: RunView | None
    names: Mapping[str, str]

    @property
    def result(self) -> dict[str, Any]:
        """What came out; empty while it waits."""
        return dict(self.row.result)


def backtest_page(*, actor: User, backtest_id: int) -> BackTestPage | None:
    """One back-test; ``None`` where there is none.

    Raises:
        PermissionDenied: the actor does not back-test.
    """
    require(actor, permissions.BACKTEST)
    row = BackTest.objects.filter(pk=backtest_id).select_related("policy", "against").first()
    if row is None:
        return None
    waiting = row.state != BackTest.State.DONE
    return BackTestPage(
        row,
        read_policy(row.text),
        run_of(row.run) if waiting and row.run else None,
        {key: name for key, (_, name) in _names(_named(row.result)).items()},
    )


def gainers(*, actor: User, backtest_id: int) -> Sequence[Gainer]:
    """Who gains, the largest first; nothing while it waits.

    Raises:
        PermissionDenied: the actor does not back-test.
    """
    require(actor, permissions.BACKTEST)
    row = BackTest.objects.filter(pk=backtest_id).first()
    found = row.result.get("gainers", []) if row else []
    names = _names({each["party"] for each in found})
    unknown = ("", "（看不到的主体）")
    return [
        Gainer(
            rank,
            int(each["party"]),
            *names.get(each["party"], unknown),
            Decimal(each["usd"]),
            tuple(Decimal(amount) for amount in each["lines"]),
            Decimal(each["asked"]),
            Decimal(each["granted"]),
        )
        for rank, each in enumerate(found, 1)
    ]


def _named(result: Mapping[str, Any]) -> set[str]:
    """The parties that the page names besides the list."""
    found = {each["party"] for part in result.get("sensitivity", []) for each in part["largest"]}
    return found | {each["party"] for each in (result.get("against") or {}).get("moving", [])}


def _names(keys: set[str]) -> dict[str, tuple[str, str]]:
    known = names_of(int(key) for key in keys)
    return {str(key): told for key, told in known.items()}
