"""A measured row as JSON and back: decimals are texts, days and times ISO 8601."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from youju.performance.measures.selectors.values import Adjusted, Basis, MeasuredRow

_DECIMALS = ("number", "value", "tier_rate", "degree", "forecast")


def row_as_json(row: MeasuredRow) -> dict[str, Any]:
    """All that a row says, as plain data."""
    return {name: _plain(value) for name, value in asdict(row).items()}


def row_from_json(data: Mapping[str, Any]) -> MeasuredRow:
    """The row that :func:`row_as_json` told; what a later version added is left at its default."""
    known = {each.name for each in fields(MeasuredRow)}
    given = {name: value for name, value in data.items() if name in known}
    for name in _DECIMALS:
        given[name] = _decimal(given.get(name))
    given["basis"] = Basis(given["basis"])
    given["trend"] = tuple(
        (date.fromisoformat(day), _decimal(value)) for day, value in given.get("trend", ())
    )
    given["as_of"] = datetime.fromisoformat(given["as_of"]) if given.get("as_of") else None
    adjusted = given.get("adjusted")
    if adjusted:
        given["adjusted"] = Adjusted(
            **{
                **adjusted,
                "computed": _decimal(adjusted["computed"]),
                "evidence": tuple(adjusted["evidence"]),
            }
        )
    return MeasuredRow(**given)


def _decimal(text: Any) -> Decimal | None:
    return None if text is None else Decimal(str(text))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Basis):
        return value.value
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value
