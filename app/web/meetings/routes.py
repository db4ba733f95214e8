"""Meetings: the list, recording one, its page with the verdicts, and correcting a vote."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app import policies
from app.policies import Right
from app.queries.admission import meetings
from app.services.meetings.corrections import vote_to_correct
from app.services.refusals import Forbidden, NotFound
from app.vietnamese import sort_key
from app.web.access import me, needs, signed_in
from app.web.meetings import correcting, recording
from app.web.meetings.forms import COUNTS
from workflows.engine import NoSuchStep
from workflows.registry import BRANCH_VOTES

blueprint = Blueprint("meetings", __name__, url_prefix="/meetings")
BIGGEST_ID = 2**31 - 1


@blueprint.get("")
@needs(Right.LOOK)
def listing() -> ResponseReturnValue:
    """List the meetings of the units I look over, and who waits for a vote of mine."""
    found = meetings.meetings_under(policies.posts_with(me(), Right.LOOK), _place(request.args))
    shown = found[: meetings.PAGE]
    last = shown[-1] if len(found) > meetings.PAGE else None
    mine = policies.posts_with(me(), Right.MEET)
    return render_template(
        "meetings/listing.html",
        meetings=shown,
        names=meetings.people_voted_on(shown, policies.posts_with(me(), Right.SEE_RECOMMENDATIONS)),
        more=f"{last.held_on.isoformat()}~{last.id}" if last else None,
        mine=mine,
        waiting=meetings.waiting_in([post.unit_id for post in mine]),
    )


def _place(args: Mapping[str, str]) -> tuple[date, int] | None:
    """Read from the address the last meeting seen; what cannot be read means the first page."""
    day, _, number = args.get("after", "").partition("~")
    if not number.isdecimal() or len(number) > len(str(BIGGEST_ID)) or int(number) > BIGGEST_ID:
        return None
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Right.MEET)
def new() -> ResponseReturnValue:
    """Record a meeting."""
    return recording.new()


@blueprint.get("/<int:meeting_id>")
@signed_in
def show(meeting_id: int) -> ResponseReturnValue:
    """Show the verdict on each candidate, who was there, and every revision of the votes."""
    meeting = _seen(meeting_id)
    voted_on = meetings.files_of(meeting)
    files = sorted(filter(_may_know, voted_on), key=lambda file: file.person.sort_key)
    return render_template(
        "meetings/show.html",
        meeting=meeting,
        files=files,
        revisions={file.dossier.id: _revisions(meeting, file.dossier.id) for file in files},
        correctable={file.dossier.id for file in files if _is_correctable(file, meeting_id)},
        roll=sorted(meeting.attendances, key=lambda each: sort_key(each.name)),
        recorders=meetings.recorders_of(meeting),
        counts=COUNTS,
        decided_by=BRANCH_VOTES,
        tells_all=len(files) == len(voted_on),
    )


def _may_know(file: Any) -> bool:  # noqa: ANN401
    """What is confidential is told where it lies today; everything else, by whom the meeting is."""
    dossier = file.dossier
    is_open_to_all = policies.sight_of(dossier.workflow) is Right.LOOK
    return is_open_to_all or policies.may_see(me(), dossier, file.branch.path)


def _seen(meeting_id: int) -> Any:  # noqa: ANN401
    meeting = meetings.meeting_by_id(meeting_id) if meeting_id <= BIGGEST_ID else None
    if meeting is None:
        raise NotFound
    if not policies.may(me(), Right.LOOK, meeting.unit_id, meeting.unit.path):
        raise NotFound
    return meeting


def _revisions(meeting: Any, dossier_id: int) -> list[Any]:  # noqa: ANN401
    """List the versions of a vote, the one that counts first."""
    votes = [vote for vote in meeting.votes if vote.dossier_id == dossier_id]
    return sorted(votes, key=lambda vote: -vote.revision)


def _is_correctable(file: Any, meeting_id: int) -> bool:  # noqa: ANN401
    try:
        vote_to_correct(file, meeting_id, me())
    except (Forbidden, NoSuchStep):
        return False
    return True


@blueprint.route("/<int:meeting_id>/votes/<ref>/correct", methods=["GET", "POST"])
@needs(Right.MEET)
def correct(meeting_id: int, ref: str) -> ResponseReturnValue:
    """Correct the numbers of a vote, with a reason, until the commune decides."""
    return correcting.correct(meeting_id, ref)
