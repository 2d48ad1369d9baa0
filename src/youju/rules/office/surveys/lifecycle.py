"""The life of a survey, as a table: built, looked at and published by another person, answered, closed."""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

SURVEY_KIND = "surveys.survey"
DRAFT, REVIEW, OPEN, CLOSED, DROPPED = "draft", "review", "open", "closed", "dropped"

SURVEY_FLOW = Flow(
    code=SURVEY_KIND,
    title="满意度调查",
    since=date(2020, 1, 1),
    initial=DRAFT,
    states=(
        State(DRAFT, "起草中"),
        State(REVIEW, "待发布", "surveys.publish", "office.surveys.publish_days"),
        State(OPEN, "答卷中"),
        State(CLOSED, "已结束", final=True),
        State(DROPPED, "已放弃", final=True),
    ),
    transitions=(
        Transition("submit", "送审", (DRAFT,), REVIEW, "surveys.edit"),
        Transition("publish", "发布", (REVIEW,), OPEN, "surveys.publish", not_by=("submit",)),
        Transition("refuse", "退回修改", (REVIEW,), DRAFT, "surveys.publish", reason_required=True,
                   not_by=("submit",), returns=True),
        Transition("take_back", "撤回", (REVIEW,), DRAFT, "surveys.edit", returns=True, own="submit"),
        Transition("close", "提前结束", (OPEN,), CLOSED, "surveys.publish", reason_required=True),
        Transition("expire", "到期结束", (OPEN,), CLOSED, "", automatic=True),
        Transition("drop", "放弃", (DRAFT,), DROPPED, "surveys.edit", reason_required=True),
    ),
)  # fmt: skip
STATES = {state.code: state.label for state in SURVEY_FLOW.states}
