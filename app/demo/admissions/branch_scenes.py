"""What branches do on the way of an admission, from the nomination to the ceremony."""

from datetime import date, datetime, timedelta
from random import Random

from app.demo.admissions import texts
from app.demo.admissions.waves import Candidate, Wave
from app.demo.places import Place
from app.queries.admission.meetings import roll_of
from app.queries.rules import rulebook
from app.services.admission.acts import Plan, act_on_many
from app.services.admission.openings import Nominee, open_admission
from app.services.events import By
from app.services.meetings.corrections import correct_vote
from app.services.meetings.recording import Minutes, record_meeting
from workflows.admission_facts import Answers, IntroducerKind, Schooling, Section, Source
from workflows.calendar import local_day
from workflows.voting import Ballots, quorum_needed

NOTICE = 7  # days from the call to the meeting
SECRET_SHARE = 0.4  # of the meetings that vote by ballot
UNANIMOUS_UP_TO = 6  # people present: one ballot corrected leaves the verdict as it is
SCHOOLING = {
    Source.PUPIL: (Schooling.LOWER_SECONDARY,),
    Source.RESIDENT: (Schooling.LOWER_SECONDARY, Schooling.UPPER_SECONDARY),
    Source.WORKER: (Schooling.LOWER_SECONDARY, Schooling.UPPER_SECONDARY),
    Source.OFFICIAL: (Schooling.HIGHER,),
    Source.SOLDIER: (Schooling.UPPER_SECONDARY,),
}


def open_files(wave: Wave, now: datetime) -> None:
    """List the nominees, each with an empty dossier."""
    for each, at in wave.each(now):
        nominee = Nominee(
            name=each.drawn.named.typed,
            birth_date=each.drawn.birth_date,
            sex=each.drawn.named.sex,
            source=each.place.source,
            twin_reason=each.twin_reason,
        )
        each.ref = open_admission(each.place.unit.id, nominee, by=By(each.preparer, at)).ref
        each.version = 1


def assign_helpers(wave: Wave, now: datetime) -> None:
    """Assign a member to help each candidate."""
    for each, at in wave.each(now):
        each.write(Section.NOMINATION, at, helper_id=each.helper_id)


def begin_education(wave: Wave, now: datetime) -> None:
    """Take the candidates into education."""
    for each, at in wave.each(now):
        each.take("begin_education", each.preparer, at)


def _commune(union: str) -> str:
    """Name where the members of a union live; an office has no hamlets, and lies in the centre."""
    return union.removeprefix("Đoàn ") if union.startswith("Đoàn xã") else "xã Tân Quới"


def write_people(wave: Wave, now: datetime) -> None:
    """Fill in the self-description of the member book."""
    for each, at in wave.each(now):
        home = f"Ấp {wave.rng.randint(1, 6)}, {_commune(wave.union.unit.name)}"
        each.write(
            Section.PERSON,
            at,
            residence=home,
            home_place=f"{home}, huyện Bình Tân, tỉnh Vĩnh Long",
            ethnicity=each.drawn.named.ethnicity,
            religion=wave.rng.choice(("Không", "Phật giáo", "Phật giáo Hòa Hảo", "Công giáo")),
            schooling=wave.rng.choice(SCHOOLING[each.place.source]),
            health="Tốt",
            phone=wave.casting.phone(),
            email=wave.casting.email(each.drawn.named.name),
        )


def write_applications(wave: Wave, now: datetime) -> None:
    """Take in the applications and the declared backgrounds."""
    day = local_day(now)
    for each, at in wave.each(now):
        words = wave.rng.choice(texts.APPLICATIONS)
        each.write(Section.APPLICATION, at, applied_on=day, own_words=words)
        each.write(
            Section.BACKGROUND,
            at + timedelta(minutes=2),
            background_on=day,
            family_class="Lao động",
            family=wave.rng.choice(texts.FAMILIES),
            custody="yes" if each.in_custody else "no",
            custody_note=texts.CUSTODY_NOTE if each.in_custody else None,
        )


def hear_introducers(wave: Wave, now: datetime) -> None:
    """Take in what a member says who has known the candidate for months."""
    day = local_day(now)
    for each, at in wave.each(now):
        each.write(
            Section.INTRODUCER,
            at,
            introducer_kind=IntroducerKind.MEMBER,
            introducer_id=each.introducer_id,
            together_since=day - timedelta(days=wave.rng.randint(120, 500)),
            introduced_on=day,
            introduction=wave.rng.choice(texts.INTRODUCTIONS),
        )


def examine(wave: Wave, now: datetime) -> None:
    """Record the test of those who studied by themselves."""
    for each, at in wave.each(now):
        result = f"Đạt {wave.rng.randint(7, 10)}/10"
        day = local_day(now)
        each.write(Section.STUDY, at, self_study_on=day, self_study_result=result)


