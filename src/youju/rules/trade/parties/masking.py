"""How much of a personal number a page shows."""

from __future__ import annotations


def masked(kind: str, number: str) -> str:
    """``130684198001010012`` → ``130***********0012``, ``13800000000`` → ``138****0000``, ``A1234567`` → ``A1****67``.

    Args:
        kind: ``resident_id``, ``passport`` or ``phone``.
        number: in plain.
    """
    front, back = {"resident_id": (3, 4), "phone": (3, 4)}.get(kind, (2, 2))
    if len(number) <= front + back + 2:
        front, back = min(1, len(number)), 1 if len(number) > 3 else 0
    hidden = len(number) - front - back
    return number[:front] + "*" * hidden + (number[-back:] if back else "")
