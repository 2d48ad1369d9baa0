"""What the portal's pages read from the rooms, each part only for who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from youju.foundation.identity import selectors as identity
from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.policies.catalogue import RuleEntry, rule_catalogue
from youju.foundation.workflow import selectors as workflow
from youju.performance.targets import selectors as targets
from youju.portal.own_trade import OwnTrade, own_trade
from youju.rules.registry import REGISTRY
from youju.trade.parties import selectors as parties
from youju.trade.statistics import selectors as statistics

BUSIEST = 5
FIRST = 8
HITS = 30


@dataclass(frozen=True, slots=True)
class Step:
    """Something that waits to be done: a sentence, where it is done, the word on the link."""

    text: str
    url: str
    action: str
    severity: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class RuleTally:
    """A rule that spoke in this year's targets."""

    rule: str
    title: str
    severity: str
    count: int


@dataclass(frozen=True, slots=True)
class Accounts:
    """How many accounts there are, how many still have an initial password, how many are closed."""

    everyone: int
    initial: int
    closed: int


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the year's targets stand: the version on its way, else the one in force, as a picture of stages."""

    version: int
    label: str
    url: str
    milestones: tuple[workflow.Milestone, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """The home page of one user; parts that the user may not see are empty."""

    sees_targets: bool
    overview: targets.Overview | None
    steps: tuple[Step, ...]
    busiest: tuple[targets.ProjectRow, ...]
    tallies: tuple[RuleTally, ...]
    may_import: bool
    accounts: Accounts | None
    todo: tuple[workflow.TodoItem, ...] = ()
    todo_more: int = 0
    stage: Stage | None = None
    late: int = 0
    reminders: parties.Waiting | None = None
    trade: OwnTrade | None = None
    alerts: int = 0
    sees_measures: bool = False

    @property
    def todo_words(self) -> str:
        """How many things wait in all, in words."""
        return workflow.counted(len(self.todo) + self.todo_more)

    @property
    def more_words(self) -> str:
        """How many of them are not listed, in words."""
        many = len(self.todo) + self.todo_more > workflow.COUNT_MOST
        return self.todo_words if many else str(self.todo_more)

    @property
    def late_words(self) -> str:
        """How many of them are late, in words."""
        return workflow.counted(self.late)


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A rule that a search found."""

    id: str
    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found; ``more`` when the list of targets was cut at ``HITS``."""

    targets: tuple[targets.Hit, ...]
    rules: tuple[RuleHit, ...]
    more: bool

    @property
    def total(self) -> int:
        """How many results are listed."""
        return len(self.targets) + len(self.rules)


def home(user: Any) -> Home:
    """What matters to this user now."""
    sees = allowed(user, Permission.TARGETS_VIEW)
    may_import = allowed(user, Permission.TARGETS_IMPORT)
    accounts = _accounts(user) if allowed(user, Permission.USERS_MANAGE) else None
    overview = targets.overview() if sees else None
    todo, more, late = _waiting(user)
    reminders = parties.reminders_for(user)
    if overview is None:
        return Home(
            sees, None, (), (), (), may_import, accounts, todo, more, late=late, reminders=reminders,
            trade=own_trade(user), alerts=statistics.open_alerts(actor=user),
        )  # fmt: skip
    rows = targets.project_rows(overview.target_set, plans=False)
    busiest = sorted(rows, key=lambda row: (-row.errors, -row.warnings, -row.hints, row.number))
    return Home(
        sees_targets=True,
        overview=overview,
        steps=_steps(overview, may_edit=allowed(user, Permission.TARGETS_EDIT)),
        busiest=tuple(row for row in busiest if row.findings)[:BUSIEST],
        tallies=_tallies(overview),
        may_import=may_import,
        accounts=accounts,
        todo=todo,
        todo_more=more,
        stage=_stage(overview),
        late=late,
        reminders=reminders,
        trade=own_trade(user),
        alerts=statistics.open_alerts(actor=user),
        sees_measures=allowed(user, Permission.MEASURES_VIEW),
    )


def _waiting(user: Any) -> tuple[tuple[workflow.TodoItem, ...], int, int]:
    """The first things that wait for the user, how many more there are, how many of all are late."""
    first = tuple(workflow.todo(user, limit=FIRST + 1))
    if len(first) <= FIRST:
        return first, 0, sum(item.late for item in first)
    total, late = workflow.todo_counts(user)
    return first[:FIRST], total - FIRST, late


def _stage(overview: targets.Overview) -> Stage:
    shown = targets.open_set(overview.target_set) or overview.target_set
    return Stage(
        version=shown.version,
        label=targets.state_label(shown),
        url=reverse("targets:version", args=[shown.pk]),
        milestones=tuple(targets.stages(shown)),
    )


def _accounts(user: Any) -> Accounts:
    def count(state: str) -> int:
        return identity.users(actor=user, state=state).count()

    return Accounts(count(""), count("initial"), count("closed"))


def _steps(overview: targets.Overview, *, may_edit: bool) -> tuple[Step, ...]:
    findings = reverse("targets:findings")
    steps = []
    if overview.stale:
        word = "重新审核" if may_edit else "查看"
        steps.append(Step("政策值有改动，审核意见是按旧值得出的", findings, word))
    for severity, count, text, action in (
        ("error", overview.errors, "须改正后才能上报", "逐条改正" if may_edit else "查看"),
        ("warning", overview.warnings, "须改正或说明理由", "逐条答复" if may_edit else "查看"),
    ):
        if count:
            steps.append(Step(text, f"{findings}?severity={severity}", action, severity, count))
    if overview.unserved:
        text = f"{overview.unserved} 项分项绩效目标没有项目承接"
        steps.append(Step(text, reverse("targets:department"), "对应项目" if may_edit else "查看"))
    return tuple(steps)


def _tallies(overview: targets.Overview) -> tuple[RuleTally, ...]:
    counts = sorted(targets.rule_counts(overview.target_set), key=lambda each: -each.count)[:BUSIEST]
    return tuple(
        RuleTally(
            each.rule,
            REGISTRY.versions(each.rule)[-1].title if each.rule in REGISTRY else each.rule,
            each.severity,
            each.count,
        )
        for each in counts
    )


def find(user: Any, text: str) -> Found:
    """Projects, indicator rows and rules that contain every word, as far as the user may see them."""
    words = text.replace("\0", "").casefold().split()
    if not words:
        return Found((), (), more=False)
    hits: list[targets.Hit] = []
    if allowed(user, Permission.TARGETS_VIEW):
        hits = targets.search(" ".join(words), limit=HITS + 1)
    rules: list[RuleHit] = []
    if allowed(user, Permission.REFERENCE_VIEW):
        rules = [RuleHit(each.id, each.title, each.sentence) for each in _rules_with(words)]
    return Found(tuple(hits[:HITS]), tuple(rules), more=len(hits) > HITS)


def _rules_with(words: list[str]) -> list[RuleEntry]:
    latest = {entry.id: entry for entry in rule_catalogue()}  # by date: the last version of an id stays

    def holds(entry: RuleEntry) -> bool:
        text = f"{entry.id} {entry.title} {entry.sentence}".casefold()
        return all(word in text for word in words)

    return [entry for entry in latest.values() if holds(entry)]
