"""Recommendation dossiers with all that their steps and pages read."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.orm import load_only

from app.extensions import db
from app.models import (
    Dossier,
    ExemplaryList,
    ExemplaryTitle,
    Meeting,
    MeetingVote,
    Person,
    ProbationOpinion,
    QuarterComment,
    Recommendation,
    Unit,
)
from app.queries.admission.files import vote_facts
from app.queries.classification.grades import grades_of
from app.queries.people.standings import stands_on
from workflows.calendar import local_day
from workflows.classification import Grade
from workflows.levels import Level
from workflows.membership import MEMBER_STATUSES, PersonStatus
from workflows.quarters import Quarter, late
from workflows.recommendation_facts import (
    RecommendationAnswers,
    RecommendationFacts,
    Side,
)
from workflows.rules import RuleSet


@dataclass(slots=True)
class RecommendationFile:
    """A dossier with the rows around it; ``years`` are those of its titles, the last one counts.

    ``chosen_on`` is the day of the first choice, which may be older than its entry here.
    """

    dossier: Dossier
    recommendation: Recommendation
    person: Person
    branch: Unit
    vote: MeetingVote | None
    meeting: Meeting | None
    chosen_on: date | None
    years: tuple[int, ...]
    grades: dict[int, Grade] = field(default_factory=dict)
    quarters: list[QuarterComment] = field(default_factory=list)
    opinions: dict[Side, ProbationOpinion] = field(default_factory=dict)
    suspended_on: dict[date, bool] = field(default_factory=dict)

    @property
    def meeting_planned_on(self) -> date | None:
        """The branch meets when it can: no day is planned beforehand."""
        return None


def _years() -> ScalarSelect[Any]:
    years = select(func.array_agg(ExemplaryTitle.year)).where(
        ExemplaryTitle.dossier_id == Dossier.id
    )
    return years.scalar_subquery()


def _chosen_on() -> ScalarSelect[Any]:
    first = select(func.min(ExemplaryList.held_on)).join(
        ExemplaryTitle, ExemplaryTitle.list_id == ExemplaryList.id
    )
    return first.where(ExemplaryTitle.dossier_id == Dossier.id).scalar_subquery()


def _files() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(Dossier, Recommendation, Person, Unit, MeetingVote, Meeting),
            *(_chosen_on(), _years()),
        )
        .join(Recommendation, Recommendation.dossier_id == Dossier.id)
        .join(Person, Person.id == Dossier.person_id)
        .join(Unit, Unit.id == Dossier.branch_id)
        .outerjoin(MeetingVote, MeetingVote.id == Recommendation.vote_id)
        .outerjoin(Meeting, Meeting.id == MeetingVote.meeting_id)
    )


def recommendation_files(
    *where: ColumnElement[bool], lock: bool = False
) -> list[RecommendationFile]:
    """List files, the person's id first; locked as admissions are."""
    query = _files().where(*where).order_by(Person.id, Dossier.id)
    if lock:
        query = query.with_for_update(of=[Person, Dossier], key_share=True)
    rows: Any = db.session.execute(query, execution_options={"populate_existing": lock})
    files = [_file(*row) for row in rows]
    return _filled(files) if files else []


def _file(*row: Any) -> RecommendationFile:  # noqa: ANN401
    *found, years = row
    rows: tuple[Any, Any, Any, Any, Any, Any, Any] = tuple(found)
    return RecommendationFile(*rows, years=tuple(sorted(years or ())))


def load(refs: Sequence[str], *, lock: bool) -> list[RecommendationFile]:
    """List the files that have one of these references."""
    return recommendation_files(Dossier.ref.in_(refs), lock=lock)


def _filled(files: list[RecommendationFile]) -> list[RecommendationFile]:
    """Add what a file has many of: grades, comments by quarter, opinions on the probation."""
    by_id = {file.dossier.id: file for file in files}
    grades = grades_of([file.person.id for file in files])
    for file in files:
        file.grades = grades.get(file.person.id, {})
    for comment in db.session.scalars(
        select(QuarterComment)
        .where(QuarterComment.dossier_id.in_(by_id))
        .order_by(QuarterComment.year.desc(), QuarterComment.number.desc(), QuarterComment.side)
    ):
        by_id[comment.dossier_id].quarters.append(comment)
    opinions = select(ProbationOpinion).where(ProbationOpinion.dossier_id.in_(by_id))
    for opinion in db.session.scalars(opinions):
        by_id[opinion.dossier_id].opinions[opinion.side] = opinion
    return files


