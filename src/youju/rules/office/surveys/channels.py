"""The kinds of ways by which a survey reaches people."""

from __future__ import annotations

CODE, PAPER = "code", "paper"
CHANNEL_KINDS = {CODE: "一次性码", PAPER: "纸质问卷"}
