"""The content of a release: texts, fields, hash, what differs."""

from __future__ import annotations

from typing import Any

from youju.performance.targets import demo
from youju.rules.performance.disclosure.contents import content_hash, differences, fields_of, texts_of
from youju.rules.performance.targets.codec import to_json

CODE = "13060523P00456310001Q"


def content(**changes: Any) -> dict[str, Any]:
    document = to_json(demo.document())
    for project in document["projects"]:
        if project["code"] == CODE:
            project.update(changes)
    return {
        "document": document,
        "figures": {"f1": {"label": "预算执行率", "row_hash": "0" * 64, "key": "f1"}},
    }


def test_texts_are_told_with_their_place_and_hashes_are_none() -> None:
    texts = dict.fromkeys(text for _, text in texts_of(content(purpose="聘请王律师")))
    places = [place for place, text in texts_of(content(purpose="聘请王律师")) if text == "聘请王律师"]
    assert places == ["文本“国贸中心法律顾问费”"]
    assert "0" * 64 not in texts
    assert "预算执行率" in texts


def test_fields_are_named_by_part() -> None:
    found = fields_of(content(manager="王芳"))
    assert "manager" in found["project"]
    assert found["figure"] == ["key", "label", "row_hash"]


def test_equal_contents_have_equal_hashes_and_no_differences() -> None:
    assert content_hash(content()) == content_hash(content())
    assert differences(content(), content()) == []


def test_differences_are_told_by_place() -> None:
    found = differences(content(), content(purpose="聘请常年法律顾问", budget=None))
    assert [(each.place, each.before, each.after) for each in found] == [
        ("文本 › 项目 › 国贸中心法律顾问费 › 预算数", "5.00", None),
        ("文本 › 项目 › 国贸中心法律顾问费 › 用途", "聘请法律顾问", "聘请常年法律顾问"),
    ]
