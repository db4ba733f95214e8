"""Forms of the quiz: one answer, and a file of questions."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from app.queries.quiz.attempts import Asked
from app.web.fields import KeyedForm


class AnswerForm(KeyedForm):
    """One question; its options are known once it is drawn."""

    chosen = RadioField(_l("Chọn một phương án"), coerce=int, validate_choice=False)

    def offer(self, asked: Asked) -> None:
        """Show the options in the order drawn, with the answer given so far."""
        self.chosen.choices = [SelectChoice(at, text) for at, text in enumerate(asked.options)]
        if not self.is_submitted():
            self.chosen.data = asked.chosen

    def place(self) -> int | None:
        """Return the place chosen, if it is one of those offered."""
        offered = {choice.value for choice in self.chosen.choices or ()}
        return self.chosen.data if self.chosen.data in offered else None


class QuestionsForm(KeyedForm):
    """A file of questions."""

    file = FileField(_l("Tệp câu hỏi"), [FileRequired(_l("Chọn tệp câu hỏi."))])

    def content(self, most: int) -> bytes:
        """Return what was sent, and one byte more than may be where it is too much."""
        sent: Any = self.file.data
        return bytes(sent.stream.read(most + 1))
