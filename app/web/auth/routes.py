"""Signing in and out, invitations, and passwords."""

from flask import (
    Blueprint,
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
from app.services import accounts
from app.services.refusals import Invalid
from app.web.access import SignedIn, asked_by, load_user, now, public, signed_in
from app.web.auth.forms import AcceptForm, ChangePasswordForm, SignInForm
from app.web.back import safe_path

blueprint = Blueprint("auth", __name__)


def _limit() -> str:
    limit: str = current_app.config["SETTINGS"].login_limit
    return limit


@blueprint.route("/login", methods=["GET", "POST"])
@limiter.limit(_limit, methods=["POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Let a person in; a wrong name and a wrong password get the same answer."""
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("auth/sign_in.html", form=form), 422 if form.errors else 200
    account = accounts.sign_in(form.username.data or "", form.password.data or "", now=now())
    if account is None:
        form.password.errors = [_("Tên đăng nhập hoặc mật khẩu không đúng.")]
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
@limiter.limit(_limit, methods=["POST"])
@public
def accept(secret: str) -> ResponseReturnValue:
    """Let an invited person choose a password."""
    form = AcceptForm()
    if form.validate_on_submit():
        try:
            account = accounts.accept(secret, form.password.data or "", now=now())
        except Invalid as error:
            form.password.errors = [_too_short(error)]
        else:
            _enter(account.id, account.session_epoch)
            flash(_("Tài khoản %(name)s đã mở.", name=account.username), "success")
            return redirect(url_for("desk.show"), 303)
    return render_template("auth/accept.html", form=form), 422 if form.errors else 200


@blueprint.route("/password", methods=["GET", "POST"])
@limiter.limit(_limit, methods=["POST"])
@signed_in
def change_password() -> ResponseReturnValue:
    """Change the own password; other browsers are signed out by it."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            old, new = form.old.data or "", form.password.data or ""
            account = accounts.change_password(old, new, by=asked_by())
        except Invalid as error:
            field = form.old if error.field == "old" else form.password
            field.errors = [_too_short(error)]
        else:
            _enter(account.id, account.session_epoch)
            flash(_("Đã đổi mật khẩu; các thiết bị khác phải đăng nhập lại."), "success")
            return redirect(url_for("desk.show"), 303)
    return render_template("auth/password.html", form=form), 422 if form.errors else 200


def _too_short(error: Invalid) -> str:
    if error.code == "wrong_password":
        return str(_("Mật khẩu hiện nay không đúng."))
    shortest = error.values["shortest"]
    return str(_("Mật khẩu cần ít nhất %(number)s ký tự.", number=shortest))
