"""Where the records of this room are shown, by the keys that the trail keeps: their numbers."""

from __future__ import annotations

from django.urls import reverse


def payment(key: str) -> str | None:
    """The page of a payment (``payments.payment``)."""
    return reverse("payments:payment", args=[key]) if key else None


def bank_file(key: str) -> str | None:
    """The page of a bank file (``payments.bankfile``)."""
    return reverse("payments:bank-file", args=[key]) if key else None


def bank_return(key: str) -> str | None:
    """The page of a file of the bank's answers (``payments.bankreturn``); the key is its id."""
    return reverse("payments:bank-return", args=[int(key)]) if key.isdecimal() and len(key) <= 18 else None


def reminder(key: str) -> str | None:
    """The page of a reminder (``payments.reminder``)."""
    return reverse("payments:reminder", args=[key]) if key else None
