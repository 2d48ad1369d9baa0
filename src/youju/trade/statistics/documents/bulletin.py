"""stub"""
from pathlib import Path
from youju.foundation.documents.templates import Template
BULLETIN = Template("statistics.bulletin", "市场采购出口月报", "1", ("docx",), lambda c, f: b"", (Path(__file__),), "statistics.oversee")
