"""What is kept: columns, relations and constraints, a file an aggregate."""

from app.models.accounts import Account, Appointment
from app.models.acts import GroupAct, GroupActLine
from app.models.admissions import Admission
from app.models.classes import ClassPlace, TrainingClass
from app.models.classifications import BranchRating, ClassificationLine, ClassificationSheet
from app.models.contest_debates import Debate, Speaker
from app.models.contest_entries import Adjustment, Contestant, Entry, PartTime
from app.models.contest_quiz import Question, QuizAnswer, QuizAttempt, QuizLink
from app.models.contest_results import BoardRelease, Publication, TieRuling
from app.models.contest_sheets import (
    DeclaredConflict,
    LateSheet,
    PanelSeat,
    PaperTyping,
    Score,
    Sheet,
    SheetVersion,
)
from app.models.contests import ContestExtension, ContestRound, Season
from app.models.dossiers import Dossier
from app.models.drafts import Draft
from app.models.dues import DuesExemption, DuesPayment, DuesRemittance
from app.models.events import Event, Seal
from app.models.imports import Import, ImportRow
from app.models.meetings import Meeting, MeetingAttendance, MeetingVote
from app.models.papers import Paper, StagedFile
from app.models.people import Membership, Person
from app.models.programmes import (
    Programme,
    ProgrammeChoice,
    ProgrammeContent,
    ProgrammeEdition,
    ProgrammeLink,
    ProgrammeRegistration,
)
from app.models.recommendations import (
    ExemplaryLine,
    ExemplaryList,
    ExemplaryTitle,
    ProbationOpinion,
    QuarterComment,
    Reading,
    Recommendation,
)
from app.models.restructures import UnitChange, UnitChangeLine
from app.models.standings import Standing
from app.models.transfers import Transfer
from app.models.units import Unit

__all__ = [
    "Account",
    "Adjustment",
    "Admission",
    "Appointment",
    "BoardRelease",
    "BranchRating",
    "ClassPlace",
    "ClassificationLine",
    "ClassificationSheet",
    "ContestExtension",
    "ContestRound",
    "Contestant",
    "Debate",
    "DeclaredConflict",
    "Dossier",
    "Draft",
    "DuesExemption",
    "DuesPayment",
    "DuesRemittance",
    "Entry",
    "Event",
    "ExemplaryLine",
    "ExemplaryList",
    "ExemplaryTitle",
    "GroupAct",
    "GroupActLine",
    "Import",
    "ImportRow",
    "LateSheet",
    "Meeting",
    "MeetingAttendance",
    "MeetingVote",
    "Membership",
    "PanelSeat",
    "Paper",
    "PaperTyping",
    "PartTime",
    "Person",
    "ProbationOpinion",
    "Programme",
    "ProgrammeChoice",
    "ProgrammeContent",
    "ProgrammeEdition",
    "ProgrammeLink",
    "ProgrammeRegistration",
    "Publication",
    "QuarterComment",
    "Question",
    "QuizAnswer",
    "QuizAttempt",
    "QuizLink",
    "Reading",
    "Recommendation",
    "Score",
    "Seal",
    "Season",
    "Sheet",
    "SheetVersion",
    "Speaker",
    "StagedFile",
    "Standing",
    "TieRuling",
    "TrainingClass",
    "Transfer",
    "Unit",
    "UnitChange",
    "UnitChangeLine",
]
