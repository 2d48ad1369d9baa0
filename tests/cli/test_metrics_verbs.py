"""``youju metrics``: JSON on standard output, one sentence and status 2 for what cannot be read, 1 for a difference."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from trade_deals import make_deal
from trade_declared import declared
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.metrics import commands
from youju.foundation.metrics.models import FrozenFigure
from youju.trade.declarations.models import Declaration

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The test's own connection and transaction, in place of starting a database."""
    from youju.foundation.database import ready

    @contextmanager
    def there(**_: object) -> Iterator[None]:
        yield

    monkeypatch.setattr(ready, "django_ready", there)
    with reaching_all():
        yield


@pytest.fixture
def released() -> Decimal:
    """What was released in June 2023, in CNY."""
    rows = declared(make_deal())
    Declaration.objects.filter(pk__in=[row.pk for row in rows]).update(
        state="released", released_at=datetime(2023, 6, 12, 4, tzinfo=UTC)
    )
    return sum((row.amount_cny for row in rows), Decimal(0))


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(commands.app, list(words))
    if isinstance(done.exception, InputError):
        raise done.exception
    assert done.exit_code == code, done.output
    return done.stdout


def test_show_gives_value_formula_parts_and_rows(released: Decimal) -> None:
    told = json.loads(run("show", "exports.value_cny", "--period", "2023-06", "--rows", "1", "--json"))
    assert told["value"] == f"{released:.2f}"
    assert (told["engine"], told["period"], len(told["rows"])) == ("postgres", "2023-06", 1)
    assert told["rows"][0]["url"].startswith("/declarations/D")
    assert f"{released:,.2f} CNY" in run("show", "exports.value_cny", "--period", "2023-06")


def test_list_names_every_metric() -> None:
    codes = {each["code"] for each in json.loads(run("list", "--json"))}
    assert {"exports.value_cny", "declarations.paperless_rate", "subjects.repeat_rate"} <= codes
    assert "exports.growth_rate" in run("list")


def test_freeze_then_compare_says_the_same_and_later_the_difference(released: Decimal) -> None:
    kept = json.loads(run("freeze", "exports.value_cny", "--period", "2023-06", "--json"))
    assert kept["value"] == f"{released:.2f}"
    assert json.loads(run("compare", str(kept["id"]), "--json"))["same"] is True
    Declaration.objects.filter(state="released").update(state="withdrawn")
    told = json.loads(run("compare", str(kept["id"]), "--json", code=1))
    assert [each["what"] for each in told["differences"]] == ["值", "行数", "行校验值"]
    assert FrozenFigure.objects.get().value == released


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "exports.x", "--period", "2023"), "没有编码为“exports.x”的指标"),
        (("show", "exports.value_cny", "--period", "23"), "期间“23”看不懂"),
        (("show", "exports.value_cny", "--period", "2023", "--engine", "abacus"), "没有名为“abacus”的引擎"),
        (("show", "exports.value_cny", "--period", "2023", "--project", "P"), "没有参数“project”"),
        (("compare", "999999"), "没有第 999999 号冻结值"),
    ],
)
def test_what_cannot_be_answered_is_one_sentence(words: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        run(*words)
