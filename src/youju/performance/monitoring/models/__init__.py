"""Tables of the room of monitoring."""

from youju.performance.monitoring.models.orders import Order, Reply, Series, Suspension
from youju.performance.monitoring.models.rounds import MonitoredProject, MonitoredRow, Round

__all__ = ["MonitoredProject", "MonitoredRow", "Order", "Reply", "Round", "Series", "Suspension"]
