"""A batch from its upload to its commit and back: all or nothing, once, and only what was shown."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from apps.foundation.imports.conftest import GOODS, HEAD, book, good_rows
from youju.foundation.audit import selectors as audit
from youju.foundation.audit.models import Entry
from youju.foundation.identity.models import Organisation, User
from youju.foundation.imports import jobs, selectors, services
from youju.foundation.imports.models import Batch, StagedRow, Upload
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError

Count = Callable[[], int]


def bring(officer: Any, content: bytes, name: str = "货.xlsx", **more: Any) -> Batch:
    batch, _ = jobs.take_in(actor=officer, importer=GOODS.code, name=name, content=content, **more)
    work_off()
    batch.refresh_from_db()
    return batch


def say_yes(officer: Any, batch: Batch) -> Batch:
    token = (batch.effects or {}).get("token", "")
    jobs.confirm(actor=officer, batch_id=batch.pk, token=token, acknowledged=True)
    work_off()
    batch.refresh_from_db()
    return batch


def test_the_whole_way(officer: Any, scratch: Count) -> None:
    batch = bring(officer, book(HEAD, *good_rows(40)))
    assert (batch.state, batch.rows, batch.effects["new"]) == ("ready", 40, 40)
    assert scratch() == 0
    batch = say_yes(officer, batch)
    assert (batch.state, scratch(), batch.kept) == ("committed", 40, {"rows": 40})
    assert not StagedRow.objects.exists()
    assert [
        line.deed for line in audit.history("imports.batch", str(batch.pk)).lines if "导入" in line.deed
    ] == ["确认导入了"]


def test_nothing_is_stored_while_a_cell_is_wrong(officer: Any, scratch: Count) -> None:
    rows = good_rows(40)
    rows[7][2], rows[20][3] = "坏", 0
    batch = bring(officer, book(HEAD, *rows))
    assert (batch.state, batch.faults) == ("findings", 2)
    assert batch.annotated and not StagedRow.objects.exists()
    assert [(each.row, each.column) for each in selectors.findings(batch)] == [(9, "amount"), (22, "pieces")]
    with pytest.raises(InputError, match="不能确认"):
        jobs.confirm(actor=officer, batch_id=batch.pk, token="", acknowledged=True)
    assert scratch() == 0


def test_what_the_importer_says_of_all_rows_counts(officer: Any, scratch: Count) -> None:
    rows = good_rows(3)
    rows[1][3] = 666
    batch = bring(officer, book(HEAD, *rows))
    assert [each.message for each in selectors.findings(batch)] == ["单价与数量不合"]


def test_a_failure_in_the_middle_of_the_copy_leaves_nothing(
    officer: Any, scratch: Count, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = good_rows(50)
    rows[30][0] = "炸"
    batch = say_yes(officer, bring(officer, book(HEAD, *rows)))
    assert (scratch(), batch.state) == (0, "committing")  # the job will be tried again; nothing is half done
    assert not Entry.objects.filter(verb="imports.batch.committed").exists()


def test_a_duplicate_in_the_table_is_a_failed_batch_and_stores_nothing(officer: Any, scratch: Count) -> None:
    say_yes(officer, bring(officer, book(HEAD, *good_rows(5))))
    second = bring(officer, book(HEAD, *good_rows(6)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "youju.foundation.imports.services.committing.importer_of",
            lambda _: type("X", (), {"compare": None, "columns": GOODS.columns, "title": "x", "permission": GOODS.permission,
                                     "store": staticmethod(_refuse)}),
        )  # fmt: skip
        second = say_yes(officer, second)
    assert (second.state, second.error, scratch()) == ("failed", "编码重复；请改正后重新上传。", 5)


def _refuse(_: Any) -> dict[str, Any]:
    raise InputError("编码重复", how="请改正后重新上传")


def test_the_same_file_shows_the_batch_it_made(officer: Any, scratch: Count) -> None:
    content = book(HEAD, *good_rows(3))
    first = bring(officer, content)
    assert jobs.take_in(actor=officer, importer=GOODS.code, name="别名.xlsx", content=content) == (
        first,
        False,
    )
    _, new = jobs.take_in(actor=officer, importer=GOODS.code, name="货.xlsx", content=content, again=True)
    assert new
    services.discard(actor=officer, batch_id=first.pk)
    assert Batch.objects.get(pk=first.pk).state == "discarded"


def test_a_preview_that_is_no_longer_true_is_shown_anew(officer: Any, scratch: Count) -> None:
    one, two = bring(officer, book(HEAD, *good_rows(3))), bring(officer, book(HEAD, *good_rows(9)[5:]))
    say_yes(officer, one)
    two = say_yes(officer, two)
    assert (two.state, scratch()) == ("ready", 3)
    assert "又有了改动" in two.error
    two = say_yes(officer, two)
    assert (two.state, scratch()) == ("committed", 7)
    with pytest.raises(InputError, match="预览已经不准"):
        third = bring(officer, book(HEAD, *good_rows(20)[15:]))
        jobs.confirm(actor=officer, batch_id=third.pk, token="other", acknowledged=True)


def test_notes_ask_for_a_word(officer: Any, scratch: Count) -> None:
    batch = bring(officer, book([*HEAD, "备注"], *good_rows(2)))
    with pytest.raises(InputError, match="须知"):
        jobs.confirm(actor=officer, batch_id=batch.pk, token=batch.effects["token"], acknowledged=False)
    assert say_yes(officer, batch).state == "committed"


def test_two_confirmations_at_once_write_once(officer: Any, scratch: Count) -> None:
    batch = bring(officer, book(HEAD, *good_rows(30)))
    token, faults = batch.effects["token"], []

    def go() -> None:
        try:
            jobs.confirm(actor=officer, batch_id=batch.pk, token=token, acknowledged=True)
        except BaseException as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    work_off()
    assert not faults
    assert scratch() == 30
    assert Entry.objects.filter(verb="imports.batch.committed").count() == 1


def test_undo_tells_first_and_takes_back_all(officer: Any, scratch: Count) -> None:
    batch = bring(officer, book(HEAD, *good_rows(8)))
    with pytest.raises(InputError, match="不能撤销"):
        services.consequences(actor=officer, batch_id=batch.pk)
    say_yes(officer, batch)
    assert services.consequences(actor=officer, batch_id=batch.pk) == ["删除 8 行"]
    with pytest.raises(InputError, match="写明理由"):
        services.undo(actor=officer, batch_id=batch.pk, reason="")
    services.undo(actor=officer, batch_id=batch.pk, reason="传错了")
    assert scratch() == 0
    assert audit.history("imports.batch", str(batch.pk)).lines[0].reason == "传错了"
    with pytest.raises(InputError, match="已撤销"):
        services.undo(actor=officer, batch_id=batch.pk, reason="再来")


def test_without_the_permission_nothing(officer: Any, scratch: Count) -> None:
    other = User.objects.create(
        username="li",
        display_name="李",
        organisation=officer.organisation,
        roles=["STF"],
        must_change_password=False,
    )
    with pytest.raises(PermissionDenied):
        jobs.take_in(actor=other, importer=GOODS.code, name="x.xlsx", content=b"x")
    batch = bring(officer, book(HEAD, *good_rows(1)))
    with pytest.raises(PermissionDenied):
        services.discard(actor=other, batch_id=batch.pk)
    with pytest.raises(InputError, match="没有这一批"):
        selectors.batch(other, batch.pk)


class TestPieces:
    def test_lost_repeated_and_misplaced_pieces(self, officer: Any, scratch: Count) -> None:
        content = book(HEAD, *good_rows(300))
        half = len(content) // 2
        upload = services.begin_upload(actor=officer, importer=GOODS.code, name="货.xlsx", size=len(content))

        def put(offset: int, piece: bytes) -> int:
            return services.put_piece(actor=officer, upload_id=upload.pk, offset=offset, piece=piece)

        assert put(0, content[:half]) == half
        assert put(0, content[:half]) == half  # its answer was lost and it came again
        with pytest.raises(InputError, match=f"应从第 {half} 字节"):
            put(half + 1, content[half + 1 :])
        with pytest.raises(InputError, match="还差"):
            services.finish_upload(actor=officer, upload_id=upload.pk, sha256="x")
        assert put(half, content[half:]) == len(content)
        with pytest.raises(InputError, match="与发出的不同"):
            jobs.take_upload(actor=officer, upload_id=upload.pk, sha256="0" * 64)
        batch, new = jobs.take_upload(
            actor=officer, upload_id=upload.pk, sha256=hashlib.sha256(content).hexdigest()
        )
        work_off()
        batch.refresh_from_db()
        assert (new, batch.state, batch.rows) == (True, "ready", 300)
        assert not Upload.objects.exists()

    def test_by_page(self, officer: Any, scratch: Count, client: Client) -> None:
        content = book(HEAD, *good_rows(5))
        client.force_login(officer)
        begun = client.post(
            "/imports/pieces/test.goods/",
            {"name": "货.xlsx", "size": len(content)},
            content_type="application/json",
        ).json()
        put = {"data": content, "content_type": "application/octet-stream"}
        assert client.put(begun["put"], **put, headers={"Upload-Offset": "0"}).json() == {
            "received": len(content)
        }
        assert client.get(begun["put"]).json() == {"received": len(content)}
        assert client.put(begun["put"], **put).status_code == 422
        done = client.post(
            begun["finish"], {"sha256": hashlib.sha256(content).hexdigest()}, content_type="application/json"
        ).json()
        assert client.get(done["page"]).status_code == 200


class TestPages:
    def test_upload_findings_correction_confirmation_undo(
        self, officer: Any, scratch: Count, client: Client
    ) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        client.force_login(officer)
        page = client.get("/imports/").content.decode()
        assert "导入试验商品" in page and "还没有导入过" in page
        assert client.get("/imports/new/test.goods/template/").status_code == 200
        rows = good_rows(5)
        rows[2][2] = "坏"
        sent = book(HEAD, *rows)  # once: a workbook holds the second in which it was made
        answer = client.post("/imports/new/test.goods/", {"file": SimpleUploadedFile("货.xlsx", sent)})
        assert answer.status_code == 302
        assert "检查中" in client.get(answer.url).content.decode()
        work_off()
        page = client.get(answer.url).content.decode()
        assert "有 1 处错误，一行也没有写入" in page and "下载批注过的文件" in page
        assert client.get(f"{answer.url}file/annotated/").getvalue()[:2] == b"PK"
        assert client.get(f"{answer.url}file/source/").getvalue() == sent
        answer = client.post(
            "/imports/new/test.goods/", {"file": SimpleUploadedFile("货.xlsx", book(HEAD, *good_rows(5)))}
        )
        work_off()
        page = client.get(answer.url).content.decode()
        assert "确认导入 5 行" in page
        token = Batch.objects.get(state="ready").effects["token"]
        client.post(f"{answer.url}confirm/", {"token": token})
        work_off()
        assert scratch() == 5
        assert "已写入 5 行" in client.get(answer.url).content.decode()
        assert "删除 5 行" in client.get(f"{answer.url}undo/").content.decode()
        client.post(f"{answer.url}undo/", {"reason": "试验"})
        assert scratch() == 0 and "已撤销" in client.get(answer.url).content.decode()

    def test_an_unreadable_file_is_one_sentence(self, officer: Any, scratch: Count, client: Client) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        client.force_login(officer)
        page = client.post(
            "/imports/new/test.goods/", {"file": SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\nx")}
        )
        assert page.status_code == 422 and "这里不收" in page.content.decode()
        answer = client.post(
            "/imports/new/test.goods/", {"file": SimpleUploadedFile("x.xlsx", book(["别的"], ["x"]))}
        )
        work_off()
        page = client.get(answer.url).content.decode()
        assert "找不到表头" in page


def test_organisations_by_spreadsheet(scratch: Count, officer: Any) -> None:
    admin = User.objects.create(
        username="adm",
        display_name="孙静",
        organisation=officer.organisation,
        roles=["ADM"],
        must_change_password=False,
    )
    Organisation.objects.create(code="BG-1", name="旧名", kind="enterprise")

    def take(*rows: list[str]) -> Batch:
        batch, _ = jobs.take_in(
            actor=admin,
            importer="identity.organisations",
            name="单位.xlsx",
            content=book(["单位名称", "简码", "类别", "信用代码"], *rows),
        )
        work_off()
        batch.refresh_from_db()
        return batch

    bad = take(["某中心", "BG-2", "企业", ""], ["新名", "bg", "工厂", "x"])
    assert bad.state == "findings" and bad.faults == 4
    batch = take(
        ["新名", "BG-1", "企业", ""], ["乙公司", "BG-2", "商户", ""], ["乙公司二", "BG-3", "市场经营户", ""]
    )
    assert batch.state == "findings"
    batch = take(["新名", "BG-1", "企业", ""], ["乙公司", "BG-2", "市场经营户", ""])
    assert (batch.effects["new"], batch.effects["changed"]) == (1, 1)
    jobs.confirm(actor=admin, batch_id=batch.pk, token=batch.effects["token"], acknowledged=True)
    work_off()
    assert Organisation.objects.get(code="BG-1").name == "新名"
    told = services.consequences(actor=admin, batch_id=batch.pk)
    assert told == ["删除新增的 1 个单位：乙公司。", "1 个单位恢复为导入前的内容。"]
    services.undo(actor=admin, batch_id=batch.pk, reason="试验")
    assert (
        Organisation.objects.get(code="BG-1").name == "旧名"
        and not Organisation.objects.filter(code="BG-2").exists()
    )
