"""Figures in files: written with their codes, read back from docx, xlsx and pdf, with what was changed by hand since."""

from __future__ import annotations

from youju.foundation.documents.figures.reading import Found, Reading, State, read_figures, recognise
from youju.foundation.documents.figures.sheet import FigureSheet

__all__ = ["FigureSheet", "Found", "Reading", "State", "read_figures", "recognise"]
