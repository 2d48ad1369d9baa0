"""States in words and colours, and the stages that a declaration went through with what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString

from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW
from youju.trade.declarations.selectors import DeclarationPage

if TYPE_CHECKING:
    from youju.foundation.workflow.selectors import CaseView
    from youju.trade.declarations.models import Declaration

TONES = {
    "planned": "hint", "pre_entry": "hint", "sent": "ink", "accepted": "ink", "rejected": "error", "inspection": "warning",
    "released": "approved", "exported": "approved", "withdrawn": "plain",
}  # fmt: skip
PLAN_LABELS = {"planning": "正在计算", "proposed": "待采用", "accepted": "已采用", "dropped": "已放弃"}
PLAN_TONES = {"planning": "hint", "proposed": "hint", "accepted": "approved", "dropped": "plain"}


@dataclass(frozen=True, slots=True)
class Stage:
    """A state that was entered: when, by whom, why; by when the next step was promised, and how that went."""

    label: str
    at: datetime
    by: str
    reason: str
    promised: date | None
    told: str
    tone: str


def label_of(row: Declaration) -> str:
    """The state in words."""
    return DECLARATION_FLOW.state(row.state).label


def state_badge(state: str) -> SafeString:
    """The state as a badge."""
    return format_html(
        '<span class="badge badge-{}">{}</span>',
        TONES.get(state, "plain"),
        DECLARATION_FLOW.state(state).label,
    )


def plan_badge(state: str) -> SafeString:
    """A plan's state as a badge."""
    return format_html('<span class="badge badge-{}">{}</span>', PLAN_TONES[state], PLAN_LABELS[state])


def _roles(case: CaseView) -> str:
    """Whose turn it is, without the codes of the organisations: their names stand at the head of the page."""
    return case.waits_for.partition("（")[0]


def stages(page: DeclarationPage) -> list[Stage]:
    """The stages, oldest first; the last one is where it stands."""
    found = []
    for step, following in zip(page.log, [*page.log[1:], None], strict=True):
        promised, told, tone = None, "", ""
        if following is not None:
            promised = following.due_on
            if following.within_limit is not None:
                days = (
                    f"用了 {following.working_days} 个工作日" if following.working_days else "不到一个工作日"
                )
                told, tone = (
                    (f"{days}，按期", "plain") if following.within_limit else (f"{days}，逾期", "error")
                )
        elif page.case and page.case.due_on:
            promised = page.case.due_on
            told, tone = ("已逾期", "error") if page.case.late else (f"等待{_roles(page.case)}", "hint")
        who = f"{step.by_name}（代 {step.on_behalf_of_name}）" if step.on_behalf_of else step.by_name
        found.append(Stage(step.to_label, step.at, who, step.reason, promised, told, tone))
    return found
