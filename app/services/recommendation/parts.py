"""Writing a part of a recommendation: by the branch or by its union, each change an event."""

from typing import Any

from app import policies
from app.actors import Actor, HeldPost
from app.policies import Right
from app.queries.recommendation.files import RecommendationFile
from app.services.dossiers import Receipt, file_for
from app.services.events import By
from app.services.papers.attachments import Attachments, attach
from app.services.people.member_book import Values, write_fields
from app.services.recommendation.comments import write_comment
from app.services.refusals import Forbidden
from app.services.sections import keep_section, written_before
from app.services.use_case import use_case
from app.services.versions import check_version
from workflows.recommendation_facts import Part
from workflows.roadmap import open_parts

PART_FIELDS = {
    Part.PROFILE: (
        *("birth_place", "permanent_address", "position", "it_skills", "awards", "joined_at"),
        "own_class",
    ),
    Part.WISH: ("wish_on", "essay_on", "branch_comment"),
    Part.EFFORT: ("union_work", "work_results"),
    Part.UNION_COMMENT: ("union_comment",),
    Part.PROSPECT: ("class_on", "class_ref", "party_helper"),
    Part.PROPOSAL: ("proposed_on", "proposal_text"),
    Part.DELAY: ("delay_reason",),
}
COMMENTS = (Part.BRANCH_QUARTER, Part.UNION_QUARTER, Part.BRANCH_PROBATION, Part.UNION_PROBATION)
WRITTEN = (*PART_FIELDS, *COMMENTS)
OF_THE_UNION = frozenset(
    {
        *(Part.UNION_COMMENT, Part.PROSPECT, Part.DELAY),
        *(Part.UNION_QUARTER, Part.UNION_PROBATION),
    }
)
# What somebody may write of themselves: facts, and no comment.
OF_ONESELF = frozenset({Part.PROFILE, Part.EFFORT})
SENSITIVE = frozenset(
    {
        *("own_class", "branch_comment", "union_comment", "party_helper", "proposal_text"),
        "delay_reason",
    }
)


@use_case
def save_part(
    ref: str, part: Part, values: Values, papers: Attachments, *, by: By, seen: int
) -> Receipt:
    """Write a part as typed in its form, with the papers that came along.

    Raises:
        NotFound: no such dossier for this person.
        Stale: somebody changed it since.
        Forbidden: it is not theirs to write, or the part is closed.
        Invalid: a quarter that has its comment, or cannot have one.
    """
    file: Any = file_for(ref, by.actor, lock=True)
    if receipt := written_before(ref, by):
        return receipt
    check_version(file.dossier, seen)
    by = _writer(file, part, by)
    changes = _write(file, part, values, by)
    told = {"changes": changes, "papers": attach(file.dossier, part, papers, by)}
    return keep_section(file.dossier, part, told, by)


def may_open(file: RecommendationFile, part: Part) -> bool:
    """Whether a part may be written in the state the dossier is in."""
    return part in open_parts(file.dossier.state, file.dossier.returned_sections)


def may_write(actor: Actor, file: RecommendationFile, part: Part) -> bool:
    """Whether a part is somebody's to write: the branch's or its union's, and not their own."""
    return _post(actor, file, part) is not None and not _is_barred(actor, file, part)


def _post(actor: Actor, file: RecommendationFile, part: Part) -> HeldPost | None:
    dossier = file.dossier
    is_unions = part in OF_THE_UNION
    right, unit = (
        (Right.SIT, dossier.commune_id) if is_unions else (Right.PREPARE, dossier.branch_id)
    )
    held = policies.posts_with(actor, right)
    return next((each for each in held if each.unit_id == unit), None)


def _is_barred(actor: Actor, file: RecommendationFile, part: Part) -> bool:
    return part not in OF_ONESELF and actor.person_id == file.person.id


def _writer(file: RecommendationFile, part: Part, by: By) -> By:
    post = _post(by.actor, file, part) if by.actor else None
    if by.actor is None or post is None:
        raise Forbidden("not_your_desk")
    if _is_barred(by.actor, file, part):
        raise Forbidden("about_yourself")
    if not may_open(file, part):
        raise Forbidden("section_closed")
    return By(by.actor, by.now, post, by.request_key)


def _write(file: RecommendationFile, part: Part, values: Values, by: By) -> dict[str, Any]:
    if part in COMMENTS:
        return write_comment(file, part, values, by)
    return write_fields(file.recommendation, PART_FIELDS[part], values, SENSITIVE)
