"""Tables of tasks: what is to be done, what enterprises brought, how it repeats."""

from youju.office.tasks.models.matters import Matter, Mediation
from youju.office.tasks.models.tasks import Plan, Reminder, Task, TaskSeries

__all__ = ["Matter", "Mediation", "Plan", "Reminder", "Task", "TaskSeries"]
