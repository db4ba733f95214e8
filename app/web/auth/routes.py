"""Signing in and out, invitations, and passwords."""

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_user, logout_user

from app.actors import Actor
from app.extensions import limiter
from app.queries.accounts import invited_by
from app.services.offices import accounts
from app.services.refusals import Invalid, NotFound
from app.web.access import SignedIn, asked_by, load_user, now, public, signed_in
from app.web.auth.forms import AcceptForm, ChangePasswordForm, SignInForm, refuse
from app.web.back import safe_path

blueprint = Blueprint("auth", __name__)


def _limit() -> str:
    limit: str = current_app.config["SETTINGS"].login_limit
    return limit


def _went_wrong(response: Response) -> bool:
    """Only wrong tries count: a whole office may sign in from one address."""
    return response.status_code >= 400  # noqa: PLR2004


tries_limited = limiter.limit(_limit, methods=["POST"], deduct_when=_went_wrong)


@blueprint.route("/login", methods=["GET", "POST"])
@tries_limited
@public
def sign_in() -> ResponseReturnValue:
    """Let a person in; a wrong name and a wrong password get the same answer."""
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("auth/sign_in.html", form=form), 422 if form.errors else 200
    account = accounts.sign_in(form.username.data or "", form.password.data or "", now=now())
    if account is None:
        form.password.errors = [
            _(
                "Tên đăng nhập hoặc mật khẩu không đúng. Sai từ %(tries)s lần trở lên thì phải "
                "chờ, lâu nhất %(minutes)s phút.",
                tries=accounts.TRIES,
                minutes=accounts.LONGEST_WAIT.seconds // 60,
            )
        ]
        return render_template("auth/sign_in.html", form=form), 422
    _enter(account.id, account.session_epoch)
    return redirect(safe_path(request.args.get("next")), 303)


def _enter(account_id: int, epoch: int) -> None:
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    session.permanent = True
    user = load_user(f"{account_id}.{epoch}")
    login_user(user or SignedIn(Actor(account_id, "", None, ()), epoch))


@blueprint.post("/logout")
@signed_in
def sign_out() -> ResponseReturnValue:
    """Let a person out."""
    logout_user()
    flash(_("Đã đăng xuất."), "success")
    return redirect(url_for("auth.sign_in"), 303)


@blueprint.route("/invitations/<secret>", methods=["GET", "POST"])
@tries_limited
@public
def accept(secret: str) -> ResponseReturnValue:
    """Let an invited person choose a password."""
    form = AcceptForm()
    invited = invited_by(secret, now())
    if invited is None:
        return _dead_link()
    if form.validate_on_submit():
        try:
            account = accounts.accept(secret, form.password.data or "", now=now())
        except NotFound:
            return _dead_link()
        except Invalid as error:
            refuse(form, error)
        else:
            _enter(account.id, account.session_epoch)
            flash(_("Tài khoản %(name)s đã mở.", name=account.username), "success")
            return redirect(url_for("desk.show"), 303)
    page = render_template("auth/accept.html", form=form, username=invited.username)
    return page, 422 if form.errors else 200


def _dead_link() -> ResponseReturnValue:
    return render_template("auth/dead_link.html"), 404


@blueprint.route("/password", methods=["GET", "POST"])
@tries_limited
@signed_in
def change_password() -> ResponseReturnValue:
    """Change the own password; other browsers are signed out by it."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            old, new = form.old.data or "", form.password.data or ""
            account = accounts.change_password(old, new, by=asked_by())
        except Invalid as error:
            refuse(form, error)
        else:
            _enter(account.id, account.session_epoch)
            flash(_("Đã đổi mật khẩu; các thiết bị khác phải đăng nhập lại."), "success")
            return redirect(url_for("desk.show"), 303)
    return render_template("auth/password.html", form=form), 422 if form.errors else 200
