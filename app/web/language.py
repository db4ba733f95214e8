"""Vietnamese or English, as the person chose."""

from typing import Any

from flask import Blueprint, current_app, g, has_app_context, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import Domain, get_locale

from app.extensions import babel
from app.web.access import public
from app.web.back import safe_path

blueprint = Blueprint("language", __name__)
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}


def chosen_language() -> str:
    """Return the language of this person's pages."""
    chosen = session.get("language", "")
    default: str = current_app.config["BABEL_DEFAULT_LOCALE"]
    return chosen if chosen in LANGUAGES else default


class Words(Domain):
    """The words of a request; Flask-Babel would look for their catalogue at every one of them."""

    def get_translations(self) -> Any:  # noqa: ANN401
        """Return the catalogue of the language that holds now."""
        if not has_app_context():
            return super().get_translations()
        locale, kept = get_locale(), g.get("words")
        if kept is None or kept[0] is not locale:
            kept = g.words = (locale, super().get_translations())
        return kept[1]


babel.domain_instance = Words()


@blueprint.post("/language/<code>")
@public
def choose(code: str) -> ResponseReturnValue:
    """Keep the choice for this browser and go back to where it was made."""
    if code in LANGUAGES:
        session["language"] = code
    return redirect(safe_path(request.form.get("next")), 303)