def counted_years(title_year: int, rules: RuleSet) -> tuple[int, ...]:
    """Return the years of which one must be graded excellent (HD30 §III.1 and the note in §III.2).

    The two sentences differ: the year of the title or the one before, or that before alone.
    """
    if rules.local.exemplary_grade_year == "previous":
        return (title_year - 1,)
    return (title_year, title_year - 1)


def _is_suspended(file: RecommendationFile, today: date) -> bool:
    """Ask once for a day: a page draws the facts several times."""
    if today not in file.suspended_on:
        suspended = stands_on(today, {PersonStatus.SUSPENDED})
        found = select(Person.id).where(Person.id == file.person.id, suspended)
        file.suspended_on[today] = db.session.scalar(found) is not None
    return file.suspended_on[today]


# Facts that a requirement reads as they are kept.
_AS_KEPT = (
    *("wish_on", "essay_on", "listed_on", "prospect_on", "class_on", "class_ref"),
    *("proposed_on", "new_vote_needed", "resolved_on", "cell_on", "accepted_on", "admitted_on"),
)


def facts_of(
    file: RecommendationFile, rules: RuleSet, today: date, answers: RecommendationAnswers
) -> RecommendationFacts:
    """Draw the frozen picture of a file that the requirements read."""
    dossier, kept = file.dossier, file.recommendation
    return RecommendationFacts(
        rules=rules,
        today=today,
        answers=answers,
        **{name: getattr(kept, name) for name in _AS_KEPT},
        **_about_the_person(file.person),
        **_about_the_title(file, rules),
        is_suspended=_is_suspended(file, today),
        has_profile=bool(kept.position.strip() and kept.permanent_address.strip()),
        has_branch_comment=bool(kept.branch_comment),
        has_effort=bool(kept.union_work.strip() and kept.work_results.strip()),
        has_union_comment=bool(kept.union_comment),
        has_party_helper=bool(kept.party_helper),
        without_branch=file.branch.level is not Level.BRANCH,
        vote=vote_facts(file),
        commented_on_probation=frozenset(file.opinions),
        returned_sections=frozenset(dossier.returned_sections),
        amended_sections=frozenset(dossier.amended_sections),
        opened_on=file.chosen_on or local_day(dossier.opened_at),
    )


def _about_the_title(file: RecommendationFile, rules: RuleSet) -> dict[str, Any]:
    year = file.years[-1] if file.years else 0
    grades = [file.grades.get(each) for each in counted_years(year, rules)]
    return {"title_year": year, "is_graded_excellent": Grade.EXCELLENT in grades}


def _about_the_person(person: Person) -> dict[str, Any]:
    return {
        "birth_date": None if person.birth_year_only else person.birth_date,
        "schooling": person.schooling,
        "is_member": person.status in MEMBER_STATUSES,
        "moved_out": person.status is PersonStatus.TRANSFERRED,
    }


def late_quarters(file: RecommendationFile, side: Side, today: date) -> list[Quarter]:
    """List the quarters for which a side owes its comment, of an open file of a prospect."""
    written = {Quarter(each.year, each.number) for each in file.quarters if each.side is side}
    return _owed(file.dossier, file.recommendation, written, today)


def _owed(
    dossier: Dossier, kept: Recommendation, written: Collection[Quarter], today: date
) -> list[Quarter]:
    since, until = kept.prospect_on, kept.admitted_on or today
    if since is None or (dossier.desk_unit_id is None and kept.admitted_on is None):
        return []
    return late(since, until, written, today)


def late_comments(refs: Collection[str], today: date) -> Counter[str]:
    """Count the quarterly comments that both sides owe, by the reference of the dossier."""
    query = (
        select(Dossier, Recommendation, QuarterComment)
        .join(Recommendation, Recommendation.dossier_id == Dossier.id)
        .outerjoin(QuarterComment, QuarterComment.dossier_id == Dossier.id)
        .where(Dossier.ref.in_(refs))
        .options(load_only(QuarterComment.side, QuarterComment.year, QuarterComment.number))
    )
    files: dict[tuple[Dossier, Recommendation], set[tuple[Side, Quarter]]] = defaultdict(set)
    for dossier, kept, comment in db.session.execute(query):
        written = files[dossier, kept]
        if comment:
            written.add((comment.side, Quarter(comment.year, comment.number)))
    return Counter(
        {
            dossier.ref: sum(
                len(_owed(dossier, kept, {quarter for by, quarter in written if by is side}, today))
                for side in Side
            )
            for (dossier, kept), written in files.items()
        }
    )
