"""Files that come with a form: received at once, so that a mistake elsewhere loses none of them."""

from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from app.queries.drafts import staged_of
from app.services.papers.attachments import Attachments, stage
from app.services.papers.file_kinds import UnfitFile
from app.web.access import asked_by, me
from app.web.drafts import typed
from app.web.fields import SHORT

MOST = 5


class Uploads:
    """What became of the files of one form: those received, and a sentence for each refused."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.received: list[Any] = []
        self.removed = tuple(_ids("remove"))

    def receive(self) -> None:
        """Take in what was chosen now beside what was received before."""
        chosen = [file for file in request.files.getlist("files") if file.filename]
        new = [row for file in chosen[:MOST] if (row := self._stage(file))]
        if left := ", ".join(file.filename or "" for file in chosen[MOST:]):
            self.errors.append(_too_many(left))
        dropped = _ids("unstage")
        kept = [each for each in _ids("staged") if each not in dropped]
        self.received = [*staged_of(me().account_id, kept), *new]

    def _stage(self, file: FileStorage) -> Any:  # noqa: ANN401
        try:
            return stage(file.stream, file.filename or "", by=asked_by())
        except UnfitFile as error:
            self.errors.append(error.sentence)
            return None

    def attachments(self) -> Attachments:
        """Return what the form does to the papers of its section."""
        return Attachments(tuple(row.id for row in self.received), self.removed)


def _too_many(names: str) -> str:
    return str(
        _("Mỗi lần gửi tối đa %(most)s tệp; chưa nhận: %(names)s.", most=MOST, names=names[:SHORT])
    )


def _ids(name: str) -> list[UUID]:
    found = []
    for text in typed().getlist(name):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
