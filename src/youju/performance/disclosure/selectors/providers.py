"""Who gives the content of a release: each provider gives its part as plain data; another room joins with one line.

A release's content is ``{"document", "execution", "values", "scores", "figures", "notes"}``:

* ``document``: the targets as ``youju targets read`` prints them;
* ``execution``: project code → ``{"budget", "executed", "rate", "figures"}``, money in 万元;
* ``values``: project code → rows ``{"row", "value", "shown", "unit", "tier", "degree", "basis", "metric", "figures",
  "adjusted"}``;
* ``scores``: project code → ``{"total", "grade", "rows": [{"row", "weight", "score", "reason"}]}``;
* ``figures``: key → how a figure was computed (``Computed``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to be disclosed; ``until``: the last day whose data counts, ``None`` for targets."""

    actor: User
    kind: str
    year: int
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Computed:
    """How a published figure came about. ``rows`` says how many records stand behind it; never which.

    ``origin`` is ``metric`` (computed from records), ``attestation`` (a signed statement), ``document`` (an approved text) or
    ``scoring``. Hashes are empty where there are no rows.
    """

    key: str
    label: str
    label_en: str
    value: str
    unit: str
    origin: str
    metric: str = ""
    definition: str = ""
    definition_en: str = ""
    formula: str = ""
    period: str = ""
    as_of: str = ""
    rows: int = 0
    formula_hash: str = ""
    row_hash: str = ""

    def plain(self) -> dict[str, Any]:
        """As it stands in the content."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Part:
    """What a provider gives: a piece of the content, its figures, and what stands against publishing it."""

    content: Mapping[str, Any] = field(default_factory=dict)
    figures: Sequence[Computed] = ()
    unapproved: Sequence[str] = ()
    unfrozen: Sequence[str] = ()
    missing: Sequence[str] = ()
    approved_on: date | None = None
    unit: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """A room's part in the releases of some kinds."""

    code: str
    kinds: tuple[str, ...]
    build: Callable[[Ask], Part]


_PROVIDERS: dict[str, Provider] = {}


def register_provider(provider: Provider) -> None:
    """Let a room take part; a second of one code takes the place of the first."""
    _PROVIDERS[provider.code] = provider


def providers(kind: str) -> tuple[Provider, ...]:
    """Those that take part in a kind, in the order registered."""
    return tuple(each for each in _PROVIDERS.values() if kind in each.kinds)
