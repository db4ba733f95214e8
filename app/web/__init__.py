"""The door: routes and forms by area; who asks, in which language, and what an error looks like."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app.web import (
    access,
    acts,
    assets,
    auth,
    classes,
    classification,
    contest,
    contest_rules,
    desk,
    dossiers,
    dues,
    entry,
    errors,
    filters,
    headers,
    health,
    imports,
    judging,
    language,
    meetings,
    numbers,
    people,
    programme,
    quiz,
    recommendation,
    results,
    standings,
    units,
)
from app.web.quiz import by_link
from config import Settings

AREAS = (
    *(auth, desk, dossiers, meetings, classes, acts),
    *(people, imports, units, standings, dues),
    *(programme, classification),
    *(contest, contest_rules, entry, judging, quiz, by_link, results),
    *(recommendation, language, health),
)


def register(app: Flask) -> None:
    """Open every area of the site."""
    settings: Settings = app.config["SETTINGS"]
    numbers.register(app)
    for area in AREAS:
        app.register_blueprint(area.blueprint)
    access.register(app)
    assets.register(app)
    errors.register(app)
    filters.register(app)
    headers.register(app)
    if hops := settings.trusted_proxies:
        proxied = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
        app.wsgi_app = proxied  # type: ignore[method-assign]
