"""A flow is a table: states, and the transitions between them. A table that cannot work is refused when it is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class State:
    """Where a record may stand.

    Args:
        code: fixed for good, English.
        label: what people read, Chinese.
        permission: what somebody must hold for whom the record waits in this state; empty: it waits for nobody.
        deadline: id of the policy that says in how many working days it must be moved on; empty: no deadline.
        final: nothing leads out of it.
    """

    code: str
    label: str
    permission: str = ""
    deadline: str = ""
    final: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """One step.

    Args:
        code: fixed for good, English, a verb.
        label: the word on the button, Chinese.
        sources: the states from which it leads.
        target: the state to which it leads.
        permission: what the person must hold.
        reason_required: whether it needs a reason in words.
        not_by: codes of steps; whoever took one of them in the present round may not take this one (two-person control).
            A round begins with ``initial`` or with the last step that ``returns``.
        returns: it sends the record back: a new round begins.
        own: only the person who took the last step of this code may take it (a withdrawal).
        automatic: the clock takes it, nobody does (a term that runs out); it asks for no permission.
        outside: besides people, a message of another authority may take it (``workflow.services.follow``).
    """

    code: str
    label: str
    sources: tuple[str, ...]
    target: str
    permission: str
    reason_required: bool = False
    not_by: tuple[str, ...] = ()
    returns: bool = False
    own: str = ""
    automatic: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """A whole table, in force from a day on. A changed table is a new one under the same code with a later ``since``.

    Args:
        code: fixed for good, English; the first part of the audit verbs of its steps.
        title: what people read, Chinese.
        since: the day from which new records take this table; older ones stay with theirs.
        initial: the state in which a record begins.
        states: every state, in the order of the usual way.
        transitions: every step; the first that leads ahead out of a state is the usual one.
        within: only people of the organisation to which a record belongs take its steps.

    Raises:
        ValueError: a name is unknown or stands twice, a state can't be reached, or none but a final one leads nowhere.
    """

    code: str
    title: str
    since: date
    initial: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    within: bool = False

    def __post_init__(self) -> None:
        for fault in _faults(self):
            raise ValueError(f"flow {self.code}: {fault}")

    def state(self, code: str) -> State:
        """The state with the code.

        Raises:
            KeyError: there is none.
        """
        for state in self.states:
            if state.code == code:
                return state
        raise KeyError(code)

    def transition(self, code: str) -> Transition:
        """The transition with the code.

        Raises:
            KeyError: there is none.
        """
        for transition in self.transitions:
            if transition.code == code:
                return transition
        raise KeyError(code)

    def leaving(self, state: str) -> tuple[Transition, ...]:
        """The transitions that lead out of a state, in the order of the table."""
        return tuple(each for each in self.transitions if state in each.sources)

    def ahead(self, state: State) -> tuple[Transition, ...]:
        """The steps for which a record in the state waits: those of its permission that do not send it back."""
        return tuple(
            each
            for each in self.leaving(state.code)
            if each.permission == state.permission and not each.returns
        )

    def path(self) -> tuple[State, ...]:
        """The states from the first to a final one along the first transition that does not return: the usual way."""
        way = [self.state(self.initial)]
        while not way[-1].final:
            ahead = [each for each in self.leaving(way[-1].code) if not each.returns and not each.own]
            if not ahead or self.state(ahead[0].target) in way:
                break
            way.append(self.state(ahead[0].target))
        return tuple(way)


def _faults(flow: Flow) -> Iterable[str]:
    states = [state.code for state in flow.states]
    steps = [transition.code for transition in flow.transitions]
    if len(set(states)) != len(states) or len(set(steps)) != len(steps):
        yield "a code stands twice"
    if flow.initial not in states:
        yield f"the initial state {flow.initial} is unknown"
    labels = [(flow.code, flow.title), *((each.code, each.label) for each in flow.states)]
    labels += [(each.code, each.label) for each in flow.transitions]
    for code, label in labels:
        if not any("\u4e00" <= sign <= "\u9fff" for sign in label):
            yield f"{code} has no Chinese label"
    for step in flow.transitions:
        for state in (*step.sources, step.target):
            if state not in states:
                yield f"{step.code} names the unknown state {state}"
        for other in (*step.not_by, *((step.own,) if step.own else ())):
            if other not in steps:
                yield f"{step.code} names the unknown step {other}"
        if not step.permission and not step.automatic:
            yield f"{step.code} asks for no permission"
        if step.automatic and (step.permission or step.not_by or step.own or step.returns):
            yield f"{step.code} is taken by the clock and names people"
        if not step.sources:
            yield f"{step.code} leads on from no state"
    yield from _dead_ends(flow, states)


def _dead_ends(flow: Flow, states: list[str]) -> Iterable[str]:
    reached: set[str] = set()
    ahead = [flow.initial]
    while ahead:
        code = ahead.pop()
        if code not in reached:
            reached.add(code)
            ahead += [step.target for step in flow.transitions if code in step.sources]
    for state in flow.states:
        out = [step for step in flow.transitions if state.code in step.sources]
        if state.final and out:
            yield f"the final state {state.code} has a way out"
        if not state.final and not out:
            yield f"the state {state.code} has no way out and is not final"
        if state.deadline and not state.permission:
            yield f"the state {state.code} has a deadline and waits for nobody"
        if state.permission and not state.final and not flow.ahead(state):
            yield f"who must act in the state {state.code} has no step to take there"
        if state.final and (state.permission or state.deadline):
            yield f"the final state {state.code} waits for somebody"
    for state_code in states:
        if state_code not in reached:
            yield f"the state {state_code} is never reached"
