"""The pages of the targets room: what they show, and that they cost as many queries for any size."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from targets_fixtures import demo_set, make_user, officer

__all__ = ["demo_set", "make_user", "officer"]
pytestmark = pytest.mark.django_db


def test_smoke(client: Client, officer: Any, demo_set: Any) -> None:
    client.force_login(officer)
    for address in ("/targets/", "/targets/13060523P00456310001Q/", "/targets/department/", "/targets/findings/", "/targets/import/", "/targets/department/serves/"):
        response = client.get(address)
        assert response.status_code == 200, address
