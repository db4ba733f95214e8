"""Vietnamese words for states, steps and claims; their English stands in the catalogue."""

from workflows.labels import admission, entry, recommendation, transfer
from workflows.labels.admission import INTRODUCERS, SCHOOLING, SOURCES, WAYS
from workflows.labels.marks import N_
from workflows.labels.recommendation import STATIONS
from workflows.labels.transfer import KINDS
from workflows.labels.union import DISAGREEMENTS, LEVELS, POSTS, SEATS

STATES = {**admission.STATES, **transfer.STATES, **recommendation.STATES, **entry.STATES}
STEPS = {**admission.STEPS, **transfer.STEPS, **recommendation.STEPS, **entry.STEPS}
SECTIONS = {**admission.SECTIONS, **transfer.SECTIONS, **recommendation.SECTIONS, **entry.SECTIONS}
CLAIMS = {**admission.CLAIMS, **transfer.CLAIMS, **recommendation.CLAIMS, **entry.CLAIMS}
UNMET = {**admission.UNMET, **transfer.UNMET, **recommendation.UNMET, **entry.UNMET}

__all__ = [
    "CLAIMS",
    "DISAGREEMENTS",
    "INTRODUCERS",
    "KINDS",
    "LEVELS",
    "N_",
    "POSTS",
    "SCHOOLING",
    "SEATS",
    "SECTIONS",
    "SOURCES",
    "STATES",
    "STATIONS",
    "STEPS",
    "UNMET",
    "WAYS",
]
