"""What holds the payments of a project (暂停拨付): rooms above say it, payments ask before each goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Asker = Callable[[Sequence[int]], Mapping[int, str]]
"""Ids of projects → why their payments may not go on, in words; a project that nothing holds is left out."""

_askers: list[Asker] = []


def register_hold(asker: Asker) -> None:
    """Let a room above hold payments. It is asked once for all projects of a deed, and answers in one query.

    It must be asked under the projects' ledgers, and whoever decides a hold takes them first (``lock_ledgers``):
    so a payment is either on its way before the decision or refused after it.
    """
    if asker not in _askers:
        _askers.append(asker)


def holds_of(projects: Sequence[int]) -> dict[int, str]:
    """The reasons by project; several rooms' reasons stand in one sentence."""
    found: dict[int, list[str]] = {}
    for asker in _askers:
        for project, reason in asker(projects).items():
            found.setdefault(project, []).append(reason.rstrip("。"))
    return {project: "；".join(reasons) for project, reasons in found.items()}
