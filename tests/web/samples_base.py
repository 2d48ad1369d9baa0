"""Sample arguments for the addresses of the room of the base."""

from __future__ import annotations

from web.samples import Arguments, sample

NONE = 999_999_999


@sample("api:base_records", "api:register_base_record")
def a_table() -> Arguments:
    return {"table": "documents"}


@sample("api:base_record")
def no_such_record_of_the_api() -> Arguments:
    return {"table": "documents", "number": NONE}


@sample("base:list", "base:new")
def a_register() -> Arguments:
    return {"register": "documents"}


@sample("base:record", "base:edit", "base:paper-add")
def no_such_record() -> Arguments:
    return {"register": "documents", "number": NONE}


@sample("base:paper")
def no_such_paper() -> Arguments:
    return {"register": "documents", "number": NONE, "file": 1}


@sample("base:platform-step", "base:milestone-add")
def no_such_platform() -> Arguments:
    return {"number": NONE}


@sample("base:milestone")
def no_such_milestone() -> Arguments:
    return {"number": NONE, "place": 1}
