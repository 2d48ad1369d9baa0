"""Roles as short codes: stored in the database, printed in lists, never renamed."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person does here. The value is the short code kept in ``User.roles``."""

    ADM = "ADM"
    PFO = "PFO"
    FIN = "FIN"
    HED = "HED"
    STF = "STF"
    AUD = "AUD"
    AGT = "AGT"
    CSL = "CSL"
    BRK = "BRK"
    MER = "MER"
    BUY = "BUY"
    BNK = "BNK"
    TAX = "TAX"
    CUS = "CUS"

    @property
    def label(self) -> str:
        """The Chinese name that pages show."""
        return _NAMES[self]


_NAMES: dict[Role, str] = {
    Role.ADM: "系统管理员",
    Role.PFO: "绩效管理员",
    Role.FIN: "财务人员",
    Role.HED: "中心负责人",
    Role.STF: "业务科室人员",
    Role.AUD: "审计人员",
    Role.AGT: "外贸代理",
    Role.CSL: "组货人",
    Role.BRK: "报关行",
    Role.MER: "市场经营户",
    Role.BUY: "境外采购商",
    Role.BNK: "结算银行",
    Role.TAX: "税务部门",
    Role.CUS: "海关",
}
