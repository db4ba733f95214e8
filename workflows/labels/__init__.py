"""Vietnamese words for states, steps and claims; their English stands in the catalogue."""

from workflows.labels import admission
from workflows.labels.admission import INTRODUCERS, SCHOOLING, SOURCES, WAYS
from workflows.labels.marks import N_
from workflows.labels.union import DISAGREEMENTS, LEVELS, POSTS, SEATS

STATES = {**admission.STATES}
STEPS = {**admission.STEPS}
SECTIONS = {**admission.SECTIONS}
CLAIMS = {**admission.CLAIMS}
UNMET = {**admission.UNMET}

__all__ = [
    "CLAIMS",
    "DISAGREEMENTS",
    "INTRODUCERS",
    "LEVELS",
    "N_",
    "POSTS",
    "SCHOOLING",
    "SEATS",
    "SECTIONS",
    "SOURCES",
    "STATES",
    "STEPS",
    "UNMET",
    "WAYS",
]
