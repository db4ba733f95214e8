"""A contest with a quiz: a season in its rounds, a bank of questions, and who competes."""

from datetime import date, timedelta
from decimal import Decimal

from app.extensions import db
from app.models import Contestant, ContestRound, Dossier, Entry, Question, Season
from app.services.events import By, Change, found
from tests.clock import NOW
from tests.factories import PersonFactory
from workflows.contest.plain import to_plain
from workflows.contest.rules import ContestRules, Part, PartKind, Round
from workflows.levels import Level
from workflows.membership import PersonStatus

YEAR = 2027
QUESTIONS, BANK = 5, 8
RIGHT = "đáp án đúng"
QUIZ = Part(
    *("kien_thuc", "Kiến thức", PartKind.QUIZ, Decimal(10)),
    minutes=20,
    questions=QUESTIONS,
    points_each=Decimal(2),
)
RULES = ContestRules(
    "Hội thi thử", (Round("cap_huyen", "Vòng cấp huyện", Level.DISTRICT, (QUIZ,)),)
)


def season_with_quiz(world, *, state="rounds", bank=BANK, **hours):
    """Return the round of a district with a quiz, open around now."""
    district = world.units["huyen"]
    season = Season(
        district_id=district.id,
        year=YEAR,
        title="Bí thư chi đoàn giỏi",
        state=state,
        publish_on=date(YEAR, 3, 26),
        planned={},
        rules=to_plain(RULES),
    )
    found(season, Change("open", None, state), By(None, NOW))
    hours = {"opens_at": NOW - timedelta(hours=1), "closes_at": NOW + timedelta(hours=2), **hours}
    held = ContestRound(
        district_id=district.id,
        season_id=season.id,
        code="cap_huyen",
        unit_id=district.id,
        **hours,
    )
    found(held, Change("open"), By(None, NOW))
    fill(season, bank)
    return held


def fill(season, number):
    """Put questions into the bank; the right option of each says so."""
    db.session.add_all(
        Question(
            district_id=season.district_id,
            season_id=season.id,
            text=f"Câu hỏi số {each}?",
            text_key=f"cau hoi so {each}",
            options=[RIGHT, *(f"phương án sai {each}.{wrong}" for wrong in range(3))],
            right=0,
        )
        for each in range(number)
    )
    db.session.commit()


def competing(world, held, who, code="TS-01"):
    """Let the person behind an account compete in a round."""
    person = PersonFactory(unit=world.units[who], status=PersonStatus.MEMBER)
    world.accounts[who].person_id = person.id
    return entered(held, person, world.units[who], code)


def entered(held, person, unit, code):
    """Let a member of a branch compete in a round, with an account or without."""
    dossier = Dossier(
        ref=f"DT-{YEAR}-{person.id:06d}",
        workflow="contest",
        state="accepted",
        rule_set="XII",
        district_id=unit.district_id,
        commune_id=unit.parent_id,
        branch_id=unit.id,
        entered_desk_at=NOW,
        person_id=person.id,
        person_name=person.name,
        name_key=person.name_key,
        opened_at=NOW,
    )
    found(dossier, Change("open", None, "accepted"), By(None, NOW))
    db.session.add(Entry(dossier_id=dossier.id, season_id=held.season_id))
    contestant = Contestant(
        district_id=held.district_id,
        round_id=held.id,
        dossier_id=dossier.id,
        code=code,
        entered_at=NOW,
    )
    db.session.add(contestant)
    db.session.commit()
    return contestant
