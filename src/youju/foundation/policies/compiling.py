"""Checked plain data → frozen records. Plain data is what JSON can hold, so that it can be cached."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from youju.foundation.policies.entries import Article, DatedValue, Policy, PolicySet, Source
from youju.rules.funds.subsidies.reading import read_policy
from youju.rules.law import PolicyValue


def compile_set(plain: Mapping[str, Any], digest: str) -> PolicySet:
    """Build the records from ``{"policies": [...], "sources": [...], "subsidies": [...]}`` that has passed every check."""
    policies = {entry["id"]: _policy(entry) for entry in plain["policies"]}
    sources = {entry["id"]: _source(entry) for entry in plain["sources"]}
    subsidies = {entry["code"]: read_policy(entry) for entry in plain["subsidies"]}
    return PolicySet(
        MappingProxyType(policies), MappingProxyType(sources), digest, MappingProxyType(subsidies)
    )


def _policy(entry: Mapping[str, Any]) -> Policy:
    kind = entry["type"]
    values = sorted((_dated(value, kind) for value in entry["values"]), key=lambda value: value.start)
    return Policy(entry["id"], entry["label"], entry.get("unit", ""), entry["kind"], kind, tuple(values))


def _dated(entry: Mapping[str, Any], kind: str) -> DatedValue:
    return DatedValue(
        start=date.fromisoformat(entry["from"]),
        end=date.fromisoformat(entry["to"]) if entry["to"] else None,
        value=typed(entry["value"], kind),
        source=entry["source"],
        verified=entry["verified"],
        note=entry.get("note", ""),
        gap_reason=entry.get("gap_reason", ""),
    )


def typed(value: Any, kind: str) -> PolicyValue:
    """A plain value of a policy of the kind as rules receive it: decimals as ``Decimal``, lists and tables frozen."""
    return Decimal(value) if kind == "decimal" else _frozen(value)


def _frozen(value: Any) -> PolicyValue:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return MappingProxyType({str(key): _frozen(item) for key, item in value.items()})
    if isinstance(value, bool | int | str):
        return value
    raise TypeError(f"unexpected {type(value).__name__}")


def _source(entry: Mapping[str, Any]) -> Source:
    articles = {
        item["id"]: Article(item["id"], item["read"], item["verified"]) for item in entry.get("articles", [])
    }
    return Source(
        id=entry["id"],
        number=entry["number"],
        issuer=entry["issuer"],
        title=entry["title"],
        kind=entry["kind"],
        issued=_day(entry["issued"]),
        in_force=_day(entry["in_force"]),
        read=entry["read"],
        verified=entry["verified"],
        articles=MappingProxyType(articles),
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
