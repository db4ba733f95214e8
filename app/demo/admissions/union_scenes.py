"""What communes and the district do on the way of an admission: teach, decide, issue cards."""

from datetime import datetime, timedelta

from app.demo.admissions import texts
from app.demo.admissions.waves import Wave
from app.services.admission.acts import Plan, act_on_many
from app.services.admission.classes import (
    ClassPlan,
    Result,
    list_candidates,
    open_class,
    record_results,
)
from app.services.events import By
from workflows.admission_facts import Answers, Section
from workflows.calendar import local_day

SESSIONS = 4
CLASS_DAYS = 12
MENDABLE = (Section.APPLICATION, Section.INTRODUCER, Section.STUDY, Section.PERSON)


def teach(wave: Wave, now: datetime) -> None:
    """Open a class and give every candidate a place in it."""
    by, day = By(wave.union.officers[-1], now), local_day(now)
    plan = ClassPlan(
        title=f"{texts.CLASS_TITLE} tháng {day:%m/%Y}",
        place=f"Hội trường {wave.union.unit.name}",
        from_on=day + timedelta(days=1),
        to_on=day + timedelta(days=CLASS_DAYS),
        sessions=SESSIONS,
    )
    wave.class_id = open_class(wave.union.unit.id, plan, by=by)
    list_candidates(wave.class_id, [each.ref for each in wave.candidates], by=by, seen=1)
    for each in wave.candidates:
        each.version += 1


def pass_class(wave: Wave, now: datetime) -> None:
    """Record who came how often; everyone passes."""
    attended = {each.ref: wave.rng.randint(SESSIONS - 1, SESSIONS) for each in wave.candidates}
    results = {ref: Result(times, passed=True) for ref, times in attended.items()}
    record_results(wave.class_id, results, by=By(wave.union.officers[-1], now), seen=2)
    for each in wave.candidates:
        each.version += 1


def sit(wave: Wave, now: datetime) -> None:
    """Approve the whole wave in one sitting of the grass-roots union."""
    day = local_day(now)
    lines = {each.ref: (each.version, Answers(signed_on=day)) for each in wave.candidates}
    plan = Plan("sitting", wave.union.unit.id, day, lines, place=wave.union.hall)
    act_on_many(plan, by=By(wave.union.officers[0], now))
    for each in wave.candidates:
        each.version += 1


def adopt(wave: Wave, now: datetime) -> None:
    """Let a chi đoàn cơ sở admit by its own resolution."""
    wave.decide("adopt_resolution", wave.union.officers[0], now, signed_on=local_day(now))


def send_back(wave: Wave, now: datetime) -> None:
    """Return the dossiers, each for a section or two."""
    for each, at in wave.each(now):
        each.returned = tuple(wave.rng.sample(MENDABLE, wave.rng.randint(1, 2)))
        reasons = tuple((section.value, texts.RETURNS[section]) for section in each.returned)
        each.take(
            "send_back",
            wave.union.officers[-1],
            at,
            sections=tuple(section.value for section in each.returned),
            reasons=reasons,
            reason="\n".join(words for _, words in reasons),
        )


def fault_the_vote(wave: Wave, now: datetime) -> None:
    """Return the dossiers because the meeting itself was at fault."""
    words = texts.RETURNS[Section.VOTE]
    wave.decide(
        "send_back",
        wave.union.officers[-1],
        now,
        sections=(Section.VOTE.value,),
        reasons=((Section.VOTE.value, words),),
        reason=words,
        new_vote_needed=True,
    )


def ask_superior(wave: Wave, now: datetime) -> None:
    """Ask the district before deciding."""
    wave.decide("ask_superior", wave.union.officers[0], now, reason=texts.QUESTION)


def consent(wave: Wave, now: datetime) -> None:
    """Let the district agree."""
    wave.decide("consent", wave.superior.officers[0], now, reason=texts.CONSENT)


def object_to(wave: Wave, now: datetime) -> None:
    """Let the district object."""
    wave.decide("object", wave.superior.officers[0], now, reason=texts.OBJECTION)


def refuse(wave: Wave, now: datetime) -> None:
    """Refuse the dossiers."""
    wave.decide("refuse", wave.union.officers[0], now, reason=texts.REFUSAL)


def lapse(wave: Wave, now: datetime) -> None:
    """Close dossiers of candidates who have grown too old."""
    wave.decide("lapse", wave.union.officers[0], now, reason=texts.LAPSE)


def issue_cards(wave: Wave, now: datetime) -> None:
    """Issue the cards of a wave in one list."""
    day, issuer = local_day(now), wave.card_issuer(now)
    lines = {}
    for each in wave.candidates:
        card = Answers(card_number=wave.casting.next_card(), card_issued_on=day)
        lines[each.ref] = (each.version, card)
    act_on_many(Plan("card_list", issuer.unit.id, day, lines), by=By(issuer.officers[-1], now))
    for each in wave.candidates:
        each.version += 1
