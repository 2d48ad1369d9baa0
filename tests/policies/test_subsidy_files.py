"""The example policies under policies/subsidies: their examples hold, and nothing in them claims to be official."""

from __future__ import annotations

from datetime import date

import pytest

from youju.foundation.kernel import places
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import load, parse_one, policies_from, written
from youju.rules.findings import Severity
from youju.rules.funds.subsidies.judging import judge_text
from youju.rules.funds.subsidies.reading import read_policy
from youju.rules.funds.subsidies.running import run, text_case
from youju.rules.funds.subsidies.texts import Example, PolicyText
from youju.rules.funds.subsidies.writing import plain_policy

TEXTS = load().subsidies
EXAMPLES = [(text, example) for text in TEXTS.values() for example in text.examples]


@pytest.mark.parametrize(("text", "example"), EXAMPLES, ids=[f"{t.code}: {e.title}" for t, e in EXAMPLES])
def test_an_example_comes_out_as_written(text: PolicyText, example: Example) -> None:
    assert run(text, example) == []


@pytest.mark.parametrize("text", TEXTS.values(), ids=lambda text: text.code)
def test_a_file_is_marked_and_free_of_errors(text: PolicyText) -> None:
    assert text.example
    assert not text.verified
    assert "示例" in text.title
    law = load().law_on(date(2024, 1, 1))
    findings = judge_text(text_case(text, others=tuple(TEXTS.values())), law, date(2024, 1, 1))
    assert [each for each in findings if each.severity is Severity.ERROR] == []
    assert set(text.stacking.against) <= set(TEXTS)
    assert read_policy(parse_one(written(plain_policy(text)), "again")) == text


def test_a_bad_file_is_one_sentence_that_names_it(tmp_path: object) -> None:
    import shutil
    from pathlib import Path

    root = Path(str(tmp_path)) / "policies"
    shutil.copytree(places.POLICIES, root)
    file = root / "subsidies" / "market-2023.yaml"
    good = file.read_text(encoding="utf-8")
    for old, new, words in (
        ("code: market-2023", "code: other", "应与路径一致"),
        ('rate: "0.05"', 'rate: "0,05"', "“0,05”不是数"),
        ("source: example-subsidies#market", "source: nowhere", "没有来源“nowhere”"),
        ("shape: flat_rate", "shape: gift", "之一"),
        ('budget: "10000000.00"', "budget: 1.5", "要加引号"),
    ):
        file.write_text(good.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(InputError) as caught:
            policies_from(root)
        assert words in str(caught.value)
        assert "subsidies/market-2023.yaml" in str(caught.value)
