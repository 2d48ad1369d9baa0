"""A chain as EPCIS 2.0 events in JSON-LD; see docs/adr/0019-tracing.md for which event says what."""

from youju.trade.tracing.epcis.documents import document, pieces
from youju.trade.tracing.epcis.events import events

__all__ = ["document", "events", "pieces"]
