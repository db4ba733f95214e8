"""Judging: a judge's list and sheets, the panel, and how far a round is."""

from app.web.judging import chairing, debates, measuring, papers, setting_up, sheets
from app.web.judging.lists import blueprint

__all__ = ["blueprint", "chairing", "debates", "measuring", "papers", "setting_up", "sheets"]
