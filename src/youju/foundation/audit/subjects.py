"""The kinds of records that the trail speaks of: their Chinese names, their pages, their fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    Args:
        code: as in ``Subject.kind``.
        name: in Chinese.
        url: the page of the record with a key, or ``None`` where it has none (any more).
        fields: Chinese names of the keys of ``before`` and ``after``.
    """

    code: str
    name: str
    url: Callable[[str], str | None] | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    def page(self, key: str) -> str | None:
        """The address of the record's page, where there is one."""
        return self.url(key) if self.url else None

    def field_name(self, key: str) -> str:
        """The Chinese name of a field; the key itself where none was given."""
        return self.fields.get(key, key)


_kinds: dict[str, Kind] = {}


def register_kind(
    code: str,
    name: str,
    *,
    url: Callable[[str], str | None] | None = None,
    fields: Mapping[str, str] | None = None,
) -> Kind:
    """Make a kind known; call it in ``AppConfig.ready``. A second registration replaces the first."""
    kind = Kind(code, name, url, dict(fields or {}))
    _kinds[code] = kind
    return kind


def kind_of(code: str) -> Kind:
    """The kind with the code; an unknown one is named by its code."""
    return _kinds.get(code) or Kind(code, code)


def kinds() -> tuple[Kind, ...]:
    """Every registered kind, by name."""
    return tuple(sorted(_kinds.values(), key=lambda kind: kind.name))
