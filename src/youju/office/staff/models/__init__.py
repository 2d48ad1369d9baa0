"""Tables of dispatched staff: what contracts agree, months, a person's month in its versions, reminders."""

from youju.office.staff.models.agreements import Agreement
from youju.office.staff.models.months import Reminder, StaffLine, StaffMonth

__all__ = ["Agreement", "Reminder", "StaffLine", "StaffMonth"]
