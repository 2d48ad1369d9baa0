"""The official form as a file: the whole document or one project's table."""

from __future__ import annotations

import json
import uuid
from typing import Literal, cast
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.documents.selectors import document_of
from youju.foundation.files.sending import file_response
from youju.foundation.identity.web.guards import permission_required
from youju.performance.targets import permissions, selectors, services
from youju.performance.targets.documents import write_document
from youju.performance.targets.services.forms import request_form
from youju.performance.targets.web.choosing import required_set
from youju.rules.performance.targets.codec import to_json

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "json": "application/json; charset=utf-8",
}
Format = Literal["docx", "xlsx", "pdf"]


@require_safe
@permission_required(permissions.EXPORT)
def document(request: HttpRequest, kind: str) -> HttpResponse:
    """The whole document of a year."""
    return _file(request, kind, None)


@require_safe
@permission_required(permissions.EXPORT)
def project(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """One project's table."""
    return _file(request, kind, code)


@require_POST
@permission_required(permissions.EXPORT)
def make(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Ask for the official form of a version; it is made in a job and kept with the version."""
    run = request_form(actor=permissions.actor_of(request), target_set_id=number, format=kind)
    if run is not None:
        return HttpResponseRedirect(reverse("operations:job", args=[run]))
    messages.success(request, "同样的内容已经生成过，可以直接下载。")
    return HttpResponseRedirect(reverse("targets:version", args=[number]))


@require_safe
@permission_required(permissions.EXPORT)
def made(request: HttpRequest, document_id: uuid.UUID) -> HttpResponseBase:
    """A form that was made before."""
    found = document_of(document_id)
    kept = found.kept if found and found.subject.kind == "targets.set" else None
    if found is None or kept is None:
        raise Http404("没有这份文书，或者它还没有生成好。")
    services.note_download(
        actor=permissions.actor_of(request), target_set_id=int(found.subject.key), what=found.name
    )
    return file_response(request, kept, name=found.name)


def _file(request: HttpRequest, kind: str, code: str | None) -> HttpResponse:
    if kind not in TYPES:
        raise Http404("没有这种格式，可选 docx、xlsx、pdf、json。")
    target_set = required_set(request)
    facts = selectors.document(target_set, project=code)
    if code is not None and not facts.projects:
        raise Http404(f"{target_set.fiscal_year} 年没有编码为 {code} 的项目。")
    if kind == "json":
        content = json.dumps(to_json(facts), ensure_ascii=False, indent=1).encode()
    else:
        # Word carries the pictures of the page as an appendix; the other formats are the form alone.
        content = write_document(
            facts,
            cast(Format, kind),
            projects=None if code is None else [code],
            pictures=kind == "docx",
        )
    what = facts.projects[0].name[:60] if code is not None else f"{target_set.fiscal_year}年绩效目标"
    name = f"{what}_绩效目标表.{kind}" if code is not None else f"{what}.{kind}"
    plain = f"targets-{target_set.fiscal_year}{'-' + code if code else ''}.{kind}"
    services.note_download(
        actor=permissions.actor_of(request), target_set_id=target_set.pk, what=f"{what}（{kind}）"
    )
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return response
