"""A page is in English only when all of it is."""

from __future__ import annotations

import gettext
import io
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

LOCALE = Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES"
CHINESE = re.compile(r"[一-鿿]")


def english() -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def body(html: str) -> str:
    """What a reader sees, but for the switch, which names each language in itself."""
    html = re.sub(r'<form class="language".*?</form>', "", html, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", html)


@pytest.mark.django_db
def test_a_page_that_speaks_english_is_english_through_and_through() -> None:
    html = english().get("/about/").content.decode()
    assert '<html lang="en">' in html
    assert "Every figure opens onto its grounds" in html
    assert CHINESE.findall(body(html)) == []


@pytest.mark.django_db
def test_the_same_page_is_chinese_for_everyone_else() -> None:
    html = Client().get("/about/").content.decode()
    assert '<html lang="zh-CN">' in html
    assert "每个数字都能打开它的依据" in html


@pytest.mark.django_db
def test_a_page_that_does_not_speak_english_stays_chinese_for_an_english_reader() -> None:
    html = english().get("/login").content.decode()
    assert '<html lang="zh-CN">' in html
    assert "Every figure" not in html
    assert 'class="language"' not in html


@pytest.mark.django_db
def test_the_framework_speaks_chinese_on_a_chinese_page() -> None:
    html = english().post("/login", {"username": "x" * 99, "password": "p"}).content.decode()
    assert "Ensure this value" not in html


@pytest.mark.django_db
def test_the_switch_sets_the_language_and_goes_back() -> None:
    client = Client()
    answer = client.post("/language", {"language": "en", "next": "/about/"})
    assert (answer.status_code, answer["Location"]) == (302, "/about/")
    assert "About Youju" in client.get("/about/").content.decode()


@pytest.mark.django_db
def test_the_switch_goes_nowhere_else() -> None:
    answer = Client().post("/language", {"language": "en", "next": "https://elsewhere.example/"})
    assert "elsewhere" not in answer["Location"]


def test_the_compiled_catalogue_is_that_of_the_source(tmp_path: Path) -> None:
    try:
        command = ["msgfmt", "-o", str(tmp_path / "x.mo"), str(LOCALE / "django.po")]
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("没有 msgfmt（Debian 软件包 gettext）")
    made, kept = (io.BytesIO(path.read_bytes()) for path in (tmp_path / "x.mo", LOCALE / "django.mo"))
    assert gettext.GNUTranslations(made)._catalog == gettext.GNUTranslations(kept)._catalog
