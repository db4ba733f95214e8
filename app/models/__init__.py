"""What is kept: columns, relations and constraints, a file an aggregate."""

from app.models.accounts import Account, Appointment
from app.models.acts import GroupAct, GroupActLine
from app.models.admissions import Admission
from app.models.classes import ClassPlace, TrainingClass
from app.models.dossiers import Dossier
from app.models.drafts import Draft
from app.models.dues import DuesExemption, DuesPayment, DuesRemittance
from app.models.events import Event, Seal
from app.models.imports import Import, ImportRow
from app.models.meetings import Meeting, MeetingAttendance, MeetingVote
from app.models.papers import Paper, StagedFile
from app.models.people import Membership, Person
from app.models.restructures import UnitChange, UnitChangeLine
from app.models.standings import Standing
from app.models.transfers import Transfer
from app.models.units import Unit

__all__ = [
    "Account",
    "Admission",
    "Appointment",
    "ClassPlace",
    "Dossier",
    "Draft",
    "DuesExemption",
    "DuesPayment",
    "DuesRemittance",
    "Event",
    "GroupAct",
    "GroupActLine",
    "Import",
    "ImportRow",
    "Meeting",
    "MeetingAttendance",
    "MeetingVote",
    "Membership",
    "Paper",
    "Person",
    "Seal",
    "StagedFile",
    "Standing",
    "TrainingClass",
    "Transfer",
    "Unit",
    "UnitChange",
    "UnitChangeLine",
]
