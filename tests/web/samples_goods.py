"""Sample arguments for the addresses of the goods room."""

from __future__ import annotations

from web.samples import Arguments, sample


@sample(
    "goods:good",
    "goods:good-edit",
    "goods:good-withdraw",
    "goods:good-restore",
    "goods:good-authorisation",
    "goods:tariff-version",
    "api:goods_detail",
)
def no_such_number() -> Arguments:
    return {"number": 999_999_999}


@sample("goods:good-picture")
def no_such_picture() -> Arguments:
    return {"number": 999_999_999, "size": "small"}


@sample("goods:tariff-code", "api:tariff_code")
def no_such_code() -> Arguments:
    return {"code": "9999999999"}
