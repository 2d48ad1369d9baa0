"""Wrong usage of the command line, said in Chinese: ``typer.Typer(cls=Verbs)`` makes a group speak it."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperGroup

from youju.foundation.kernel.errors import InputError

_USAGE: type[Exception] = typer.BadParameter.__mro__[1]
_QUOTED = re.compile(r"['\"(]([^'\"()]+)['\")]")


class Verbs(TyperGroup):
    """A group whose usage errors are an ``InputError``: one Chinese sentence, exit status 2."""

    def make_context(self, *args: Any, **options: Any) -> Any:
        """Parse the group's own arguments."""
        try:
            return super().make_context(*args, **options)
        except _USAGE as error:
            raise _in_chinese(error) from error

    def invoke(self, ctx: Any) -> Any:
        """Parse and run the verb; a verb's usage errors come up here."""
        try:
            return super().invoke(ctx)
        except _USAGE as error:
            raise _in_chinese(error) from error


def _in_chinese(error: Exception) -> Exception:
    """The Chinese sentence for a usage error; the one that only asks for the help page stays as it is."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return error
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "youju"
    message = str(getattr(error, "message", "") or error)
    quoted = _QUOTED.search(message.replace("argument(s)", "argument"))
    parameter = getattr(error, "param", None)
    name = _name(parameter) or (quoted[1] if quoted else "")
    if kind == "MissingParameter":
        what = f"缺少 {name}"
    elif kind == "NoSuchOption":
        what = f"没有选项 {getattr(error, 'option_name', name)}"
    elif "No such command" in message:
        what = f"没有命令“{quoted[1] if quoted else ''}”"
    elif "unexpected extra argument" in message:
        what = f"多出了参数“{quoted[1] if quoted else ''}”"
    elif kind == "BadOptionUsage":
        what = f"选项 {getattr(error, 'option_name', name)} 的用法不对"
    elif kind == "BadParameter":
        what = f"{name} 的值不对"
    else:
        what = "命令的写法不对"
    return InputError(what, how=f"请看 {command} --help")


def _name(parameter: Any) -> str:
    if parameter is None:
        return ""
    options = [text for text in getattr(parameter, "opts", ()) if text.startswith("-")]
    return str(options[0] if options else getattr(parameter, "metavar", None) or parameter.name.upper())
