"""Every page can be used by everyone: no fault of accessibility, and nothing wider than a phone."""

import pytest

from tests.e2e.person import Person

EVERYWHERE = ["/", "/queue", "/overview", "/people", "/units", "/meetings", "/classes", "/password"]
WHO = {
    "ap_a1": [*EVERYWHERE, "/dossiers/new/admission"],
    "xa_a": [*EVERYWHERE, "/classes/new", "/acts/new/sitting"],
    "huyen": [*EVERYWHERE, "/acts/new/card_list"],
}
STATES = [
    *("nomination", "education", "ready", "commune_review", "returned", "superior_review"),
    *("ceremony", "card_issue", "admitted", "refused", "withdrawn"),
]
SECTIONS = [
    *("person", "nomination", "application", "background", "introducer", "study", "party_opinion"),
]


def faults_of(someone, paths):
    """Return the faults of each page that has any."""
    found = {}
    for path in paths:
        someone.goes(path)
        if faults := someone.faults():
            found[path] = faults
    return found


@pytest.mark.parametrize("name", WHO)
def test_pages_of_everyday_have_no_fault(person, journey, name):
    for state in ("commune_review", "ceremony", "card_issue"):
        journey(name=f"Lê Thị {state}").to(state)
    assert faults_of(person(name), WHO[name]) == {}


@pytest.mark.parametrize("state", STATES)
def test_dossier_has_no_fault_in_any_state(person, journey, state):
    ref = journey().to(state).ref
    found = {name: faults_of(person(name), [f"/dossiers/{ref}"]) for name in ("ap_a1", "xa_a")}
    assert found == {"ap_a1": {}, "xa_a": {}}


def test_sections_have_no_fault(person, journey):
    ref = journey().to("education").ref
    paths = [f"/dossiers/{ref}/sections/{name}" for name in SECTIONS]
    assert faults_of(person("ap_a1"), paths) == {}


def test_steps_of_an_officer_have_no_fault(person, journey):
    ref = journey().to("commune_review").ref
    steps = ("approve", "send_back", "refuse", "ask_superior")
    assert faults_of(person("xa_a"), [f"/dossiers/{ref}/steps/{step}" for step in steps]) == {}


def test_errors_have_no_fault(person):
    paths = ["/nowhere", "/dossiers/KN-2026-999999"]
    assert faults_of(person("ap_a1"), paths) == {}


def test_door_has_no_fault(open_phone):
    assert faults_of(Person(open_phone(), None), ["/login"]) == {}
