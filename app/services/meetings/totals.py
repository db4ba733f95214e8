"""What the event of a dossier keeps of the vote on it: the totals, and never who voted how."""

from typing import Any

from app.models import Meeting, MeetingVote

NUMBERS = ("entitled", "present", "in_favour", "against", "blank", "spoiled", "needed")


def told(vote: MeetingVote, meeting: Meeting) -> dict[str, Any]:
    """Return the meeting, its day, the totals and the result."""
    return {
        "meeting": meeting.id,
        "held_on": meeting.held_on.isoformat(),
        "passed": vote.passed,
        "revision": vote.revision,
        **{name: getattr(vote, name) for name in NUMBERS},
    }
