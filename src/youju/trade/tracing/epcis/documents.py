"""An EPCIS document around the events: whole, or piece by piece for a hub."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from youju.trade.tracing.epcis.events import Event

CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
MEDIA_TYPE = "application/ld+json"


def document(events: Iterable[Event], *, created: datetime) -> dict[str, Any]:
    """The document as one value. ``created`` has a time zone."""
    return {
        "@context": [CONTEXT],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": created.isoformat(timespec="milliseconds"),
        "epcisBody": {"eventList": list(events)},
    }


def pieces(events: Iterable[Event], *, created: datetime) -> Iterator[bytes]:
    """The same as text, an event at a time, in flat memory."""
    head, _, tail = json.dumps(document((), created=created), ensure_ascii=False).partition("[]")
    yield f"{head}[\n".encode()
    for place, event in enumerate(events):
        yield ((",\n" if place else "") + json.dumps(event, ensure_ascii=False)).encode()
    yield f"\n]{tail}\n".encode()
