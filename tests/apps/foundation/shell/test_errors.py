"""Every status in Chinese: a page in the shell, a toast for htmx, JSON for programs."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from youju.foundation.kernel.errors import InputError
from youju.foundation.shell import errors
from youju.foundation.shell.middleware import InputErrors, RequestSize

FILE = InputError("文件是空的", where="目标.docx", how="请重新导出后再上传")


def ask(path: str = "/targets/import/", **headers: str):
    return RequestFactory().post(path, headers=headers)


def mended(request, exception: Exception) -> HttpResponse | None:
    return InputErrors(lambda _: HttpResponse("ok")).process_exception(request, exception)


def test_bad_input_becomes_a_page_with_its_sentence_and_status() -> None:
    answer = mended(ask(), FILE)
    assert answer.status_code == 422
    assert "目标.docx：文件是空的；请重新导出后再上传。" in answer.content.decode()
    assert "内容有误" in answer.content.decode()


@pytest.mark.parametrize("status", [400, 404, 409, 413, 415, 422])
def test_bad_input_keeps_its_status(status: int) -> None:
    assert mended(ask(), InputError("不行", status=status)).status_code == status


def test_bad_input_is_a_toast_for_htmx() -> None:
    answer = mended(ask(**{"HX-Request": "true"}), FILE)
    assert (answer.status_code, answer.content) == (422, b"")
    assert answer["HX-Trigger"].isascii()
    toast = json.loads(answer["HX-Trigger"])["shell:toast"]
    assert toast == {"text": "目标.docx：文件是空的；请重新导出后再上传。", "tone": "error"}


@pytest.mark.parametrize(("path", "accept"), [("/api/v1/lint", "*/*"), ("/x", "application/json")])
def test_bad_input_is_json_for_programs(path: str, accept: str) -> None:
    answer = mended(ask(path, Accept=accept), FILE)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/json"
    assert json.loads(answer.content) == {"detail": "目标.docx：文件是空的；请重新导出后再上传。"}
    assert "文件是空的" in answer.content.decode()


def test_a_browser_that_takes_anything_gets_a_page() -> None:
    answer = mended(ask(Accept="text/html,application/json;q=0.9,*/*;q=0.8"), FILE)
    assert answer["Content-Type"].startswith("text/html")


def test_other_exceptions_are_left_to_django() -> None:
    assert mended(ask(), ValueError("x")) is None
    assert mended(ask(), PermissionDenied("x")) is None


def test_the_sentence_is_escaped() -> None:
    html = mended(ask(), InputError("坏文件", where="<script>x</script>.docx")).content.decode()
    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html


def test_a_body_that_is_too_big_is_refused_unread(settings) -> None:
    settings.MAX_REQUEST_BYTES = 1024 * 1024
    request = RequestFactory().generic("POST", "/x", b"", content_type="text/plain", CONTENT_LENGTH="1048577")
    answer = RequestSize(lambda _: HttpResponse("read"))(request)
    assert answer.status_code == 413
    assert "超过 1 MB" in answer.content.decode()


@pytest.mark.parametrize("length", ["", "0", "1048576", "x"])
def test_a_body_that_fits_passes(settings, length: str) -> None:
    settings.MAX_REQUEST_BYTES = 1024 * 1024
    request = RequestFactory().generic("POST", "/x", b"", content_type="text/plain", CONTENT_LENGTH=length)
    assert RequestSize(lambda _: HttpResponse("read"))(request).content == b"read"


@pytest.mark.parametrize(
    ("handler", "exception", "status", "words"),
    [
        (errors.bad_request, SuspiciousOperation("bad host"), 400, "请求无法识别"),
        (errors.bad_request, RequestDataTooBig("too big"), 413, "文件太大"),
        (errors.forbidden, PermissionDenied(), 403, "没有权限"),
        (errors.forbidden, PermissionDenied("您的账号没有“导入”的权限。"), 403, "没有“导入”的权限"),
        (errors.not_found, Http404("没有编号为 X 的项目。"), 404, "没有编号为 X 的项目。"),
        (errors.not_found, Http404("No User matches the given query."), 404, "地址有误"),
        (errors.not_found, Http404({"tried": []}), 404, "找不到这个页面"),
    ],
)
def test_handlers(handler, exception: Exception, status: int, words: str) -> None:
    answer = handler(ask(), exception)
    html = answer.content.decode()
    assert answer.status_code == status
    assert words in html
    assert "matches the given" not in html
    assert "skip" in html


@pytest.mark.parametrize("status", sorted(errors.PAGES))
def test_every_status_has_words_of_its_own(status: int) -> None:
    html = errors.error_page(ask(), status).content.decode()
    for part in (errors.PAGES[status].headline, errors.PAGES[status].sentence, errors.PAGES[status].how):
        assert part in html
    assert f"状态码 {status}" in html


def test_the_500_page_asks_no_table_and_no_session(django_db_blocker) -> None:
    request = RequestFactory().get("/x")  # neither user nor session
    with django_db_blocker.block():
        answer = errors.server_error(request)
    assert answer.status_code == 500
    assert "系统出错" in answer.content.decode()
    assert json.loads(errors.server_error(RequestFactory().get("/api/v1/x")).content)["detail"].startswith(
        "系统没能"
    )


def test_a_page_that_stood_open_too_long_says_so() -> None:
    answer = errors.csrf_failure(ask(), "CSRF cookie not set.")
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()
    assert "CSRF" not in answer.content.decode().split("<main", 1)[1]


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/targets/?year=2023", "/targets/?year=2023"),
        ("http://elsewhere.example/targets/", ""),
        ("http://testserver/x", ""),
        ("", ""),
    ],
)
def test_the_way_back_lies_on_this_site(referer: str, back: str) -> None:
    request = RequestFactory().get("/x", headers={"Referer": referer, "Host": "testserver"})
    html = errors.error_page(request, 404).content.decode()
    assert ("返回上一页" in html) == bool(back)
    if back:
        assert f'href="{back}"' in html
