"""Forms of the door."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo

from app.web.fields import given


class SignInForm(FlaskForm):
    """Name and password."""

    username = StringField(_l("Tên đăng nhập"), [given(_l("Ghi tên đăng nhập."))])
    password = PasswordField(_l("Mật khẩu"), [given(_l("Ghi mật khẩu."))])


class AcceptForm(FlaskForm):
    """The first password of an invited person."""

    password = PasswordField(_l("Mật khẩu mới"), [given()])
    again = PasswordField(
        _l("Ghi lại mật khẩu"), [EqualTo("password", _l("Hai lần ghi không giống nhau."))]
    )


class ChangePasswordForm(AcceptForm):
    """A new password in place of the old."""

    old = PasswordField(_l("Mật khẩu hiện nay"), [given()])
