"""What a visitor reads when something is wrong: one Chinese page, one toast for htmx, one JSON for programs.

``config.urls`` names the handlers; ``settings.CSRF_FAILURE_VIEW`` names :func:`csrf_failure`. A view may answer with
:func:`error_page` itself.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from youju.foundation.kernel.errors import InputError

_CHINESE = re.compile(r"[一-鿿]")


@dataclass(frozen=True, slots=True)
class Page:
    """What one status says: headline, sentence, how to go on."""

    headline: str
    sentence: str
    how: str


PAGES = {
    400: Page("请求无法识别", "浏览器发来的内容不完整或格式不对。", "请返回上一页，刷新后重新填写提交。"),
    403: Page(
        "没有权限", "您的账号不能打开这个页面或执行这个操作。", "如工作需要，请联系系统管理员开通权限。"
    ),
    404: Page(
        "找不到这个页面",
        "地址有误，或者所指的内容已经不在。",
        "请检查地址，或从首页重新进入。",
    ),
    405: Page("不能这样打开", "这个地址只接受页面上的按钮提交。", "请回到原来的页面，用页面上的按钮办理。"),
    413: Page(
        "文件太大", "提交的内容超过了系统一次能接收的大小。", "请拆分文件，或另存为更小的文件后再上传。"
    ),
    422: Page("内容有误", "提交的内容不能使用。", "请按提示改正后重新提交。"),
    429: Page("操作太频繁", "短时间内提交次数过多，已暂停受理。", "请稍等几分钟后再试。"),
    500: Page(
        "系统出错",
        "系统没能完成这次操作，数据没有改动。",
        "请稍后再试；若再次出现，请把出错的时间告诉系统管理员。",
    ),
}


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks: an address of the API, or a request that takes JSON and no page."""
    if request.path_info.startswith("/api/"):
        return True
    accepted = request.headers.get("Accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def toast_header(text: str, tone: str = "error") -> str:
    """The value of ``HX-Trigger`` that shows a toast; ASCII, as headers must be."""
    return json.dumps({"shell:toast": {"text": text, "tone": tone}})


def error_page(
    request: HttpRequest, status: int, *, sentence: str = "", headline: str = "", how: str = ""
) -> HttpResponse:
    """Answer with a status in the shell; words left out are those of :data:`PAGES`.

    With ``sentence`` and no ``how`` no advice follows, as the sentence says how to mend it.
    """
    page = PAGES.get(status, PAGES[400 if status < 500 else 500])
    words = sentence or page.sentence
    advice = how or ("" if sentence else page.how)
    if wants_json(request):
        return JsonResponse(
            {"detail": words + advice}, status=status, json_dumps_params={"ensure_ascii": False}
        )
    if request.headers.get("HX-Request"):
        return HttpResponse(status=status, headers={"HX-Trigger": toast_header(words + advice)})
    context = {
        "title": headline or page.headline,
        "status": status,
        "sentence": words,
        "how": advice,
        "back": _back(request),
    }
    return render(request, "shell/errors/error.html", context, status=status)


def input_error_page(request: HttpRequest, error: InputError) -> HttpResponse:
    """Answer for bad input: its sentence and its status."""
    return error_page(
        request,
        error.status,
        sentence=str(error),
        headline=PAGES[413].headline if error.status == 413 else "",
    )


def _back(request: HttpRequest) -> str:
    """The page of this site that the visitor came from, if it is another one."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if not parts.netloc or parts.netloc != request.META.get("HTTP_HOST") or parts.path == request.path:
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _own_words(exception: Any) -> str:
    """The sentence that our code gave an exception; what the framework says in English is left out."""
    words = exception.args[0] if exception is not None and exception.args else ""
    return words if isinstance(words, str) and _CHINESE.search(words) else ""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """``handler400``; a body that was too big is a 413."""
    return error_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """``handler403``."""
    return error_page(request, 403, sentence=_own_words(exception))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """``handler404``."""
    return error_page(request, 404, sentence=_own_words(exception))


def server_error(request: HttpRequest) -> HttpResponse:
    """``handler500``: reads no table and no session, for either may be what failed."""
    page = PAGES[500]
    if wants_json(request):
        return JsonResponse(
            {"detail": page.sentence + page.how}, status=500, json_dumps_params={"ensure_ascii": False}
        )
    if request.headers.get("HX-Request"):
        return HttpResponse(status=500, headers={"HX-Trigger": toast_header(page.sentence + page.how)})
    return HttpResponse(render_to_string("shell/errors/500.html", {"page": page}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """``CSRF_FAILURE_VIEW``: nearly always a page that stood open too long."""
    return error_page(
        request,
        403,
        headline="页面已过期",
        sentence="这个页面打开得太久，或浏览器没有保存 Cookie，为了安全没有受理。",
        how="请返回上一页刷新后重新提交。",
    )
