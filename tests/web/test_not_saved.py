"""When the database fails, the page says so and gives back what was typed."""

from sqlalchemy.exc import OperationalError

from app.web import access

REASON = "Lý lịch khai chưa đủ, xin xem lại."


def test_what_was_typed_is_on_the_page_when_the_database_is_gone(journey, sign_in, monkeypatch):
    browser = sign_in("xa_a")
    path = f"/dossiers/{journey().to('commune_review').ref}/steps/refuse"
    fields = browser.get(path).form()

    def gone(*_args):
        raise OperationalError("SELECT 1", {}, ConnectionError())

    monkeypatch.setattr(access, "actor_for", gone)
    page = browser.post(path, {**fields, "reason": REASON})
    assert page.status == 503
    assert "Chưa lưu được, xin thử lại" in page.words()
    assert REASON in page.words()
