"""How this room's own rows move with a party: identifiers, papers, stalls, agreements."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet

from youju.trade.parties.models import Agreement, Identifier, Paper, Tenancy
from youju.trade.parties.services.moving import Kept, Later, register_mover


def register_own() -> None:
    """Enter the movers of this room."""
    register_mover(
        "identifiers",
        "证件和电话",
        move=_move_identifiers,
        move_back=_back(Identifier, "party"),
        count=_count(Identifier, "party"),
        later=_later(Identifier, "party", "证件和电话"),
    )
    for kind, title, model, column in (
        ("papers", "备案材料", Paper, "party"),
        ("tenancies", "摊位承租登记", Tenancy, "party"),
        ("agreements_given", "委托出去的代理协议", Agreement, "principal"),
        ("agreements_held", "受托的代理协议", Agreement, "agent"),
    ):
        register_mover(
            kind,
            title,
            move=_move(model, column),
            move_back=_back(model, column),
            count=_count(model, column),
            later=_later(model, column, title),
        )


def _rows(model: type[Model], **wanted: Any) -> QuerySet[Any]:
    return model._default_manager.filter(**wanted).order_by("pk")


def _snapshot(model: type[Model], keys: list[int], column: str) -> dict[str, str]:
    """A hash of what each row holds, apart from whose it is: what was edited since is found by it."""
    # A rotation of keys seals anew and changes nothing.
    names = [f.attname for f in model._meta.concrete_fields if f.name not in (column, "sealed")]
    return {
        str(row["id"]): hashlib.sha256(repr([str(row[name]) for name in names]).encode()).hexdigest()
        for row in _rows(model, pk__in=keys).values("id", *names)
    }


def _move(model: type[Model], column: str) -> Callable[[int, int], Kept]:
    def move(source: int, target: int) -> Kept:
        keys = list(_rows(model, **{column: source}).values_list("pk", flat=True))
        _rows(model, pk__in=keys).update(**{column: target})
        return {
            "ids": keys,
            "source": source,
            "target": target,
            "rows": _snapshot(model, keys, column),
        }

    return move


def _move_identifiers(source: int, target: int) -> Kept:
    """Those of a kind and holder that the target lacks; the rest stay where they are: a party has one of each."""
    there = set(_rows(Identifier, party=target).values_list("kind", "holder"))
    keys = [row.pk for row in _rows(Identifier, party=source) if (row.kind, row.holder) not in there]
    _rows(Identifier, pk__in=keys).update(party=target)
    rows = _snapshot(Identifier, keys, "party")
    return {"ids": keys, "source": source, "target": target, "rows": rows}


def _back(model: type[Model], column: str) -> Callable[[Kept], None]:
    def move_back(kept: Kept) -> None:
        _rows(model, pk__in=kept["ids"]).update(**{column: kept["source"]})

    return move_back


def _count(model: type[Model], column: str) -> Callable[[int], int]:
    def count(party: int) -> int:
        return _rows(model, **{column: party}).count()

    return count


def _later(model: type[Model], column: str, title: str) -> Later:
    def later(kept: Kept, *, source: int, target: int) -> str:
        """Rows that moved are gone, moved on or were edited, or new ones came to the filing that was given up."""
        keys = list(kept["ids"])
        still = _rows(model, pk__in=keys, **{column: target}).count()
        if still < len(keys) or _snapshot(model, keys, column) != kept["rows"]:
            return f"移过来的{title}有改动"
        there = _rows(model, **{column: source})
        if model is not Identifier and there.exists():
            return f"被合并的备案名下又有新的{title}"
        return ""

    return later
