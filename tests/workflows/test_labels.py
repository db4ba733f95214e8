"""Words: everything a person may read has a label, and every sentence gets its values."""

from string import Formatter

import pytest

from tests.workflows import entry_cases, recommendation_cases
from tests.workflows.cases import facts_for
from tests.workflows.faults import ALL_FAULTS, Fault
from tests.workflows.transfer_cases import FAULTS, FAULTS_OF_KIND, facts
from workflows import labels
from workflows.admission import ADMISSION
from workflows.admission_facts import IntroducerKind, Schooling, Section, Source, Way
from workflows.contest.entry import ENTRY
from workflows.contest.entry_facts import Section as EntrySection
from workflows.engine import Unmet
from workflows.levels import Level, Post, Seat
from workflows.recommendation import RECOMMENDATION
from workflows.recommendation_facts import Part as RecommendationPart
from workflows.registry import WORKFLOWS
from workflows.roadmap import STATIONS
from workflows.transfer import TRANSFER
from workflows.transfer_facts import Kind, Part
from workflows.voting import Ballots, Roll, disagreements

VOTES_AT_FAULT = [
    (Roll(9, 9), Ballots(-1, 10, 0, 0)),
    (Roll(9, 0), Ballots(0, 0, 0, 0)),
    (Roll(9, 10), Ballots(10, 0, 0, 0)),
    (Roll(9, 9), Ballots(10, 0, 0, 0)),
    (Roll(9, 9), Ballots(8, 0, 0, 0)),
]
TABLES = {name: getattr(labels, name) for name in vars(labels) if name.isupper() and name != "N_"}


def placeholders(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def told(fault: Fault) -> list[Unmet]:
    """Return everything that a fault makes any step of an admission say."""
    found = []
    for each in ADMISSION.steps:
        found += each.unmet(facts_for(each.name, **fault.changes))
    return found


def told_of_a_move(kind: Kind, fault: Fault) -> list[Unmet]:
    """Return everything that a fault makes any step of a transfer say."""
    given = facts(kind, **fault.changes)
    return [reason for each in TRANSFER.steps for reason in each.unmet(given)]


def told_of_a_recommendation(fault: Fault) -> list[Unmet]:
    """Return everything that a fault makes any step of a recommendation say."""
    facts_of = recommendation_cases.facts_for
    steps = RECOMMENDATION.steps
    return [unmet for each in steps for unmet in each.unmet(facts_of(each.name, **fault.changes))]


def told_of_an_entry(fault: Fault) -> list[Unmet]:
    """Return everything that a fault makes any step of a contest entry say."""
    facts_of = entry_cases.facts_for
    steps = ENTRY.steps
    return [unmet for each in steps for unmet in each.unmet(facts_of(each.name, **fault.changes))]


MOVES = [
    *((Kind.BETWEEN, fault) for fault in FAULTS),
    *((kind, fault) for kind, rows in FAULTS_OF_KIND.items() for fault in rows),
]
SAID = [
    *(told(fault) for fault in ALL_FAULTS),
    *(told_of_a_move(kind, fault) for kind, fault in MOVES),
    *(told_of_a_recommendation(fault) for fault in recommendation_cases.FAULTS),
    *(told_of_an_entry(fault) for fault in entry_cases.FAULTS),
]
STEPS = [each for workflow in WORKFLOWS.values() for each in workflow.steps]
CLAIMS = {claim.code: claim for each in STEPS for claim in each.requires}


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("STATES", {state for workflow in WORKFLOWS.values() for state in workflow.states}),
        ("STEPS", {each.name for each in STEPS}),
        ("SECTIONS", {*Section, *Part, *RecommendationPart, *EntrySection}),
        ("STATIONS", {"ended", *(each.name for each in STATIONS)}),
        ("CLAIMS", set(CLAIMS)),
        ("UNMET", set(CLAIMS)),
        ("KINDS", set(Kind)),
        ("LEVELS", set(Level)),
        ("POSTS", set(Post)),
        ("SEATS", set(Seat)),
        ("SOURCES", set(Source)),
        ("INTRODUCERS", set(IntroducerKind)),
        ("SCHOOLING", set(Schooling)),
        ("WAYS", set(Way)),
        (
            "DISAGREEMENTS",
            {each.code for vote in VOTES_AT_FAULT for each in disagreements(*vote)},
        ),
    ],
)
def test_everything_has_a_label_and_no_label_is_left_over(table: str, names: set[str]) -> None:
    assert set(TABLES[table]) == names


@pytest.mark.parametrize("table", sorted(set(TABLES) - {"UNMET"}))
def test_labels_are_words_and_no_two_are_alike(table: str) -> None:
    words = [*TABLES[table].values()]
    assert [word for word in words if word != word.strip() or not word] == []
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("table", ["STATES", "STEPS", "SECTIONS", "CLAIMS", "UNMET"])
def test_no_workflow_takes_a_word_away_from_another(table: str) -> None:
    modules = (labels.admission, labels.transfer, labels.recommendation, labels.entry)
    words = [(name, word) for each in modules for name, word in getattr(each, table).items()]
    assert {(name, word) for name, word in words if TABLES[table][name] != word} == set()


def test_sections_of_claims_are_sections_of_the_dossier() -> None:
    known = {*Section, *Part, *RecommendationPart, *EntrySection}
    assert {claim.section for claim in CLAIMS.values()} - known == set()


@pytest.mark.parametrize("said", SAID)
def test_sentence_gets_every_value_that_it_names(said: list[Unmet]) -> None:
    lacking = {
        (each.code, name)
        for each in said
        for name in placeholders(labels.UNMET[each.code]) - set(each.values)
    }
    assert lacking == set()


@pytest.mark.parametrize("said", SAID)
def test_sentence_never_names_a_value_that_is_missing(said: list[Unmet]) -> None:
    empty = {
        (each.code, name)
        for each in said
        for name in placeholders(labels.UNMET[each.code]) & set(each.values)
        if each.values[name] in {None, ()}
    }
    assert empty == set()


def test_values_that_sentences_name_are_those_that_claims_can_give() -> None:
    given = {}
    for said in SAID:
        for each in said:
            given.setdefault(each.code, set()).update(each.values)
    named = {code: placeholders(text) for code, text in labels.UNMET.items()}
    assert {code: names - given[code] for code, names in named.items() if names - given[code]} == {}


@pytest.mark.parametrize("vote", VOTES_AT_FAULT)
def test_a24_disagreement_reads_as_a_sentence_with_both_numbers(vote: tuple[Roll, Ballots]) -> None:
    for each in disagreements(*vote):
        template = labels.DISAGREEMENTS[each.code]
        assert placeholders(template) == {"left", "right"}
        sentence = template.format(left=each.left, right=each.right)
        assert (str(each.left) in sentence, str(each.right) in sentence) == (True, True)


@pytest.mark.parametrize("table", sorted(set(TABLES) - {"UNMET", "DISAGREEMENTS"}))
def test_plain_labels_have_no_placeholders(table: str) -> None:
    assert {name for text in TABLES[table].values() for name in placeholders(text)} == set()
