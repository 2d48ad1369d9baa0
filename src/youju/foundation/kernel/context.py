"""Who acts now, from where, in which request: set at the edge (page, API, command, job), read by audit and logs."""

from __future__ import annotations

import getpass
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

Part = TypeVar("Part")
Channel = Literal["", "web", "api", "command", "job"]


@dataclass(frozen=True, slots=True)
class Context:
    """The circumstances of an action.

    Args:
        actor: username of who acts; empty for the system itself.
        actor_name: the display name at that moment.
        on_behalf_of: username of the person whom ``actor`` stands in for; empty otherwise.
        organisation: code of the actor's organisation.
        address: client address as text; empty where there is none.
        request_id: one for each request, command or job run; it joins log lines, audit entries and jobs.
        channel: the edge it came in by.
        reads: which rows the database shows (``identity.reaching``): ``all``, ``sections:A,B``, ``own:12``, or none.
        writes: which rows it lets be written, in the same words.
    """

    actor: str = ""
    actor_name: str = ""
    on_behalf_of: str = ""
    organisation: str = ""
    address: str = ""
    request_id: str = ""
    channel: Channel = ""
    reads: str = ""
    writes: str = ""


_NOBODY = Context()
_now: ContextVar[Context] = ContextVar("youju_context")


def current() -> Context:
    """The context in force here."""
    return _now.get(_NOBODY)


def become(**changes: Any) -> None:
    """From here to the end of the enclosing ``acting`` block, the context with the given fields changed."""
    _now.set(replace(current(), **changes))


@contextmanager
def acting(**changes: Any) -> Iterator[Context]:
    """Within the block, the context with the given fields changed."""
    context = replace(current(), **changes)
    token = _now.set(context)
    try:
        yield context
    finally:
        _now.reset(token)


def carried(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts, each made under the context in force now: for what is still being read when the block has ended."""
    context, source = current(), iter(parts)
    return _carried(context, source)


def _carried(context: Context, source: Iterator[Part]) -> Iterator[Part]:
    try:
        while True:
            token = _now.set(context)
            try:
                part = next(source)
            except StopIteration:
                return
            finally:
                _now.reset(token)
            yield part
    finally:
        if close := getattr(source, "close", None):
            close()


@contextmanager
def reaching_all() -> Iterator[Context]:
    """Within the block every row can be read and written: for loaders, periodic jobs and whole-table care alone."""
    with acting(reads="all", writes="all") as context:
        yield context


@contextmanager
def at_the_machine() -> Iterator[Context]:
    """Within the block, whoever types a command acts as the machine's account: ``<account>@local``, 64 characters at most."""
    try:
        account = getpass.getuser()
    except (KeyError, OSError):  # a container may run us under a number that has no name
        account = f"uid{os.getuid()}"
    # Whoever may run commands here rules the database anyway.
    with acting(
        actor=f"{account}@local"[:64],
        channel="command",
        request_id=uuid.uuid4().hex,
        reads="all",
        writes="all",
    ) as context:
        yield context
