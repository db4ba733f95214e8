"""Claims of the training programme: what is registered, remarked, marked and concluded."""

from collections.abc import Iterable

from workflows.engine import NOT_YET, Values, requirement
from workflows.programme_facts import Chosen, Part, RegistrationFacts


def _contents(chosen: Iterable[Chosen]) -> Values | None:
    texts = [each.text for each in chosen]
    return {"contents": "; ".join(texts)} if texts else None


@requirement("enough_contents", section=Part.CONTENTS, clause="programme_least")
def enough_contents(facts: RegistrationFacts) -> Values | None:
    """A member registers two contents at least, or all where the programme has fewer."""
    least = min(facts.rules.local.programme_least, facts.offered)
    number = len(facts.chosen)
    return None if number >= max(least, 1) else {"number": number, "least": max(least, 1)}


@requirement("required_chosen", section=Part.CONTENTS, clause="programme")
def required_chosen(facts: RegistrationFacts) -> Values | None:
    """What the programme requires of everyone is registered by everyone."""
    chosen = {each.text for each in facts.chosen}
    missing = [text for text in facts.required if text not in chosen]
    return {"contents": "; ".join(missing)} if missing else None


@requirement(
    "programme_return_reasoned", section=Part.CONTENTS, clause="programme_return", of_answer=True
)
def programme_return_reasoned(facts: RegistrationFacts) -> Values | None:
    """Who gets a registration back is told why."""
    return None if facts.said.strip() else {}


@requirement("remark_given", section=Part.REMARK, clause="programme_plan", of_answer=True)
def remark_given(facts: RegistrationFacts) -> Values | None:
    """The look at mid-year says something of each member."""
    return None if facts.said.strip() else {}


@requirement("each_self_marked", section=Part.SELF, clause="programme_plan")
def each_self_marked(facts: RegistrationFacts) -> Values | None:
    """The member says of each content how it went."""
    return _contents(each for each in facts.chosen if each.self_mark is None)


@requirement("each_content_marked", section=Part.RESULT, clause="programme_plan")
def each_content_marked(facts: RegistrationFacts) -> Values | None:
    """The branch marks each content by itself: the plan asks for a clear assessment."""
    return _contents(each for each in facts.chosen if each.mark is None)


@requirement("other_result_reasoned", section=Part.RESULT, clause="programme_result")
def other_result_reasoned(facts: RegistrationFacts) -> Values | None:
    """Who concludes otherwise than the marks lead to says why."""
    if facts.proposed is None:
        return NOT_YET
    if facts.result is facts.proposed:
        return None
    return None if facts.reason.strip() else {}


@requirement("silence_reasoned", section=Part.RESULT, clause="programme_plan")
def silence_reasoned(facts: RegistrationFacts) -> Values | None:
    """Who has not evaluated themselves is concluded on with a reason."""
    return None if facts.self_evaluated or facts.reason.strip() else {}
