"""The loader: what it refuses, in which words, and that the cache never changes what the law says."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from youju.foundation.kernel import places
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on, load, policies_from, policy_hash, resolving, sources
from youju.rules.law import UnknownPolicyError

SOURCE = """\
id: gacc-2019-221
number: "海关总署公告2019年第221号"
issuer: 海关总署
title: 关于修订市场采购贸易监管办法的公告
kind: regulation
issued: 2019-12-27
in_force: 2020-01-01
read: 读过第四条
verified: true
articles:
  - {id: "4", read: 每票报关单商品品种超过五种的可以简化申报, verified: true}
"""
POLICY = """\
id: customs.kinds
label: 简化申报逐项申报的品种数
unit: 种
kind: statutory
type: integer
values:
  - {from: 2020-01-01, to: 2022-07-01, value: 5, source: "gacc-2019-221#4", verified: true}
  - {from: 2022-07-01, to: null, value: 10, source: "gacc-2019-221#4", verified: true}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of policies with one source and one policy of two values."""
    folder = tmp_path / "policies"
    shutil.copytree(places.POLICIES / "schema", folder / "schema")
    (folder / "sources").mkdir()
    (folder / "customs").mkdir()
    (folder / "sources" / "gacc-2019-221.yaml").write_text(SOURCE)
    (folder / "customs" / "kinds.yaml").write_text(POLICY)
    return folder


def _edit(root: Path, before: str, after: str, name: str = "customs/kinds.yaml") -> None:
    path = root / name
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))


def test_ranges_are_half_open(root: Path) -> None:
    found = policies_from(root)
    assert found.law_on(date(2022, 6, 30))["customs.kinds"] == 5
    assert found.law_on(date(2022, 7, 1))["customs.kinds"] == 10
    with pytest.raises(UnknownPolicyError, match="当日没有生效的取值"):
        found.law_on(date(2019, 12, 31))["customs.kinds"]
    source = found.cited("gacc-2019-221")
    assert source is not None
    assert found.cited("gacc-2019-221#4") is not None
    assert found.cited("gacc-2019-221#5") is None


@pytest.mark.parametrize(
    ("before", "after", "key", "said"),
    [
        ("id: customs.kinds", "id: customs.sorts", "id", "customs.kinds"),
        ("to: 2022-07-01", "to: 2022-07-02", "values.1.from", "重叠"),
        ("to: 2022-07-01", "to: null", "values.1.from", "重叠"),
        ("to: 2022-07-01", "to: 2022-06-30", "values.1.from", "空档"),
        ("to: 2022-07-01", "to: 2020-01-01", "values.0.to", "止日应晚于起日"),
        ("from: 2020-01-01", "from: 2020-02-31", "values.0.from", "没有这一天"),
        ("from: 2020-01-01, ", "", "values.0", "缺少 from"),
        ("#4", "#9", "values.0.source", "没有来源"),
        ("gacc-2019-221#4", "gacc-1999-1", "values.0.source", "没有来源"),
        ("value: 5", 'value: "5"', "values.0.value", "integer"),
        ("kind: statutory", "kind: custom", "kind", "statutory、house、reference 之一"),
        ("unit: 种", "unit: 种\nurl: x", "（整个文件）", "多出不认识的键 url"),
        ("label: 简化申报逐项申报的品种数\n", "", "（整个文件）", "缺少 label"),
    ],
)
def test_a_fault_is_one_chinese_sentence_that_names_file_and_key(
    root: Path, before: str, after: str, key: str, said: str
) -> None:
    _edit(root, before, after)
    with pytest.raises(InputError) as caught:
        policies_from(root)
    message = str(caught.value)
    assert message.startswith(f"policies/customs/kinds.yaml，键 {key}：")
    assert said in message
    assert message.endswith("。")
    assert "\n" not in message


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("unit: 种", "unit: 种\nunit: 个", "写了两次"),
        ("value: 5", "value: 0.05", "要加引号"),
        ("values:", "values: [", "读不出来"),
        ("unit: 种", "unit: !!python/object:os.system 种", "读不出来"),
    ],
)
def test_yaml_that_cannot_be_trusted_is_refused_with_its_line(
    root: Path, before: str, after: str, said: str
) -> None:
    _edit(root, before, after)
    with pytest.raises(InputError, match=r"policies/customs/kinds\.yaml，第 \d+ 行") as caught:
        policies_from(root)
    assert said in str(caught.value)


def test_a_gap_with_a_reason_is_allowed(root: Path) -> None:
    _edit(root, "to: 2022-07-01", "to: 2022-01-01")
    _edit(root, "value: 10,", "value: 10, gap_reason: 旧公告废止而新公告未到生效日,")
    found = policies_from(root)
    assert "customs.kinds" not in found.law_on(date(2022, 3, 1))
    assert found.policies["customs.kinds"].values[1].gap_reason == "旧公告废止而新公告未到生效日"


def test_an_empty_file_a_missing_folder_and_a_missing_schema_are_said_plainly(
    root: Path, tmp_path: Path
) -> None:
    (root / "customs" / "empty.yaml").write_text("")
    with pytest.raises(InputError, match=r"policies/customs/empty\.yaml"):
        policies_from(root)
    with pytest.raises(InputError, match="找不到政策文件夹"):
        policies_from(tmp_path / "nowhere")
    (root / "schema" / "policy.schema.json").unlink()
    with pytest.raises(InputError, match="模式读不出来"):
        policies_from(root)


def test_bytes_that_are_no_text_are_refused(root: Path) -> None:
    (root / "customs" / "kinds.yaml").write_bytes(b"\xff\xfe\x00id")
    with pytest.raises(InputError, match=r"policies/customs/kinds\.yaml"):
        policies_from(root)


def test_decimals_stay_exact_and_collections_cannot_be_changed(root: Path) -> None:
    _edit(root, "type: integer", "type: decimal")
    _edit(root, "value: 5", 'value: "0.10"')
    _edit(root, "value: 10", 'value: "100"')
    value = policies_from(root).law_on(date(2020, 1, 1))["customs.kinds"]
    assert isinstance(value, Decimal)
    assert str(value) == "0.10"
    words = law_on(date(2023, 1, 1))["performance.targets.row_order"]
    with pytest.raises(TypeError):
        words["产出"] = ()  # type: ignore[index,call-overload]


def test_the_cache_answers_the_same_and_the_second_time_without_yaml(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    first = policies_from(root, cache=cache)
    (stored,) = cache.iterdir()
    assert first.hash in stored.name
    monkeypatch.setattr(resolving.reading, "parse", lambda contents: pytest.fail("read the files again"))
    again = policies_from(root, cache=cache)
    assert again == first


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"policies": [{}], "sources": []}', b"\xff\x00"])
def test_a_damaged_cache_is_ignored_and_mended(root: Path, tmp_path: Path, damage: bytes) -> None:
    cache = tmp_path / "cache"
    first = policies_from(root, cache=cache)
    (stored,) = cache.iterdir()
    whole = stored.read_bytes()
    stored.write_bytes(damage)
    assert policies_from(root, cache=cache) == first
    assert stored.read_bytes() == whole


def test_a_cache_that_cannot_be_written_costs_only_time(root: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert policies_from(root, cache=blocked / "cache").policies


def test_any_changed_byte_is_another_policy_hash(root: Path) -> None:
    before = policies_from(root).hash
    _edit(root, "value: 5", "value: 6")
    assert policies_from(root).hash != before


def test_the_installation_has_one_law_for_all_threads() -> None:
    with ThreadPoolExecutor(8) as pool:
        laws = list(pool.map(lambda day: law_on(date(2023, 1, day % 28 + 1)), range(200)))
    assert {law.hash for law in laws} == {policy_hash()} == {load().hash}
    assert len(policy_hash()) == 64
    assert not sources()["mof-2015-88"].verified
    assert sources()["hebei-form-2020"].verified


def test_the_schemas_are_valid_json_schema() -> None:
    import jsonschema

    for path in (places.POLICIES / "schema").glob("*.json"):
        jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text()))
