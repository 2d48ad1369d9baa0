"""The same policy at another time: its windows moved by whole years, or stretched over an edge to see what that would earn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from youju.rules.funds.subsidies.shapes import Increment, Window
from youju.rules.funds.subsidies.texts import PolicyText


def moved(policy: PolicyText, years: int) -> PolicyText:
    """The policy with every window moved by so many years; examples stay behind, for their dates would no longer fit."""
    if not years:
        return policy
    before = policy.eligible.filed_before
    return replace(
        policy,
        window=_window(policy.window, years),
        filing=_window(policy.filing, years),
        eligible=replace(policy.eligible, filed_before=before and _day(before, years)),
        clauses=tuple(
            replace(clause, shape=replace(clause.shape, base=_window(clause.shape.base, years)))
            if isinstance(clause.shape, Increment)
            else clause
            for clause in policy.clauses
        ),
        examples=(),
    )


def later_exports(policy: PolicyText, days: int) -> PolicyText:
    """As if what was released in the days after the window had still been released within it."""
    return replace(
        policy, window=Window(policy.window.start, policy.window.end + timedelta(days=days)), examples=()
    )


def earlier_exports(policy: PolicyText, days: int) -> PolicyText:
    """As if what was released in the days before the window had been held back into it, out of a base that ends there."""
    start = policy.window.start - timedelta(days=days)
    clauses = tuple(
        replace(
            clause, shape=replace(clause.shape, base=_until(clause.shape.base, policy.window.start, start))
        )
        if isinstance(clause.shape, Increment)
        else clause
        for clause in policy.clauses
    )
    return replace(policy, window=Window(start, policy.window.end), clauses=clauses, examples=())


def _until(base: Window, edge: date, day: date) -> Window:
    return Window(base.start, day) if base.end == edge and base.start < day else base


def _window(window: Window, years: int) -> Window:
    return Window(_day(window.start, years), _day(window.end, years))


def _day(day: date, years: int) -> date:
    """The same day of another year; 29 February becomes 1 March, so that a half-open range keeps its days."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 1 + 2, 1)
