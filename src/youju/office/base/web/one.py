"""One record: entered, put right, shown with its days and files; a platform project on its way."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import revision, told, valid
from youju.office.base import permissions, selectors, services
from youju.office.base.registers import REGISTERS
from youju.office.base.services import BaseRefusedError
from youju.office.base.web.forms import DoneForm, FileForm, MilestoneForm, form_of
from youju.office.base.web.lists import TONES, state_badge
from youju.rules.office.base.kinds import PLATFORMS
from youju.rules.office.base.lifecycle import STATES


@require_safe
@permission_required(permissions.VIEW)
def record(request: HttpRequest, register: str, number: int) -> HttpResponse:
    """One record."""
    _known(register)
    page = selectors.record_page(permissions.actor_of(request), register, number)
    context = {
        "page": page,
        "row": page.row,
        "register": page.register,
        "kind": page.register.subject_kind,
        "badge": state_badge(register, page.row),
        "tone": TONES.get(page.state, "plain"),
        "platform": register == PLATFORMS,
        "milestone_form": MilestoneForm(),
        "file_form": FileForm(),
    }
    return render(request, "base/record.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def new(request: HttpRequest, register: str) -> HttpResponse:
    """Enter a record."""
    return _form(request, register, None)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.EDIT)
def edit(request: HttpRequest, register: str, number: int) -> HttpResponse:
    """Put a record right."""
    return _form(request, register, number)


def _form(request: HttpRequest, register: str, number: int | None) -> HttpResponse:
    _known(register)
    actor, declared = permissions.actor_of(request), REGISTERS[register]
    row = selectors.record_of(actor, register, number) if number is not None else None
    form = form_of(register)(
        request.POST if request.method == "POST" else None, initial=_first(register, row)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.register_record(
                actor=actor, register=register, wish=form.wish, record_id=number, revision=revision(request)
            )
        except BaseRefusedError as error:
            form.refuse(error)
        except InputError as error:
            if error.status in (404, 409):
                raise
            form.add_error(None, str(error))
        else:
            for each in made.findings:
                messages.warning(request, each.told)
            messages.success(request, "已保存。" if row else f"已登记这条{declared.noun}。")
            return HttpResponseRedirect(reverse("base:record", args=[register, made.row.pk]))
    context = {"form": form, "row": row, "register": declared}
    return render(request, "base/form.html", context, status=422 if form.errors else 200)


def _first(register: str, row: Any) -> dict[str, Any] | None:
    if row is None:
        return None
    found = {field.name: getattr(row, field.name) for field in REGISTERS[register].all_fields}
    return found | ({"repeals": "、".join(row.repeals)} if "repeals" in found else {})


@require_POST
@permission_required(permissions.EDIT)
def add_paper(request: HttpRequest, register: str, number: int) -> HttpResponse:
    """Take a file in."""
    _known(register)

    def deed() -> str:
        given: Any = valid(FileForm(request.POST, request.FILES))
        found = services.add_paper(
            actor=permissions.actor_of(request),
            register=register,
            record_id=number,
            content=given["file"].file,
            name=given["file"].name,
            evidence=request.POST.get("role") == "evidence",
        )
        return f"已上传“{found.name}”。"

    return told(request, reverse("base:record", args=[register, number]), deed)


@require_safe
@permission_required(permissions.VIEW)
def paper(request: HttpRequest, register: str, number: int, file: int) -> HttpResponseBase:
    """A file of it."""
    _known(register)
    found = services.hand_out_paper(
        actor=permissions.actor_of(request), register=register, record_id=number, file_id=file
    )
    response = file_response(request, found.kept, name=found.name, inline=True)
    response["Cache-Control"] = "no-store, private"
    return response


@require_POST
@permission_required(permissions.EDIT)
def add_milestone(request: HttpRequest, number: int) -> HttpResponse:
    """Agree a milestone."""

    def deed() -> str:
        given: Any = valid(MilestoneForm(request.POST))
        services.add_milestone(actor=permissions.actor_of(request), record_id=number, **given)
        return "已登记这个节点。"

    return told(request, reverse("base:record", args=[PLATFORMS, number]), deed)


@require_POST
@permission_required(permissions.EDIT)
def finish_milestone(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """Note when a milestone was done, or take it away."""

    def deed() -> str:
        given: Any = valid(DoneForm(request.POST))
        drop = request.POST.get("drop") == "yes"
        if not drop and given["done_on"] is None:
            raise InputError("没有写完成日期", where="完成日期", how="请填写日期")
        services.finish_milestone(
            actor=permissions.actor_of(request),
            record_id=number,
            place=place,
            done_on=None if drop else given["done_on"],
        )
        return "已删去这个节点。" if drop else "已登记节点完成。"

    return told(request, reverse("base:record", args=[PLATFORMS, number]), deed)


@require_POST
@permission_required(permissions.VIEW)
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Take a step with a platform project."""

    def deed() -> str:
        row = services.take_platform_step(
            actor=permissions.actor_of(request),
            record_id=number,
            step=request.POST.get("transition", ""),
            reason=request.POST.get("reason", ""),
            expected=request.POST.get("state", ""),
        )
        return f"已办理，项目现在的状态是“{STATES[row.state]}”。"

    return told(request, reverse("base:record", args=[PLATFORMS, number]), deed)


def _known(register: str) -> None:
    if register not in REGISTERS:
        raise Http404("没有这种记录")
