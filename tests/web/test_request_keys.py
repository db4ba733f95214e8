"""The key of a form: it tells a second sending from a second wish."""

import pytest

from app.web.fields import read_day
from tests.clock import TODAY


def test_one_key_at_two_addresses_is_two_wishes(journey, sign_in):
    way = journey().to("commune_review")
    officer = sign_in("xa_a")
    key = officer.get(f"/dossiers/{way.ref}/steps/approve").form()["request_key"][0]
    reason = {"reason": "Xin ý kiến"}
    officer.send(f"/dossiers/{way.ref}/steps/ask_superior", request_key=key, **reason)
    assert way.dossier.state == "superior_review"
    way.take("consent", "huyen")
    officer.send(f"/dossiers/{way.ref}/steps/approve", request_key=key, signed_on=TODAY.isoformat())
    assert way.dossier.state == "ceremony"


@pytest.mark.parametrize("text", ["26/3/2008", "26-03-2008", "26.3.2008", "26032008", "2008-03-26"])
def test_a_day_is_read_as_people_write_it(text):
    assert read_day(text).isoformat() == "2008-03-26"


@pytest.mark.parametrize("text", ["31022008", "260308", "26/3/208", "26/3", "abc", "2008-3-26"])
def test_what_is_no_day_is_not_guessed(text):
    with pytest.raises(ValueError, match=r"."):
        read_day(text)
