"""What a chain's page, the command and the API ask for: one call each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, overload

from django.utils import timezone

from youju.foundation.identity.permissions import allowed, require
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.trade.tracing import permissions
from youju.trade.tracing.selectors import finding
from youju.trade.tracing.selectors.chains import ChainLine, ChainRow, chain_lines, chain_rows
from youju.trade.tracing.selectors.codes import LABELLED
from youju.trade.tracing.selectors.finding import Origin
from youju.trade.tracing.selectors.overview import Overview, overview_of
from youju.trade.tracing.selectors.scopes import Scope, scope_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


class Lines(Sequence[ChainLine]):
    """The order lines of a chain, of which only the page asked for is read."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def __len__(self) -> int:
        return len(self.scope.ids)

    @overload
    def __getitem__(self, at: int) -> ChainLine: ...
    @overload
    def __getitem__(self, at: slice) -> list[ChainLine]: ...
    def __getitem__(self, at: int | slice) -> ChainLine | list[ChainLine]:
        if isinstance(at, slice):
            return chain_lines(self.scope, self.scope.ids[at])
        return chain_lines(self.scope, [self.scope.ids[at]])[0]


class Rows(Sequence[ChainRow]):
    """The chain as rows of a file, streamed when they are walked; ``len`` counts the lines: each gives a row or more."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def __len__(self) -> int:
        return len(self.scope.ids)

    def __iter__(self) -> Iterator[ChainRow]:
        return chain_rows(self.scope)

    @overload
    def __getitem__(self, at: int) -> ChainRow: ...
    @overload
    def __getitem__(self, at: slice) -> list[ChainRow]: ...
    def __getitem__(self, at: int | slice) -> ChainRow | list[ChainRow]:
        return list(self)[at]


@dataclass(frozen=True)
class ChainPage:
    """A chain: where it starts, what it looks like from afar, its lines. ``may_label``: whether codes may be made from here."""

    origin: Origin
    lines: Lines
    hidden: int
    may_label: bool

    @property
    def at_once(self) -> bool:
        """Whether its lines are few enough to be added up with the page (a policy of the house)."""
        most = whole(law_on(timezone.localdate()), "trade.tracing.picture_lines")
        return len(self.lines) <= most

    @cached_property
    def overview(self) -> Overview:
        """The picture and the balance; read when first looked at, so not for another page of the lines."""
        return overview_of(self.lines.scope)


def look_up(*, actor: User, text: str) -> Origin:
    """What a number names for the actor.

    Raises:
        PermissionDenied: the actor may not trace.
        InputError: nothing (404), or several things (409).
    """
    require(actor, permissions.VIEW)
    return finding.origin(text)


def chain_page(*, actor: User, kind: str, number: str) -> ChainPage:
    """The chain from a record. As many queries for a hundred thousand lines as for one.

    Raises:
        PermissionDenied: the actor may not trace.
        InputError: no such record that the actor sees (404), or several (409).
    """
    require(actor, permissions.VIEW)
    origin = finding.origin_of(kind, number)
    return _page(origin, may_label=kind in LABELLED and allowed(actor, permissions.LABEL))


def chain_at_the_machine(text: str) -> ChainPage:
    """The chain of whatever a number names, in the reach in force: for the command.

    Raises:
        InputError: nothing bears the number (404), or several things do (409).
    """
    return _page(finding.origin(text), may_label=False)


def _page(origin: Origin, *, may_label: bool) -> ChainPage:
    scope = scope_of(origin)
    return ChainPage(origin, Lines(scope), scope.hidden, may_label and bool(scope.ids))
