"""Vietnamese words for states, steps and claims; their English stands in the catalogue."""

from workflows.labels import admission, transfer
from workflows.labels.admission import INTRODUCERS, SCHOOLING, SOURCES, WAYS
from workflows.labels.marks import N_
from workflows.labels.transfer import KINDS
from workflows.labels.union import DISAGREEMENTS, LEVELS, POSTS, SEATS

STATES = {**admission.STATES, **transfer.STATES}
STEPS = {**admission.STEPS, **transfer.STEPS}
SECTIONS = {**admission.SECTIONS, **transfer.SECTIONS}
CLAIMS = {**admission.CLAIMS, **transfer.CLAIMS}
UNMET = {**admission.UNMET, **transfer.UNMET}

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
    "STEPS",
    "UNMET",
    "WAYS",
]
