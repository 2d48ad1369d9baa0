"""Disclosure: prepared by one, published by another, read by anybody in two languages; corrected and withdrawn in the open."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from funds_made import Staff
from funds_made import staff as office
from kept import kept
from trade_people import as_
from youju.foundation.documents.reading import read_blocks
from youju.foundation.identity.models import User
from youju.foundation.kernel.context import reaching_all
from youju.performance.disclosure import services
from youju.performance.disclosure.models import Release
from youju.performance.targets import demo
from youju.performance.targets.imports import read_document
from youju.performance.targets.models import Project

pytestmark = pytest.mark.django_db
LAWYER = "13060523P00456310001Q"


@kept
def team() -> Staff:
    demo.load()
    return office()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name: str, *args: object) -> str:
    return reverse(f"disclosure:{name}", args=args)


def step(user: User, row: Release, name: str, reason: str = "") -> Any:
    return client_of(user).post(
        at("step", row.pk), {"transition": name, "state": row.state, "reason": reason}, follow=True
    )


def published(team: Staff, kind: str = "targets", reason: str = "") -> Release:
    with as_(team.officer), reaching_all():
        row = services.prepare_release(actor=team.officer, kind=kind, year=2023, reason=reason)
        services.step_release(actor=team.officer, release_id=row.pk, step="submit")
    with as_(team.head), reaching_all():
        return services.step_release(actor=team.head, release_id=row.pk, step="publish")


def read(path: str, **headers: str) -> Any:
    return Client().get(f"/open/{path}", **headers)


def test_a_release_goes_from_the_officer_over_the_head_to_a_stranger(team: Staff) -> None:
    officer = client_of(team.officer)
    assert "还没有公开过内容" in officer.get(at("list")).content.decode()
    assert "还没有公开的内容" in read("").content.decode()
    page = officer.post(at("new"), {"kind": "targets", "year": "2023"}, follow=True).content.decode()
    row = Release.objects.get()
    assert "没有意见" in page
    assert row.state == "draft"
    assert "法律顾问费" in officer.get(at("preview", row.pk, "2023/targets/index.html")).content.decode()
    assert read("2023/targets/index.html").status_code == 404

    assert "待批准公开" in step(team.officer, row, "submit").content.decode()
    row.refresh_from_db()
    assert step(team.officer, row, "publish").status_code == 403
    assert "已公开" in step(team.head, row, "publish").content.decode()

    answer = read("2023/targets/index.html")
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "市场采购贸易方式专项资金" in answer.content.decode()
    assert '<html lang="zh-CN">' in answer.content.decode()


def test_the_english_site_is_english_but_for_what_exists_in_chinese_alone(team: Staff) -> None:
    published(team)
    for path in (
        "index.html",
        "sitemap.html",
        "2023/targets/index.html",
        f"2023/targets/{LAWYER}.html",
        "2023/targets/how.html",
    ):
        page = read(f"en/{path}").content.decode()
        assert '<html lang="en">' in page
        own = re.sub(r'<(\w+)[^>]*\slang="zh-CN"[^>]*>.*?</\1>', "", page, flags=re.DOTALL)
        own = re.sub(r"<title>.*?</title>", "", own)
        assert re.findall(r"[一-鿿]+", own) == [], path
    assert "Quantity indicator" in read(f"en/2023/targets/{LAWYER}.html").content.decode()


def test_files_are_machine_readable_and_agree_with_the_document(team: Staff) -> None:
    published(team)
    data = json.loads(read("2023/targets/data.json").content)
    rows = list(csv.DictReader(io.StringIO(read("2023/targets/indicators.csv").content.decode("utf-8-sig"))))
    index = json.loads(read("index.json").content)

    assert len(data["document"]["projects"]) == 12
    assert len(rows) == 108
    assert rows[0]["target"] == "≥1批"
    assert index["releases"][0]["data"] == "2023/targets/data.json"
    assert "notes" not in data
    form = read("2023/targets/form.docx")
    assert len(read_document(form.content, "form.docx").projects) == 12
    assert read_blocks(read("2023/targets/data.xlsx").content, "data.xlsx")
    assert b"<svg" in read("2023/targets/money.svg").content


def test_browsers_keep_pages_and_too_many_questions_are_refused(
    team: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(team)
    first = read("index.html")
    assert first["Cache-Control"] == "public, max-age=300"
    assert read("index.html", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    monkeypatch.setattr("youju.performance.disclosure.web.public.count", lambda bucket, slot: 10_000)
    assert read("index.html").status_code == 429


def test_a_correction_is_a_new_version_with_its_reason_and_a_withdrawal_says_why(team: Staff) -> None:
    first = published(team)
    Project.objects.filter(code=LAWYER).update(purpose="聘请常年法律顾问")
    with as_(team.officer), reaching_all():
        second = services.prepare_release(actor=team.officer, kind="targets", year=2023)
    assert [each["rule"] for each in second.findings] == ["DIS-010"]
    page = client_of(team.officer).get(at("release", second.pk)).content.decode()
    assert "和第 1 版的不同" in page
    assert "聘请常年法律顾问" in page
    client_of(team.officer).post(at("refresh", second.pk), {"reason": "更正法律顾问费的用途"})
    second.refresh_from_db()
    step(team.officer, second, "submit")
    second.refresh_from_db()
    step(team.head, second, "publish")
    first.refresh_from_db()

    assert first.state == "replaced"
    assert "更正法律顾问费的用途" in read("2023/targets/index.html").content.decode()
    second.refresh_from_db()
    assert "至少写" in step(team.head, second, "withdraw", "错").content.decode()
    step(team.head, second, "withdraw", "金额有误，核对后重新公开")
    page = read("2023/targets/index.html").content.decode()
    assert "已经撤下" in page
    assert "金额有误" in page
    assert read("2023/targets/data.json").status_code == 404
    assert read(f"2023/targets/{LAWYER}.html").status_code == 404


def test_personal_data_stops_a_release(team: Staff) -> None:
    Project.objects.filter(code=LAWYER).update(
        purpose="聘请法律顾问，联系人王律师13812345678，身份证130602199003078515"
    )
    with as_(team.officer), reaching_all():
        row = services.prepare_release(actor=team.officer, kind="targets", year=2023)
    assert {each["rule"] for each in row.findings} >= {"DIS-002"}
    page = step(team.officer, row, "submit").content.decode()
    assert "电话号码（138…）" in page
    assert "13812345678" not in page
    row.refresh_from_db()
    assert row.state == "draft"


def test_progress_tells_how_each_figure_was_computed_and_never_which_rows(team: Staff) -> None:
    with as_(team.officer), reaching_all():
        row = services.prepare_release(
            actor=team.officer, kind="progress", year=2023, until=date(2023, 7, 31)
        )
    preview = client_of(team.officer).get(at("preview", row.pk, "2023/progress/how.html")).content.decode()
    figures = row.content["figures"]

    assert {each["period"] for each in figures.values() if each["origin"] == "metric"} == {"2023-01..2023-07"}
    assert all(len(each["row_hash"]) == 64 for each in figures.values())
    assert row.content["execution"][LAWYER]["budget"] == "0.00"
    assert "预算执行率" in preview
    assert "公式校验值" in preview
    assert "缺" not in preview


def test_the_export_is_complete_relative_and_hashed(team: Staff) -> None:
    published(team)
    answer = client_of(team.auditor).get(at("export"))
    package = zipfile.ZipFile(io.BytesIO(answer.content))
    names = set(package.namelist())
    manifest = json.loads(package.read("manifest.json"))["files"]

    assert set(manifest) == names - {"manifest.json"}
    for name in names:
        text = package.read(name).decode("utf-8", "ignore")
        if name.endswith(".html"):
            assert not re.findall(r'(?:src|href)="(?:https?:)?//', text), name
            assert not re.findall(r"<script|<style|\sstyle=", text), name
            folder = name.rpartition("/")[0]
            for link in re.findall(r'(?:href|src)="([^"#]+)', text):
                target = [part for part in f"{folder}/{link}".split("/") if part]
                path: list[str] = []
                for part in target:
                    path = path[:-1] if part == ".." else [*path, part]
                assert "/".join(path) in names, (name, link)


def test_the_api_lists_and_gives(team: Staff) -> None:
    row = published(team)
    client = client_of(team.auditor)
    assert client.get("/api/v1/disclosure?kind=targets").json()["items"][0]["state"] == "published"
    found = client.get(f"/api/v1/disclosure/{row.pk}").json()
    assert found["content_hash"] == row.content_hash
    assert "notes" not in found["content"]
