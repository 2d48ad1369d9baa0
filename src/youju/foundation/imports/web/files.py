"""Files out: the template, the file that was uploaded, the annotated one."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from youju.foundation.files.selectors import attachments
from youju.foundation.files.sending import file_response
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.imports import permissions, selectors
from youju.foundation.imports.services.receiving import batch_subject
from youju.foundation.imports.template import template_of
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@permission_required(permissions.OWN)
@require_safe
def template(request: HttpRequest, code: str) -> HttpResponse:
    """The template of an import."""
    importer = selectors.importer_for(cast("User", request.user), code)
    response = HttpResponse(template_of(importer), content_type=_XLSX)
    response["Content-Disposition"] = (
        content_disposition_header(True, f"{importer.title}模板.xlsx") or "attachment"
    )
    return response


@permission_required(permissions.OWN)
@require_safe
def batch_file(request: HttpRequest, batch_id: uuid.UUID, role: str) -> HttpResponseBase:
    """A file of a batch: ``source`` or ``annotated``."""
    found = selectors.batch(cast("User", request.user), batch_id)
    files = attachments(batch_subject(found), role)
    if not files:
        raise InputError("这一批没有这个文件", how="请回到这一批的页面", status=404)
    return file_response(request, files[-1].kept, name=files[-1].name)
