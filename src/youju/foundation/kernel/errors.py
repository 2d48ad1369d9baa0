"""The one error for input that cannot be used: what, where, how to mend it."""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "已经有同名的文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "这个磁盘只能读，不能写",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件超过了磁盘允许的大小",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "快捷方式（符号链接）绕成了圈",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ETXTBSY: "文件正在被使用",
    errno.EBUSY: "文件或设备正在被使用",
    errno.EIO: "磁盘读写出错",
}


def reason_of(error: OSError) -> str:
    """Why the system refused a file, a folder or a port, in Chinese where it is one of the usual reasons."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


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
