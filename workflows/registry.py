"""The workflows the program knows, by name and by the prefix of their references."""

from workflows.admission import ADMISSION
from workflows.recommendation import RECOMMENDATION
from workflows.transfer import TRANSFER

WORKFLOWS = {workflow.name: workflow for workflow in (ADMISSION, TRANSFER, RECOMMENDATION)}
PREFIXES = {workflow.prefix: workflow for workflow in WORKFLOWS.values()}
