"""Writing a section: what is on file or left unfinished is shown, mistakes keep what was typed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectField

from app import policies
from app.queries.dossiers import history_of, papers_of
from app.services.dossiers import Receipt, file_for
from app.services.people.twins import TwinFound
from app.services.refusals import Forbidden, Invalid, Stale
from app.web.access import asked_by, me
from app.web.dossiers.checklist import return_reasons
from app.web.drafts import finished, put_aside, resumed, wants_later
from app.web.fields import DayField, KeyedForm
from app.web.filters import choices, moment, word
from app.web.uploads import Uploads


class ChoiceField(SelectField):
    """A choice that becomes a value of its kind; the blank one becomes nothing."""

    def __init__(self, label: Any, read_as: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(label, **kwargs)
        self.read_as = read_as


def one_of(label: Any, kind: Any, words: str) -> ChoiceField:  # noqa: ANN401
    """Make a choice of the values of an enumeration."""
    return ChoiceField(label, read_as=kind, choices=choices(words, blank="…"))


class SectionForm(KeyedForm):
    """A section; ``values`` returns its columns as typed values.

    ``nullable`` names the columns where nothing typed is no value; ``on_refusal`` the fields that
    are asked for only once a service has refused. ``shown_for`` offers what only the file knows.
    """

    nullable: ClassVar[frozenset[str]] = frozenset()
    on_refusal: ClassVar[frozenset[str]] = frozenset()

    def values(self) -> dict[str, Any]:
        """Return what was typed, by column."""
        skipped = {"csrf_token", "request_key", "seen", "draft"}
        return {field.name: self._typed(field) for field in self if field.name not in skipped}

    def _typed(self, field: Any) -> Any:  # noqa: ANN401
        if isinstance(field, DayField):
            return field.day
        if kind := getattr(field, "read_as", None):
            return kind(field.data) if field.data else None
        return field.data or (None if field.name in self.nullable else "")


def _by_the_branch(file: Any, _section: Any) -> bool:  # noqa: ANN401
    return policies.may_write(me(), file.dossier)


@dataclass(frozen=True, slots=True)
class SectionForms:
    """How the sections of one workflow are written; ``names`` are those that have a form.

    ``form_of(file, section)`` makes the kind of form, ``on_file(file, section)`` returns what it
    shows at first, ``may_open(file, section)`` tells whether it may be written now. ``save`` is
    the use case; ``papers`` tells that it takes files too. ``blame(form, error)`` says beside a
    field what ``save`` refused, and raises again what it has no words for. Sections are the
    branch's to write unless ``may_write(file, section)`` knows better.
    """

    names: Iterable[StrEnum]
    form_of: Callable[[Any, Any], type[SectionForm]]
    on_file: Callable[[Any, Any], Mapping[str, Any]]
    may_open: Callable[[Any, Any], bool]
    save: Callable[..., Receipt]
    blame: Callable[[Any, Exception], None]
    papers: bool = True
    may_write: Callable[[Any, Any], bool] = _by_the_branch


def write_section(forms: SectionForms, file: Any, name: str) -> ResponseReturnValue:  # noqa: ANN401
    """Answer GET and POST of a section's form."""
    section = next((each for each in forms.names if each.value == name), None)
    if section is None:
        abort(404)
    if not forms.may_write(file, section):
        raise Forbidden("not_your_desk")
    if not forms.may_open(file, section):
        raise Forbidden("section_closed")
    return _Writing(forms, file, section).answer()


class _Writing:
    """One person at one form."""

    def __init__(self, forms: SectionForms, file: Any, section: StrEnum) -> None:  # noqa: ANN401
        self.forms, self.file, self.section = forms, file, section
        shown = {**forms.on_file(file, section), "seen": file.dossier.version}
        self.uploads = Uploads() if forms.papers else None
        self.form: Any = resumed(forms.form_of(file, section), data=shown)
        self.form.shown_for(file)

    def answer(self) -> ResponseReturnValue:
        errors = self._files_in()
        if wants_later():
            return self._put_aside()
        if self.form.validate_on_submit() and not errors:
            return self._save()
        return self._page(), 422 if self.form.errors or errors else 200

    def _files_in(self) -> list[str]:
        if self.uploads is None:
            return []
        self.uploads.receive()
        return self.uploads.errors

    def _put_aside(self) -> ResponseReturnValue:
        dossier, files = self.file.dossier, self.uploads.received if self.uploads else ()
        title = f"{dossier.ref} {dossier.person_name}: {word(self.section, 'section')}"
        return put_aside(title, staged=[str(row.id) for row in files])

    def _save(self) -> ResponseReturnValue:
        ref, form = self.file.dossier.ref, self.form
        by = asked_by(form.request_key.data)
        papers = (self.uploads.attachments(),) if self.uploads else ()
        try:
            receipt = self.forms.save(
                ref, self.section, form.values(), *papers, by=by, seen=form.version()
            )
        except Stale as stale:
            return self._ask_which(stale)
        except (Invalid, TwinFound) as error:
            self.forms.blame(form, error)
            return self._page(), 422
        return self._saved(receipt)

    def _ask_which(self, stale: Stale) -> ResponseReturnValue:
        """Show both versions of what differs; saving again takes what stands in the fields."""
        self.file = file_for(self.file.dossier.ref, me(), lock=False)
        self.form.seen.data = str(stale.version)
        return self._page(stale), 409

    def _saved(self, receipt: Receipt) -> ResponseReturnValue:
        finished()
        name, time = word(self.section, "section"), moment(receipt.at)
        flash(_("Đã lưu mục %(name)s lúc %(time)s.", name=name, time=time), "success")
        return redirect(url_for("dossiers.show", ref=receipt.ref), 303)

    def _page(self, stale: Stale | None = None) -> str:
        dossier, form = self.file.dossier, self.form
        for name in form.on_refusal:
            if not (form[name].errors or form[name].data):
                del form[name]
        return render_template(
            "dossiers/section.html",
            file=self.file,
            dossier=dossier,
            section=self.section,
            form=form,
            papers=[paper for paper in self._papers() if paper.section == self.section],
            uploads=self.uploads,
            stale=stale,
            on_file=self.forms.on_file(self.file, self.section),
            returned=self._why_returned(),
        )

    def _papers(self) -> list[Any]:
        return list(papers_of(self.file.dossier.id)) if self.forms.papers else []

    def _why_returned(self) -> str:
        dossier = self.file.dossier
        if self.section not in dossier.returned_sections:
            return ""
        return return_reasons(history_of(dossier.id)).get(self.section, "")
