"""The official form as a template of documents: made in a job from the plain data of a round."""

from __future__ import annotations

from pathlib import Path

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.templates import Context, Template
from youju.foundation.kernel.errors import InputError

CODE = "monitoring.form"
FORMATS = ("docx", "xlsx")


def _render(context: Context, format: str) -> bytes:
    sheet = FigureSheet(FORM.origin(context))
    try:
        if format == "xlsx":
            from youju.performance.monitoring.documents.workbook import write_xlsx

            return write_xlsx(context, sheet)
        from youju.performance.monitoring.documents.word import write_docx

        return write_docx(context, sheet)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"监控表的数据不完整（{error}）", where=FORM.title, how="请重新申请") from error


FORM = Template(
    code=CODE,
    title="绩效运行监控表",
    version="1",
    formats=FORMATS,
    render=_render,
    sources=tuple(sorted(Path(__file__).parent.glob("*.py"))),
    permission="monitoring.export",
)
