"""Tables of the room of events."""

from youju.office.events.models.events import Cost, Event, EventSeries, Reminder
from youju.office.events.models.lists import Application, Prospect
from youju.office.events.models.partaking import Deal, Signup
from youju.office.events.models.sessions import Attendance, Session

__all__ = [
    "Application",
    "Attendance",
    "Cost",
    "Deal",
    "Event",
    "EventSeries",
    "Prospect",
    "Reminder",
    "Session",
    "Signup",
]
