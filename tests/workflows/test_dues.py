"""Dues by their rules: amounts, shares, months that are owed, exemptions (domain §6.6)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows import dues, labels
from workflows.calendar import months_after
from workflows.labels import dues as words
from workflows.rules import LocalRules, Rulebook

TODAY = date(2024, 5, 20)
RULES = Rulebook(LocalRules()).on(TODAY)
FACTS = dues.ExemptionFacts(
    rules=RULES,
    today=TODAY,
    is_member=True,
    from_month=date(2024, 6, 1),
    months=6,
    decided_on=TODAY,
    reason="Mất mùa",
)


def test_a_month_costs_two_or_five_thousand_since_2011() -> None:
    rate = dues.rate_of(date(2011, 1, 1))
    assert rate is not None
    assert (rate.amount(has_wage=False), rate.amount(has_wage=True)) == (2000, 5000)
    assert rate.clause.text == "Nghị quyết 07-NQ/TWĐTN (25/11/2010)"
    assert not rate.clause.is_local
    assert dues.rate_of(date(2024, 5, 1)) is rate
    assert dues.rate_of(date(2010, 12, 1)) is None


@given(st.integers(0, 10**9))
def test_a_third_goes_up_and_two_thirds_stay(collected: int) -> None:
    up = dues.share_up(collected)
    assert 0 <= collected - 3 * up < 3


def test_only_months_that_are_over_and_have_a_rate_are_owed() -> None:
    months = [date(2010, 12, 1), date(2011, 1, 1), date(2024, 4, 1), date(2024, 5, 1)]
    assert dues.over_by(months, TODAY) == [date(2011, 1, 1), date(2024, 4, 1)]


def test_year_has_twelve_months_and_four_quarters() -> None:
    quarters = [month for quarter in (1, 2, 3, 4) for month in dues.months_of(2024, quarter)]
    assert quarters == dues.months_of(2024)
    assert len(quarters) == 12


def test_months_before_a_month_end_with_the_last_one() -> None:
    assert dues.months_before(date(2024, 2, 1), 3) == [
        date(2023, 11, 1),
        date(2023, 12, 1),
        date(2024, 1, 1),
    ]


@pytest.mark.parametrize(
    ("gaps", "longest"),
    [([], 0), ([0], 1), ([0, 1, 2], 3), ([0, 2, 3, 5], 2), ([5, 3, 4, 0, 1], 3), ([11, 12], 2)],
)
def test_longest_run_counts_months_that_follow_each_other(gaps: list[int], longest: int) -> None:
    assert dues.longest_run(months_after(date(2023, 2, 1), gap) for gap in gaps) == longest


def lacks(**changes: Any) -> dict[str, dict[str, object]]:
    """Return what an exemption lacks, with its values."""
    told = dues.exemption_unmet(replace(FACTS, **changes))
    return {each.code: dict(each.values) for each in told}


def test_exemption_lasts_six_months_at_the_most() -> None:
    assert lacks() == {}
    for months in (0, -1, 7):
        assert lacks(months=months) == {"exempt_for_half_a_year": {"most": 6}}
    assert lacks(from_month=None) == {"exempt_for_half_a_year": {"most": 6}}


def test_no_month_is_exempt_twice() -> None:
    assert lacks(taken=(date(2024, 11, 1),)) == {"exempt_once": {"month": "11/2024"}}
    assert lacks(taken=(date(2024, 12, 1),)) == {}


def test_exemption_names_the_hardship_and_a_day_that_has_come() -> None:
    assert lacks(reason=" ", decided_on=date(2024, 5, 21)).keys() == {
        "hardship_told",
        "exemption_decided",
    }
    assert lacks(is_member=False).keys() == {"exempt_members_only"}


def test_every_claim_has_its_words_and_its_clause() -> None:
    assert {claim.code for claim in dues.EXEMPTION} == set(words.UNMET)
    assert set(words.UNMET) & set(labels.UNMET) == set()
    assert {claim.clause for claim in dues.EXEMPTION} <= RULES.clauses.keys()
