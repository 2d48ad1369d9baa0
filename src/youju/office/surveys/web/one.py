"""One survey: its questions, channels and steps; the sheet as it will be seen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import told, valid
from youju.office.surveys import permissions, selectors, services
from youju.office.surveys.web.drawing import drawn
from youju.office.surveys.web.forms import (
    ChannelForm,
    HandOutForm,
    PutOffForm,
    QuestionForm,
    TokensForm,
)
from youju.office.surveys.web.telling import TONES, period, tell
from youju.office.surveys.web.wording import language_of, words_of
from youju.rules.office.surveys.lifecycle import STATES, SURVEY_KIND
from youju.rules.office.surveys.questions import KIND_NAMES


@require_safe
@permission_required(permissions.VIEW)
def survey(request: HttpRequest, number: int) -> HttpResponse:
    """One survey."""
    return show(request, number)


@require_POST
@permission_required(permissions.VIEW)
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Take a step with it."""

    def work() -> str:
        taken = services.take_step(
            actor=permissions.actor_of(request),
            survey_id=number,
            step=request.POST.get("transition", ""),
            reason=request.POST.get("reason", ""),
            expected=request.POST.get("state", ""),
        )
        tell(request, taken.findings)
        return f"已办理，调查现在的状态是“{STATES[taken.survey.state]}”。"

    return told(request, reverse("surveys:survey", args=[number]), work)


@require_POST
@permission_required(permissions.PUBLISH)
def put_off(request: HttpRequest, number: int) -> HttpResponse:
    """Give it another last day."""

    def work() -> str:
        closes_on = valid(PutOffForm(request.POST))["closes_on"]
        services.put_off(actor=permissions.actor_of(request), survey_id=number, closes_on=closes_on)  # type: ignore[arg-type]
        return f"截止日期已改为 {closes_on}。"

    return told(request, reverse("surveys:survey", args=[number]), work)


@require_safe
@permission_required(permissions.VIEW)
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """The sheet as it will be seen; it cannot be sent."""
    row = selectors.one_of(permissions.actor_of(request), number)
    language = language_of(request)
    context = drawn(selectors.preview_of(row), language, {}, {}) | {
        "words": words_of(language),
        "language": language,
        "preview": True,
    }
    return render(request, "surveys/sheet.html", context)


def show(request: HttpRequest, number: int, question: QuestionForm | None = None) -> HttpResponse:
    """The page, with what was wrong with a question that was to be added."""
    page = selectors.survey_page(permissions.actor_of(request), number)
    context = {
        "page": page,
        "row": page.survey,
        "kind": SURVEY_KIND,
        "tone": TONES.get(page.survey.state, "plain"),
        "period": period(page.survey.year, page.survey.quarter),
        "questions": [(each, KIND_NAMES[each.kind]) for each in page.questions],
        "channels": [
            (
                each,
                HandOutForm(initial={"handed_out": each.channel.handed_out}, prefix=f"h{each.channel.pk}"),
                TokensForm(initial={"count": min(60, page.most_tokens)}, prefix=f"t{each.channel.pk}"),
            )
            for each in page.standing.channels
        ],
        "may_copy": allowed(permissions.actor_of(request), permissions.EDIT),
        "question_form": question or QuestionForm(initial={"required": True}),
        "channel_form": ChannelForm(),
        "put_off_form": PutOffForm(initial={"closes_on": page.survey.closes_on}),
    }
    return render(request, "surveys/survey.html", context, status=422 if question else 200)
