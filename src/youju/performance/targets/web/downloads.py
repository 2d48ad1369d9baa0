"""The official form as a file: the whole document or one project's table."""

from __future__ import annotations

import json
from typing import Literal, cast
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.performance.targets import permissions, selectors, services
from youju.performance.targets.documents import write_document
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
