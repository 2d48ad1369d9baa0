"""Tasks as pages, programs and other rooms see them."""

from youju.office.tasks.selectors.boards import Board, Calendar, board, calendar_of
from youju.office.tasks.selectors.choices import people_who, project_codes, tags_in_use
from youju.office.tasks.selectors.lists import STATES, TaskFilter, one_of, own, state_label, tasks
from youju.office.tasks.selectors.pages import MatterView, OwnPage, TaskPage, own_page, task_page

__all__ = [
    "STATES",
    "Board",
    "Calendar",
    "MatterView",
    "OwnPage",
    "TaskFilter",
    "TaskPage",
    "board",
    "calendar_of",
    "one_of",
    "own",
    "own_page",
    "people_who",
    "project_codes",
    "state_label",
    "tags_in_use",
    "task_page",
    "tasks",
]
