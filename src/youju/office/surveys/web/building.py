"""Building a questionnaire: begun, copied, put right; its questions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import revision, told
from youju.office.surveys import permissions, selectors, services
from youju.office.surveys.web.forms import QuestionForm, SurveyForm
from youju.office.surveys.web.one import show

if TYPE_CHECKING:
    from youju.office.surveys.models import Question


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a questionnaire."""
    actor, today = permissions.actor_of(request), timezone.localdate()
    first = {"year": today.year, "quarter": 0, "closes_on": today + timedelta(days=30)}
    form = SurveyForm(
        request.POST if request.method == "POST" else None,
        initial=first,
        earlier=selectors.earlier_choices(actor),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.build_survey(actor=actor, wish=form.wish)
        except InputError as error:
            form.add_error("tags" if error.where == "标签" else None, str(error))
        else:
            messages.success(request, f"已建立 {made.number}。接着加题目和渠道。")
            return HttpResponseRedirect(reverse("surveys:survey", args=[made.pk]))
    return render(request, "surveys/form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Put a questionnaire right."""
    actor = permissions.actor_of(request)
    row = selectors.one_of(actor, number)
    first = {name: getattr(row, name) for name in SurveyForm.base_fields if name not in ("tags", "previous")}
    form = SurveyForm(
        request.POST if request.method == "POST" else None,
        initial=first | {"tags": "、".join(row.tags), "previous": row.previous_id},
        earlier=selectors.earlier_choices(actor),
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.change_survey(actor=actor, survey_id=number, wish=form.wish, revision=revision(request))
        except InputError as error:
            if error.status in (404, 409):
                raise
            form.add_error("tags" if error.where == "标签" else None, str(error))
        else:
            messages.success(request, "已保存。")
            return HttpResponseRedirect(reverse("surveys:survey", args=[number]))
    context = {"form": form, "row": row}
    return render(request, "surveys/form.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required(permissions.EDIT)
def copy(request: HttpRequest, number: int) -> HttpResponse:
    """Begin the next year's from this one."""
    made = services.copy_survey(actor=permissions.actor_of(request), survey_id=number)
    messages.success(request, f"已照着建立 {made.number}，题目和渠道都抄过来了，请核对年份和截止日期。")
    return HttpResponseRedirect(reverse("surveys:survey", args=[made.pk]))


@require_POST
@permission_required(permissions.EDIT)
def add_question(request: HttpRequest, number: int) -> HttpResponse:
    """Put a question at the end."""
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            made = services.add_question(
                actor=permissions.actor_of(request), survey_id=number, wish=form.wish
            )
        except InputError as error:
            if error.status in (404, 409):
                raise
            form.add_error("tags" if error.where == "标签" else None, str(error))
        else:
            messages.success(request, f"已加第 {made.place} 题。")
            return HttpResponseRedirect(reverse("surveys:survey", args=[number]) + f"#q{made.place}")
    return show(request, number, question=form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def question(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """Put a question right."""
    page = selectors.survey_page(permissions.actor_of(request), number)
    row = next((each for each in page.questions if each.place == place), None)
    if row is None:
        raise Http404("没有这道题")
    form = QuestionForm(request.POST if request.method == "POST" else None, initial=_initial(row))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_question(
                actor=permissions.actor_of(request), survey_id=number, place=place, wish=form.wish
            )
        except InputError as error:
            if error.status in (404, 409):
                raise
            form.add_error("tags" if error.where == "标签" else None, str(error))
        else:
            messages.success(request, f"第 {place} 题已保存。")
            return HttpResponseRedirect(reverse("surveys:survey", args=[number]) + f"#q{place}")
    context = {"form": form, "row": page.survey, "question": row}
    return render(request, "surveys/question.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required(permissions.EDIT)
def move(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """Let it change places with its neighbour."""
    services.move_question(
        actor=permissions.actor_of(request), survey_id=number, place=place, up=request.POST.get("to") == "up"
    )
    return HttpResponseRedirect(reverse("surveys:survey", args=[number]) + "#questions")


@require_POST
@permission_required(permissions.EDIT)
def remove(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """Take it out."""

    def work() -> str:
        services.remove_question(actor=permissions.actor_of(request), survey_id=number, place=place)
        return f"已删去第 {place} 题，后面的往前移。"

    return told(request, reverse("surveys:survey", args=[number]) + "#questions", work)


def _initial(row: Question) -> dict[str, object]:
    return {
        "kind": row.kind,
        "text": row.text,
        "text_en": row.text_en,
        "tags": "、".join(row.tags),
        "options": "\n".join(f"{zh} | {en}" if en else zh for zh, en in row.options),
        "required": row.required,
    }
