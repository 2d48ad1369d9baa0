"""Words and colours that several pages of this room share."""

from __future__ import annotations

from collections.abc import Mapping

TONES = {"open": "hint", "closed": "approved", "cancelled": "plain"}


def named(
    parties: Mapping[str, tuple[str, str]], labels: tuple[tuple[str, str], ...]
) -> list[tuple[str, str]]:
    """The parties of a record as label and words, those that there are."""
    return [(label, "　".join(parties[role])) for role, label in labels if role in parties]
