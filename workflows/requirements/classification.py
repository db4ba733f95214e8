"""Claims of the yearly classification: what stands on the sheet, the meeting, the decision."""

from collections.abc import Iterable

from workflows.classification.facts import LineFacts, Part, SheetFacts
from workflows.engine import NOT_YET, Values, requirement
from workflows.voting import Disagreement, disagreements, quorum_needed


def _names(lines: Iterable[LineFacts]) -> Values | None:
    named = [line.name for line in lines]
    return {"names": ", ".join(named)} if named else None


@requirement("somebody_graded", section=Part.GRADES, clause="classification")
def somebody_graded(facts: SheetFacts) -> Values | None:
    """A sheet without anybody to classify goes nowhere."""
    return None if facts.lines else {}


@requirement("other_grade_reasoned", section=Part.GRADES, clause="grade_reason")
def other_grade_reasoned(facts: SheetFacts) -> Values | None:
    """Who proposes another grade than the figures lead to says why."""
    return _names(line for line in facts.graded if line.is_other and not line.reason.strip())


@requirement("former_unit_heard", section=Part.GRADES, clause="grade_scope")
def former_unit_heard(facts: SheetFacts) -> Values | None:
    """Who came within the last six months is classified by the comment of the unit before."""
    asked = (line for line in facts.graded if line.asks_former_unit)
    return _names(line for line in asked if not line.former_comment.strip())


@requirement("ceiling_kept", section=Part.GRADES, clause="grade_ceiling")
def ceiling_kept(facts: SheetFacts) -> Values | None:
    """Where a ceiling is set, no more are excellent than it lets."""
    if facts.ceiling is None:
        return NOT_YET
    if facts.excellent <= facts.ceiling:
        return None
    return {"excellent": facts.excellent, "most": facts.ceiling}


@requirement("classified_in_person", section=Part.MEETING, clause="offline", of_answer=True)
def classified_in_person(facts: SheetFacts) -> Values | None:
    """Units and members are never classified online (HD20 §11.1b)."""
    return {} if facts.gathering and facts.gathering.online else None


@requirement("met_in_time", section=Part.MEETING, clause="classification", of_answer=True)
def met_in_time(facts: SheetFacts) -> Values | None:
    """The meeting was held, within the year or after it."""
    first = facts.today.replace(year=facts.year, month=1, day=1)
    held = facts.gathering.held_on if facts.gathering else None
    return None if held and first <= held <= facts.today else {"first": first, "last": facts.today}


@requirement("enough_at_the_meeting", section=Part.MEETING, clause="quorum", of_answer=True)
def enough_at_the_meeting(facts: SheetFacts) -> Values | None:
    """The meeting counts from two thirds of those who must be there (a local setting)."""
    if facts.gathering is None:
        return NOT_YET
    roll = facts.gathering.roll
    needed = max(1, quorum_needed(roll.entitled, facts.rules.local.quorum))
    return None if roll.present >= needed else {"present": roll.present, "needed": needed}


@requirement("each_grade_voted", section=Part.MEETING, clause="classification", of_answer=True)
def each_grade_voted(facts: SheetFacts) -> Values | None:
    """The meeting votes on each member separately."""
    return _names(line for line in to_vote_on(facts) if line.person_id not in facts.votes)


@requirement("grade_counts_agree", section=Part.MEETING, clause="grade_vote", of_answer=True)
def grade_counts_agree(facts: SheetFacts) -> Values | None:
    """The numbers of each vote add up to those present."""
    for line in _voted_on(facts):
        if faults := faults_of(facts, line.person_id):
            return {"name": line.name, "left": faults[0].left, "right": faults[0].right}
    return None


@requirement("grades_passed", section=Part.MEETING, clause="grade_vote", of_answer=True)
def grades_passed(facts: SheetFacts) -> Values | None:
    """A grade stands with more than half of those present (a local setting)."""
    if any(faults_of(facts, number) for number in facts.votes):
        return NOT_YET
    voted = _voted_on(facts)
    return _names(line for line in voted if not facts.passed(facts.votes[line.person_id]))


@requirement("votes_stand", section=Part.MEETING, clause="grade_vote")
def votes_stand(facts: SheetFacts) -> Values | None:
    """What goes up is what the meeting voted on."""
    return _names(to_vote_on(facts))


@requirement("returns_mended", section=Part.GRADES, clause="grade_return")
def returns_mended(facts: SheetFacts) -> Values | None:
    """What was returned is put right before it goes up again."""
    return _names(line for line in facts.lines if line.is_returned and not line.is_mended)


@requirement("return_reasoned", section=Part.DECISION, clause="grade_return", of_answer=True)
def return_reasoned(facts: SheetFacts) -> Values | None:
    """A return says of at least one member why."""
    return None if any(text.strip() for text in facts.reasons.values()) else {}


@requirement("graded_once", section=Part.DECISION, clause="classification")
def graded_once(facts: SheetFacts) -> Values | None:
    """Of a member and year one grade stands, whatever unit gave it."""
    return _names(line for line in facts.graded if line.graded_in)


def to_vote_on(facts: SheetFacts) -> list[LineFacts]:
    """List the lines whose grade no vote stands for yet."""
    return [line for line in facts.graded if line.vote is None or line.vote.grade is not line.grade]


def _voted_on(facts: SheetFacts) -> list[LineFacts]:
    return [line for line in facts.graded if line.person_id in facts.votes]


def faults_of(facts: SheetFacts, person_id: int) -> list[Disagreement]:
    """List what is wrong with the counts of the vote on one member."""
    if facts.gathering is None:
        return []
    return disagreements(facts.gathering.roll, facts.votes[person_id].ballots)
