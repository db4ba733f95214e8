"""Files that come with a form: received at once, so that a mistake elsewhere loses none of them."""

from typing import Any
from uuid import UUID

from flask import request
from werkzeug.datastructures import FileStorage

from app.queries.drafts import staged_of
from app.services.attachments import Attachments, stage
from app.services.file_kinds import UnfitFile
from app.web.access import asked_by, me

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
        kept = [each for each in _ids("staged") if str(each) not in request.form.getlist("unstage")]
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


def _ids(name: str) -> list[UUID]:
    found = []
    for text in request.form.getlist(name):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
