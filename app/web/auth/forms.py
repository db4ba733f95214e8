"""Forms of the door."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo

from app.services.refusals import Invalid
from app.web.fields import given, stripped


class SignInForm(FlaskForm):
    """Name and password."""

    username = StringField(
        _l("Tên đăng nhập"), [given(_l("Ghi tên đăng nhập."))], filters=[stripped]
    )
    password = PasswordField(_l("Mật khẩu"), [given(_l("Ghi mật khẩu."))])


class AcceptForm(FlaskForm):
    """The first password of an invited person."""

    password = PasswordField(_l("Mật khẩu mới"), [given(_l("Ghi mật khẩu mới."))])
    again = PasswordField(
        _l("Ghi lại mật khẩu"), [EqualTo("password", _l("Hai lần ghi không giống nhau."))]
    )


class ChangePasswordForm(AcceptForm):
    """A new password in place of the old."""

    old = PasswordField(_l("Mật khẩu hiện nay"), [given(_l("Ghi mật khẩu hiện nay."))])


def refuse(form: AcceptForm, error: Invalid) -> None:
    """Say beside the field why a password was not taken."""
    if error.code == "wrong_password":
        form["old"].errors = [_("Mật khẩu hiện nay không đúng.")]
    elif error.code == "too_short":
        form.password.errors = [
            _("Mật khẩu cần ít nhất %(number)s ký tự.", number=error.values["shortest"])
        ]
    else:
        form.password.errors = [
            _("Mật khẩu dài tối đa %(number)s ký tự.", number=error.values["longest"])
        ]
