"""An event as it is sent: nothing personal, nothing that the API would not give."""

from __future__ import annotations

import json

from django.utils import timezone

from youju.foundation.webhooks import kinds
from youju.foundation.webhooks.models import Delivery


def body_of(row: Delivery) -> bytes:
    """The bytes that are signed and sent, the same at each attempt."""
    told = {
        "id": str(row.event),
        "type": row.type,
        "occurred_at": timezone.localtime(row.occurred_at).isoformat(),
        "sequence": row.sequence,
        "record": {
            "kind": row.kind,
            "number": row.number,
            "state_before": row.before or None,
            "state_after": row.after or None,
            "url": kinds.address_of(row.kind, row.key, row.number),
        },
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
