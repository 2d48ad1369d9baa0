"""Where the records of this room are shown, by the keys that the trail and the workflow keep."""

from __future__ import annotations

from django.urls import reverse

_DIGITS = 18


def filing(key: str) -> str | None:
    """The page of a filing (``exemptions.filing``)."""
    return _page("exemptions:filing", key)


def certificate(key: str) -> str | None:
    """The page of a certificate (``exemptions.certificate``)."""
    return _page("exemptions:certificate", key)


def invoice(key: str) -> str | None:  # noqa: ARG001 - an invoice has no page of its own
    """The list of invoices."""
    return reverse("exemptions:invoices")


def quarter(key: str) -> str | None:  # noqa: ARG001 - the page of a quarter is found by its words
    """The quarterly table."""
    return reverse("exemptions:quarters")


def _page(name: str, key: str) -> str | None:
    return reverse(name, args=[int(key)]) if key.isdecimal() and len(key) <= _DIGITS else None
