"""What follows once a dossier is opened: its number, the time, where it stands, its page."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.services.dossiers import Receipt
from app.web.drafts import finished
from app.web.filters import moment, word


def opened(receipt: Receipt, place: str = "") -> ResponseReturnValue:
    """Forget the draft of the form at ``place``, tell what was opened, and lead there."""
    finished(place=place)
    done = _(
        "Đã lập hồ sơ %(ref)s lúc %(time)s. Đang ở bước: %(state)s.",
        ref=receipt.ref,
        time=moment(receipt.at),
        state=word(receipt.state, "state"),
    )
    flash(done, "receipt")
    return redirect(url_for("dossiers.show", ref=receipt.ref), 303)
