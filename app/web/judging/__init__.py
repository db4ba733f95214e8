"""Judging: a judge's list and sheets, the panel, and how far a round is."""

from app.web.judging import chairing, measuring, papers, setting_up, sheets
from app.web.judging.lists import blueprint

__all__ = ["blueprint", "chairing", "measuring", "papers", "setting_up", "sheets"]
