"""The bulletin: sentences follow from figures, every figure can be read back with its code, the same data make the same file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from statistics_released import released
from trade_deals import make_deal
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.documents.figures import read_figures
from youju.foundation.files.selectors import read_kept
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.trade.statistics import selectors, services
from youju.trade.statistics.demo import loading
from youju.trade.statistics.documents.words import Telling, listed
from youju.trade.statistics.events import BULLETIN_KIND

pytestmark = pytest.mark.django_db


def said(pieces) -> str:
    return "".join(piece if isinstance(piece, str) else piece[0] for piece in pieces)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (None, ""),
        (Decimal("12.34"), "，比上年同月增长 12.3%"),
        (Decimal("-12.35"), "，比上年同月下降 12.4%"),
        (Decimal("0.049"), "，与上年同月持平"),
        (Decimal("-0.049"), "，与上年同月持平"),
        (Decimal("0.05"), "，比上年同月增长 0.1%"),
    ],
)
def test_changes_are_told_as_people_tell_them(value: Decimal | None, sentence: str) -> None:
    assert said(Telling("2023-06").change(value, "上年同月", "exports.growth_rate")) == sentence


def test_long_lists_are_cut_with_their_count() -> None:
    assert listed(["甲", "乙"]) == "甲、乙"
    assert listed(list("甲乙丙丁戊己")) == "甲、乙、丙、丁、戊等 6 个"


def test_a_bulletin_is_made_downloaded_and_read_back() -> None:
    deal = make_deal()
    released(deal, "2022-06-10", 1000)
    released(deal, "2023-06-10", 1500)
    released(deal, "2023-06-20", 500, country="RU")
    loading.load()
    with as_(person(Role.STF)) as staff:
        services.request_bulletin(actor=staff, month=date(2023, 6, 1))
        work_off()
        page = selectors.bulletin_page(actor=staff, month=date(2023, 6, 1))
        assert page is not None
        (file,) = page.files
        assert file.ready, file.error
        _, kept = services.hand_out_bulletin(actor=staff, document_id=file.id)
        again = services.request_bulletin(actor=staff, month=date(2023, 6, 1))
        assert (again.id, again.run) == (file.id, None)
    found = read_figures(read_kept(kept.sha256), file.name)
    assert all(each.state == "未改动" for each in found)
    value = selectors.overview(actor=staff, asked=selectors.asked(period="2023-06")).whole.value
    first = next(each for each in found if (each.code, each.period) == ("exports.value_cny", "2023-06"))
    assert first.value == f"{(value / 10_000).quantize(Decimal('0.01')):,}"
    told = {(each.code, each.value) for each in found}
    assert ("exports.growth_rate", "100.0") in told
    assert ("exports.new_market_count", "1") in told
    assert ("declarations.released_count", "2") in told
    assert "exports.district_growth_rate" in {each.code for each in found}
    assert ("statistics.cut.country.value_cny", "country:RU") in {(each.code, each.subject) for each in found}
    verbs = [line.deed for line in history(BULLETIN_KIND, "2023-06").lines]
    assert sum("编了月报" in each for each in verbs) == 2
    assert sum("下载了月报" in each for each in verbs) == 1


def test_a_month_that_is_not_over_or_has_nothing_has_no_bulletin() -> None:
    with as_(person(Role.STF)) as staff:
        with pytest.raises(InputError, match="还没有过完"):
            services.request_bulletin(actor=staff, month=date(2099, 1, 1))
        with pytest.raises(InputError, match="没有放行的货物"):
            services.request_bulletin(actor=staff, month=date(2023, 6, 1))
    with as_(person(Role.AUD)) as reader, pytest.raises(PermissionDenied):
        services.request_bulletin(actor=reader, month=date(2023, 6, 1))
