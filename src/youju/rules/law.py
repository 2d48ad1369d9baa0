"""The law of one day: an immutable mapping from policy id to the value in force.

Rules receive it as ``law``. The typed readers below (:func:`whole`, :func:`decimal`, :func:`names`, …)
work on any mapping, so that a test may hand a plain dict to a rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias, cast

PolicyValue: TypeAlias = "int | Decimal | str | bool | tuple[PolicyValue, ...] | Mapping[str, PolicyValue]"
Table: TypeAlias = "Mapping[str, PolicyValue]"


class UnknownPolicyError(KeyError):
    """A rule asked for a policy id that does not exist, or that has no value on the day asked for."""

    def __init__(self, policy: str, as_of: date, reason: str) -> None:
        self.policy, self.as_of = policy, as_of
        super().__init__(f"{as_of.isoformat()} 没有政策值“{policy}”：{reason}")

    def __str__(self) -> str:
        return str(self.args[0])


class Law(Mapping[str, PolicyValue]):
    """All policy values in force on ``as_of``; ``hash`` is the policy hash that a decision stores.

    Iteration and ``len`` cover the ids with a value on that day. Asking for another id raises
    :class:`UnknownPolicyError` (a ``KeyError``) that tells an unknown id from one with no value on that day.
    """

    __slots__ = ("_dormant", "_values", "as_of", "hash")

    def __init__(
        self,
        values: Mapping[str, PolicyValue],
        *,
        as_of: date,
        hash: str = "",
        dormant: frozenset[str] = frozenset(),
    ) -> None:
        self._values = MappingProxyType(dict(values))
        self._dormant = dormant
        self.as_of = as_of
        self.hash = hash

    def __getitem__(self, policy: str) -> PolicyValue:
        try:
            return self._values[policy]
        except KeyError:
            known = policy in self._dormant
            reason = "当日没有生效的取值" if known else "policies/ 中没有这个编号"
            raise UnknownPolicyError(policy, self.as_of, reason) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Law({self.as_of.isoformat()}, {len(self)} values, {self.hash[:12]})"


def whole(law: Mapping[str, PolicyValue], policy: str) -> int:
    """An integer policy value."""
    return cast("int", law[policy])


def decimal(law: Mapping[str, PolicyValue], policy: str) -> Decimal:
    """A decimal policy value: a rate, a share, money."""
    return cast("Decimal", law[policy])


def text(law: Mapping[str, PolicyValue], policy: str) -> str:
    """A policy value that is one word."""
    return cast("str", law[policy])


def names(law: Mapping[str, PolicyValue], policy: str) -> tuple[str, ...]:
    """A policy value that is a list of words, in the order of the file."""
    return cast("tuple[str, ...]", law[policy])


def table(law: Mapping[str, PolicyValue], policy: str) -> Table:
    """A policy value that is a table: name → row."""
    return cast("Table", law[policy])
