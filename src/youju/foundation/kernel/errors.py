"""The one error for input that cannot be used: what, where, how to mend it."""

from __future__ import annotations


class InputError(Exception):
    """Bad input, said in one Chinese sentence.

    Commands print it on standard error and exit with status 2; pages and endpoints answer with ``status``.
    Nothing has been stored when it is raised.

    Args:
        what: what is wrong, e.g. ``文件是空的``.
        where: the place, e.g. a file name, ``第 3 张表，项目编码``; empty if ``what`` says it.
        how: how to mend it, e.g. ``请重新导出后再上传``.
        status: the HTTP status (4xx).
    """

    def __init__(self, what: str, *, where: str = "", how: str = "", status: int = 422) -> None:
        self.what, self.where, self.how, self.status = what, where, how, status
        super().__init__(str(self))

    def __str__(self) -> str:
        place = f"{self.where}：" if self.where else ""
        mend = f"；{self.how}" if self.how else ""
        return f"{place}{self.what}{mend}。"
