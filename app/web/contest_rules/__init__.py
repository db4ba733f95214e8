"""The rules of a contest, made in the browser: a page for each piece, and the whole as a file."""

from app.web.contest_rules import files, parts, rounds, whole
from app.web.contest_rules.at_hand import blueprint

__all__ = ["blueprint", "files", "parts", "rounds", "whole"]
