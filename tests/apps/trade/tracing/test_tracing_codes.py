"""Codes: unguessable, one good code a line, whose rows; the sheet of labels; the command; SQL and rules on returns agree."""

from __future__ import annotations

import json
from contextlib import nullcontext

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from typer.testing import CliRunner

from kept import kept
from trade_deals import make_deal
from trade_declared import declared
from trade_loads import BOXES, confirmed
from trade_people import as_, person
from trade_traced import returned, traced_deal
from youju.foundation.database import ready
from youju.foundation.documents.reading import read_blocks
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.tracing.returns import Later
from youju.rules.trade.tracing.returns import returned as by_rule
from youju.trade.declarations.models import DeclaredLine
from youju.trade.orders.selectors.tracing import later_lines, lines_of_order, returned_of
from youju.trade.tracing import services
from youju.trade.tracing.commands import app
from youju.trade.tracing.documents.labels import LABELS, qr
from youju.trade.tracing.models import TraceCode
from youju.trade.tracing.selectors.codes import public_view, sheets
from youju.trade.tracing.services.codes import new_token

pytestmark = pytest.mark.django_db


@kept
def deal():
    return traced_deal()


def make(actor, number: str) -> int:
    with as_(actor) as user:
        return services.make_codes(actor=user, kind="order", number=number)


class TestCodes:
    def test_tokens_are_of_130_bits_and_never_alike(self) -> None:
        tokens = {new_token() for _ in range(500)}
        assert len(tokens) == 500 and {len(token) for token in tokens} == {26}
        assert len(set("".join(tokens))) == 32

    def test_a_line_has_one_good_code_however_often_it_is_asked_for(self, deal) -> None:
        number = confirmed(deal)
        assert (make(deal.merchant, number), make(deal.agent, number)) == (2, 0)
        row = TraceCode.objects.order_by("line_no")[0]
        with pytest.raises(IntegrityError), transaction.atomic():
            TraceCode.objects.create(
                token=new_token(), order_line_id=row.order_line_id, order=number, line_no=1
            )

    def test_only_confirmed_sales_get_codes_and_only_from_who_may(self, deal) -> None:
        with as_(deal.merchant) as user:
            from youju.trade.orders.services import register_order

            number = register_order(actor=user, wish=deal.wish()).number
        with pytest.raises(InputError, match="没有已确认的交易单行"):
            make(deal.merchant, number)
        with pytest.raises(PermissionDenied):
            make(person(Role.AUD), confirmed(deal))

    def test_row_level_security_hides_the_codes_of_others(self, deal) -> None:
        make(deal.merchant, confirmed(deal))
        with as_(make_deal("Q").merchant) as user:
            assert not TraceCode.objects.exists()
            with pytest.raises(InputError, match="没有这个有效的溯源码"):
                services.revoke_code(actor=user, token="0" * 26, reason="不是我的")

    def test_nothing_but_a_good_token_opens_the_public_view(self, deal) -> None:
        make(deal.merchant, confirmed(deal))
        token = TraceCode.objects.order_by("line_no")[0].token
        found = public_view(token)
        assert found is not None and (found.name, found.stage, found.stall) == ("女包0", "registered", "")
        assert [public_view(each) for each in ("", "0" * 26, token[:-1], token + "0", "' OR 1=1")] == [
            None
        ] * 5


class TestSheets:
    def test_each_size_prints_a_label_for_each_carton(self, tmp_path) -> None:
        line = {"address": "https://youju.example.cn/t/" + "7" * 26, "order": "T230601000001/1", "name": "女包", "name_en": "Bag",
                "cartons": 3}  # fmt: skip
        for code, sheet in sheets().items():
            context = {"title": "标签", "as_of": "2023-06-01", "sheet": dict(sheet), "lines": [line]}
            made = LABELS.render(context, "pdf")
            assert made == LABELS.render(context, "pdf")
            file = tmp_path / f"{code}.pdf"
            file.write_bytes(made)
            told = str(read_blocks(file.read_bytes(), file.name))
            assert [f"{carton}/3" in told for carton in (1, 2, 3, 4)] == [True, True, True, False], code
        with pytest.raises(InputError, match="数据不完整"):
            LABELS.render({"title": "标签"}, "pdf")

    def test_the_code_is_a_picture_without_style(self) -> None:
        assert qr("https://youju.example.cn/t/" + "7" * 26).startswith("<svg") and "style=" not in qr("x")


class TestReturnsInSql:
    def test_sql_and_rule_say_the_same(self, deal) -> None:
        number = confirmed(deal)
        back = returned(deal, number, 40)
        again = returned(deal, back, 20)
        returned(deal, again, 5)
        returned(deal, number, 10, confirm=False)
        line = lines_of_order(number, 1)[0]
        records = [Later(each.id, each.original, each.counts, each.amounts) for each in later_lines([line])]
        assert returned_of([line])[line] == by_rule(line, records)
        assert returned_of([line])[line].quantity == 40 - 20 + 5 + 10


class TestCommand:
    @pytest.fixture(autouse=True)
    def _ready(self, monkeypatch) -> None:
        monkeypatch.setattr(ready, "django_ready", lambda **_: nullcontext())

    def test_the_chain_in_words_and_as_json(self, deal) -> None:
        number = confirmed(deal)
        back = returned(deal, number, 30)
        row = declared(deal, number)[0]
        done = CliRunner().invoke(app, [str(row)])
        assert done.exit_code == 0, done.output
        for words in (
            "成交 200",
            "退货 30",
            "装箱 170",
            "白沟第一箱包厂",
            f"{BOXES[0]}（{row.packing.number}）70",
            f"退货 {back}/1",
        ):
            assert words in done.output, words
        told = json.loads(CliRunner().invoke(app, [number, "--json", "--limit", "1"]).stdout)
        assert told["next"] == 1 and told["lines"][0]["balance"]["ordered"]["quantity"] == "100.00000"

    def test_what_does_not_add_up_ends_in_one_and_the_unknown_is_refused(self, deal) -> None:
        row = declared(deal, confirmed(deal))[0]
        DeclaredLine.objects.filter(declaration=row, g_no=1).update(amount=9999)
        done = CliRunner().invoke(app, [str(row)])
        assert done.exit_code == 1 and "不平衡：第 1 项申报的总价 9999" in done.output
        refused = CliRunner().invoke(app, ["T000000000000"]).exception
        assert isinstance(refused, InputError) and "没有找到编号" in str(refused)
