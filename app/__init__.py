"""The application: workflows at the centre, a web door in front, PostgreSQL behind."""

from flask import Flask

from app.extensions import babel, bootstrap, csrf, db, limiter, login_manager
from app.web import register as register_web
from app.web.access import load_user
from app.web.language import chosen_language
from config import Settings
from workflows.levels import Seat
from workflows.rules import LocalRules, Rulebook


def create_app(settings: Settings) -> Flask:
    """Make the application for the settings of one installation."""
    app = Flask(__name__, template_folder="../templates")
    app.config.from_mapping(settings.flask_config())
    app.config["SETTINGS"] = settings
    app.logger.setLevel(settings.log_level)
    app.config["RULEBOOK"] = Rulebook(_local_rules(settings))
    for extension in (db, login_manager, csrf, limiter, bootstrap):
        extension.init_app(app)
    login_manager.user_loader(load_user)
    babel.init_app(app, locale_selector=chosen_language)
    register_web(app)
    return app


def _local_rules(settings: Settings) -> LocalRules:
    issuer = Seat.GRASSROOTS if settings.card_issuer_xiii == "commune" else Seat.SUPERIOR
    return LocalRules(
        statute_xiii_from=settings.statute_xiii_from,
        card_issuer_xiii=issuer,
        membership_from=settings.membership_from,
        quorum=settings.vote_quorum,
        age_limit_birthday=settings.age_limit_birthday,
        review_days=settings.review_days,
        idle_months=settings.idle_months,
        count_away_members=settings.count_away_members,
        merged_places=settings.merged_places,
        excellent_ceiling=settings.excellent_ceiling,
        grade_majority=settings.grade_majority,
        branch_good_shares=settings.branch_good_shares,
        exemplary_grade_year=settings.exemplary_grade_year,
        opinion_majority=settings.opinion_majority,
        resolution_majority=settings.resolution_majority,
        programme_least=settings.programme_least,
        programme_shares=settings.programme_shares,
    )
