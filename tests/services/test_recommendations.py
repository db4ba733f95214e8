"""Recommendations as use cases: every station, who may what, and what moves along."""

import pytest

from tests.recommending import PATHS, Way
from workflows.recommendation import RECOMMENDATION


@pytest.mark.parametrize("state", RECOMMENDATION.states)
def test_every_state_is_reached_by_those_who_act_in_it(world, state):
    assert Way(world).to(state).dossier.state == state


def test_a07_every_state_is_walked():
    assert PATHS.keys() == RECOMMENDATION.states.keys()
