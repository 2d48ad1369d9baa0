"""Sample arguments for the addresses of the room of tasks."""

from __future__ import annotations

from web.samples import Arguments, sample

NONE = 999_999_999


@sample(
    "tasks:task", "tasks:step", "tasks:hand", "tasks:edit", "tasks:evidence", "tasks:mediate", "tasks:contact",
    "tasks:own-one", "tasks:own-attach",
)  # fmt: skip
def no_such_task() -> Arguments:
    return {"number": NONE}


@sample("tasks:file", "tasks:own-file")
def no_such_file() -> Arguments:
    return {"number": NONE, "file": NONE}


@sample("tasks:receive", "tasks:own-new")
def a_request() -> Arguments:
    return {"kind": "request"}


@sample("api:task")
def no_such_task_of_the_api() -> Arguments:
    return {"number": NONE}
