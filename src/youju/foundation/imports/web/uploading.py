"""Files in: by a plain form, or in pieces by the script, which goes on after a lost connection."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.imports import jobs, permissions, selectors, services
from youju.foundation.imports.limits import limit
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


class UploadForm(forms.Form):
    """One file; whatever else the address carries are the import's parameters."""

    file = forms.FileField(
        label="文件", error_messages={"required": "请选择文件。", "empty": "文件是空的，请重新选择。"}
    )
    again = forms.BooleanField(label="同一个文件已上传过，也重新导入", required=False)


@permission_required(permissions.OWN)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a file for an import."""
    user = cast("User", request.user)
    importer = selectors.importer_for(user, code)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch, new = jobs.take_in(
                actor=user,
                importer=code,
                name=file.name,
                content=file.file,
                parameters=request.GET.dict(),
                again=form.cleaned_data["again"],
            )
        except InputError as error:
            form.add_error("file", str(error))
        else:
            if not new:
                messages.warning(
                    request, "这个文件已经上传过，这是当时的那一批；要重新导入，请在上传页勾选“也重新导入”。"
                )
            return HttpResponseRedirect(reverse("imports:batch", args=[batch.pk]))
    context = {
        "importer": importer,
        "form": form,
        "piece_bytes": limit("piece_bytes"),
        "query": request.GET.urlencode(),
    }
    return render(request, "imports/upload.html", context, status=422 if form.errors else 200)


@permission_required(permissions.OWN)
@require_POST
def begin(request: HttpRequest, code: str) -> JsonResponse:
    """Begin an upload in pieces: ``{"name", "size"}`` → ``{"put", "finish", "received"}``."""
    wish = _json(request)
    found = services.begin_upload(
        actor=cast("User", request.user),
        importer=code,
        name=str(wish.get("name", "")),
        size=int(wish.get("size", 0) or 0),
        parameters=request.GET.dict(),
    )
    put, end = (reverse(f"imports:{name}", args=[found.pk]) for name in ("piece", "finish"))
    return JsonResponse({"put": put, "finish": end, "received": 0}, status=201)


@permission_required(permissions.OWN)
@require_http_methods(["GET", "HEAD", "PUT"])
def piece(request: HttpRequest, upload_id: uuid.UUID) -> JsonResponse:
    """Take a piece (``PUT`` with ``Upload-Offset``); ``GET`` tells how much has arrived."""
    user = cast("User", request.user)
    if request.method != "PUT":
        return JsonResponse({"received": selectors.upload(user, upload_id).received})
    offset = request.headers.get("Upload-Offset", "")
    if not offset.isdigit():
        raise InputError("缺少 Upload-Offset 标头", how="请写明这一段从第几个字节开始")
    received = services.put_piece(
        actor=user, upload_id=upload_id, offset=int(offset), piece=request.read(limit("piece_bytes") + 1)
    )
    return JsonResponse({"received": received})


@permission_required(permissions.OWN)
@require_POST
def finish(request: HttpRequest, upload_id: uuid.UUID) -> JsonResponse:
    """All pieces have come: ``{"sha256"}`` → where the batch is."""
    batch, new = jobs.take_upload(
        actor=cast("User", request.user), upload_id=upload_id, sha256=str(_json(request).get("sha256", ""))
    )
    return JsonResponse({"page": reverse("imports:batch", args=[batch.pk]), "new": new})


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        found = json.loads(request.body)
    except ValueError as error:
        raise InputError("请求不是 JSON") from error
    if not isinstance(found, dict):
        raise InputError("请求不是 JSON 对象")
    return found
