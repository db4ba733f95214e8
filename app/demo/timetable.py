"""What happens in the demo district, from the first moment to the last."""

from operator import attrgetter

from app.demo.admissions.turns import turns_of_admissions
from app.demo.classification.turns import turns_of_classification
from app.demo.contest.turns import turns_of_contest
from app.demo.days import Turn
from app.demo.people import Casting
from app.demo.places import Place
from app.demo.programme.turns import turns_of_programme
from app.demo.recommendation.turns import turns_of_recommendation
from app.demo.roster.turns import turns_of_roster


def timetable(district: Place, casting: Casting) -> list[Turn]:
    """Put all that happens in the order of its moments."""
    turns = [
        *turns_of_admissions(district, casting),
        *turns_of_roster(district, casting),
        *turns_of_programme(district, casting),
        *turns_of_classification(district, casting),
        *turns_of_recommendation(district, casting),
        *turns_of_contest(district, casting),
    ]
    return sorted(turns, key=attrgetter("at"))
