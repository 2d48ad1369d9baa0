"""The demo's checked report: loaded once; marked as wrong is what was planted, nothing else, and pages and files show it."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from kept import kept
from measures_made import Year, money_alone
from youju.foundation.audit.models import Entry
from youju.foundation.identity.models import User
from youju.performance.report_checks import events, services
from youju.performance.report_checks.demo import loading
from youju.performance.report_checks.demo.writing import told, word_file
from youju.performance.report_checks.models import ReportCheck

pytestmark = pytest.mark.django_db
UNJUDGED = ["23家", "4场", "2万元"]


@kept
def year() -> Year:
    found = money_alone()
    assert loading.load()
    return found


def test_it_is_loaded_once_and_leaves_what_stands_alone(year: Year) -> None:
    assert not loading.load()
    assert Entry.objects.filter(verb=events.LOADED.code).count() == 1
    asked = Entry.objects.get(verb=events.ASKED.code)
    assert asked.actor == year.officer.username
    ReportCheck.objects.update(is_demo=False)
    assert not loading.load()
    assert ReportCheck.objects.count() == 1


def test_marked_are_exactly_the_planted_ones(year: Year) -> None:
    row = ReportCheck.objects.get()
    assert (row.state, row.is_demo, row.year, row.made_name) == ("done", True, 2023, "周敏")
    verdicts = row.result["verdicts"]
    wrong = [each for each in verdicts if each["outcome"] == "disagrees" or each["rule"]]
    assert [(each["printed"], each["right"], each["rule"]) for each in wrong] == [
        (each["printed"], each["right"], each["rule"]) for each in told()["planted"]
    ]
    assert len(wrong) == row.disagrees == 4
    assert [each["printed"] for each in verdicts if each["outcome"] == "unjudged"] == UNJUDGED
    assert row.agrees == len(verdicts) - 4 - len(UNJUDGED) > 25
    assert word_file() == word_file()


def test_pages_and_files_show_the_marks(year: Year) -> None:
    row = ReportCheck.objects.get()
    client = Client()
    client.force_login(year.officer)
    assert told()["name"] in client.get(reverse("report_checks:list")).content.decode()
    page = client.get(reverse("report_checks:check", args=[row.pk])).content.decode()
    assert page.count('class="checked checked-disagrees"') == 4 + 1, "the four, and the key"
    _, content = services.take_check(actor=year.head, check_id=row.pk, format="docx")
    word = Document(io.BytesIO(content))
    assert len(list(word.comments)) == 4
    assert word.paragraphs[0].text == told()["title"]
    client.force_login(User.objects.get(username="demo-mer"))
    assert client.get(reverse("report_checks:list")).status_code == 403
