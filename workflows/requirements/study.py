"""Claims about education: the class passed, or self-study with a test."""

from workflows.admission_facts import AdmissionFacts, Section
from workflows.engine import Values, requirement


@requirement("study_finished", section=Section.STUDY, clause="study")
def study_finished(facts: AdmissionFacts) -> Values | None:
    """The Statute was studied before the meeting: class passed or test recorded."""
    passed = facts.study_passed_on and facts.study_passed_on <= facts.counted_on
    return None if passed else {}
