"""Vietnamese or English, as the person chose."""

from flask import Blueprint, current_app, redirect, request, session
from flask.typing import ResponseReturnValue

from app.web.access import public
from app.web.back import safe_path

blueprint = Blueprint("language", __name__)
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}


def chosen_language() -> str:
    """Return the language of this person's pages."""
    chosen = session.get("language", "")
    default: str = current_app.config["BABEL_DEFAULT_LOCALE"]
    return chosen if chosen in LANGUAGES else default


@blueprint.post("/language/<code>")
@public
def choose(code: str) -> ResponseReturnValue:
    """Keep the choice for this browser and go back to where it was made."""
    if code in LANGUAGES:
        session["language"] = code
    return redirect(safe_path(request.form.get("next")), 303)
