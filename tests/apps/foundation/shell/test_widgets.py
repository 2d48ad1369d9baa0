"""The quick choice draws what Django's own draws."""

from __future__ import annotations

from django import forms
from django.test.html import parse_html

from youju.foundation.shell.widgets import PlainSelect

CHOICES = [("", "全部"), ("a", "甲 <&>"), ("b", "乙")]


def test_the_same_mark_up_as_djangos() -> None:
    for value in ("", "a", None, "unknown"):
        drawn = [
            str(widget(choices=CHOICES).render("kind", value, {"id": "id_kind", "required": True}))
            for widget in (forms.Select, PlainSelect)
        ]
        assert parse_html(drawn[0]) == parse_html(drawn[1])
