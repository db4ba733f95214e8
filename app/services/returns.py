"""Handed up, sent back, mended and handed up again: what these steps write in every workflow."""

from typing import Any

from app.services.events import By

Facts = dict[str, Any]


def hand_up(file: Any, _answers: Any, by: By) -> Facts:  # noqa: ANN401
    """Keep who handed a dossier up: they do not decide on it at the next desk."""
    file.dossier.handed_up_by_id = by.actor.account_id if by.actor else None
    return {}


def send_back(file: Any, answers: Any, _by: By) -> Facts:  # noqa: ANN401
    """Keep which sections are to be mended, and why each."""
    file.dossier.returned_sections = list(answers.sections)
    file.dossier.amended_sections = []
    return {"sections": list(answers.sections), "reasons": dict(answers.reasons)}


def hand_up_again(file: Any, answers: Any, by: By) -> Facts:  # noqa: ANN401
    """Close what was sent back, and keep which sections were mended."""
    mended = sorted(file.dossier.amended_sections)
    settle(file)
    return {"mended": mended, **hand_up(file, answers, by)}


def settle(file: Any) -> None:  # noqa: ANN401
    """Nothing is left to be mended."""
    file.dossier.returned_sections = []
    file.dossier.amended_sections = []
