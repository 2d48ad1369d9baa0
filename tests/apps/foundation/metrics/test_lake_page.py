"""The lake's page: how it stands; the button that has it refreshed by a worker, on the trail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from trade_people import person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.models import Run
from youju.foundation.jobs.running import work_off
from youju.foundation.metrics.models import Lake


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(person(role))
    return client


def test_the_button_refreshes_once_and_stands_on_the_trail(transactional_db: None, lake: Path) -> None:
    client, page = client_of(Role.HED), reverse("metrics:lake")
    assert "还没有数据湖" in client.get(page).content.decode()
    for _ in range(2):
        answer: Any = client.post(reverse("metrics:lake-refresh"), follow=True)
        assert "已交给后台刷新" in answer.content.decode()
    assert Run.objects.filter(code="metrics.lake.refresh").count() == 1, "one run waits, not two"
    work_off()
    assert Lake.objects.get().version == 1
    shown = client.get(page).content.decode()
    assert "第 1 版，0 行" in shown
    assert "要求刷新：已完成" in shown
    deeds = [line.deed for line in history("metrics.lake", "baigou").lines]
    assert sum("要求刷新" in deed for deed in deeds) == 2


@pytest.mark.django_db
def test_who_only_looks_sees_no_button(lake: Path) -> None:
    client = client_of(Role.AUD)
    assert "现在刷新" not in client.get(reverse("metrics:lake")).content.decode()
    assert client.post(reverse("metrics:lake-refresh")).status_code == 403