def hear_party(wave: Wave, now: datetime) -> None:
    """Record what the Party committee answered about a relative in custody."""
    for each, at in wave.each(now):
        day, words = local_day(now), texts.PARTY_OPINION
        each.write(Section.PARTY_OPINION, at, party_opinion_on=day, party_opinion=words)


def call_to_vote(wave: Wave, now: datetime) -> None:
    """Put the candidates to the next meeting."""
    day = local_day(now) + timedelta(days=NOTICE)
    for each, at in wave.each(now):
        each.take("call_to_vote", each.preparer, at, meeting_on=day)


def call_again(wave: Wave, now: datetime) -> None:
    """Put candidates to a new vote after the first one was found at fault."""
    day = local_day(now) + timedelta(days=NOTICE)
    for each, at in wave.each(now):
        each.take("repeat_vote", each.preparer, at, meeting_on=day)


def vote_for(wave: Wave, now: datetime) -> None:
    """Hold the meetings; everyone passes."""
    for group in wave.by_place().values():
        _meet(group, now, wave.rng, passes=True)


def vote_down(wave: Wave, now: datetime) -> None:
    """Hold the meetings; nobody passes."""
    for group in wave.by_place().values():
        _meet(group, now, wave.rng, passes=False)


def _meet(group: list[Candidate], now: datetime, rng: Random, *, passes: bool) -> None:
    place, preparer = group[0].place, group[0].preparer
    roll = _roll(place, local_day(now), rng)
    present = sum(roll.values())
    for each in group:
        each.ballots = _ballots(present, rng) if passes else _too_few(present)
    minutes = Minutes(
        held_on=local_day(now),
        place=place.hall,
        chair=preparer.name,
        minute_taker=rng.choice(place.company).name,
        by_committee=bool(place.committee),
        secret=rng.random() < SECRET_SHARE,
    )
    votes = {each.ref: each.ballots for each in group}
    meeting = record_meeting(place.unit.id, minutes, roll, votes, by=By(preparer, now))
    for each in group:
        each.meeting_id, each.version = meeting, each.version + 1


def _roll(place: Place, day: date, rng: Random) -> dict[int, bool]:
    """Tick who came: enough for the quorum, seldom everyone."""
    entitled = place.committee or [person.id for person in roll_of(place.unit, day)]
    quorum = rulebook().on(day).local.quorum
    absent = rng.randint(0, len(entitled) - quorum_needed(len(entitled), quorum))
    away = set(rng.sample(entitled, absent))
    return {person_id: person_id not in away for person_id in entitled}


def _ballots(present: int, rng: Random) -> Ballots:
    if present <= UNANIMOUS_UP_TO:
        return Ballots(present, 0, 0, 0)
    against, blank = rng.choice((0, 0, 1)), rng.choice((0, 0, 1))
    return Ballots(present - against - blank, against, blank, 0)


def _too_few(present: int) -> Ballots:
    """Precisely half is not more than half."""
    return Ballots(present // 2, present - present // 2, 0, 0)


def correct_votes(wave: Wave, now: datetime) -> None:
    """Correct one ballot of each vote; the verdict stands."""
    for each, at in wave.each(now):
        old = each.ballots
        new = Ballots(old.in_favour - 1, old.against + 1, old.blank, old.spoiled)
        by = By(each.preparer, at)
        correct_vote(each.meeting_id, each.ref, new, texts.CORRECTION, by=by, seen=each.version)
        each.version += 1


def write_proposals(wave: Wave, now: datetime) -> None:
    """Write the proposal that goes up with the minutes."""
    for each, at in wave.each(now):
        words = wave.rng.choice(texts.PROPOSALS)
        each.write(Section.PROPOSAL, at, proposed_on=local_day(now), proposal=words)


def submit(wave: Wave, now: datetime) -> None:
    """Hand the dossiers up."""
    for each, at in wave.each(now):
        each.take("submit", each.preparer, at)


def mend(wave: Wave, now: datetime) -> None:
    """Work on every section that was returned."""
    for each, at in wave.each(now):
        for minute, section in enumerate(each.returned):
            if values := texts.MENDED.get(section):
                each.write(section, at + timedelta(minutes=minute), **values)


def resubmit(wave: Wave, now: datetime) -> None:
    """Hand mended dossiers up again."""
    for each, at in wave.each(now):
        each.take("resubmit", each.preparer, at)


def withdraw(wave: Wave, now: datetime) -> None:
    """Take the dossiers back for good."""
    for each, at in wave.each(now):
        each.take("withdraw", each.preparer, at, reason=wave.rng.choice(texts.WITHDRAWALS))


def celebrate(wave: Wave, now: datetime) -> None:
    """Hold the ceremonies, one a place."""
    day = local_day(now)
    for group in wave.by_place().values():
        place, preparer = group[0].place, group[0].preparer
        lines = {each.ref: (each.version, Answers(ceremony_on=day)) for each in group}
        plan = Plan("ceremony", place.unit.id, day, lines, place=place.hall)
        act_on_many(plan, by=By(preparer, now))
        for each in group:
            each.version += 1
