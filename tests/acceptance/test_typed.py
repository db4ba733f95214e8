"""Nothing typed is lost: mistakes, two tabs, later, files and strange texts."""

import io

import pytest

from app.extensions import db
from app.models import Draft, Paper, StagedFile
from tests.acceptance.desk import (
    dossier,
    events,
    open_dossier,
    raw,
    standing,
    take,
    typed,
    write,
)
from tests.browser import NAMESPACE
from tests.journeys import HELD
from tests.services.samples import EXECUTABLE, HTML, heic, jpeg, pdf, pdf_with_script, png

STRANGE = (
    "<script>alert('Đào')</script> & \"ngoặc\" {{ 7*7 }} %(name)s\n"
    "dòng hai\t🙂👩‍👩‍👧 \u202eđảo\u202c\u200f\n\nhết"
)


def parts(page, tag):
    """Return the texts of elements of a kind."""
    return ["".join(each.itertext()) for each in page.all(tag)]


def test_a12_two_tabs_see_both_versions_and_choose(journey, sign_in):
    way = journey().to("education")
    browser, path = sign_in("ap_a1"), f"/dossiers/{way.ref}/sections/study"
    first, second = browser.get(path).form(), browser.get(path).form()
    browser.post(path, first | {"self_study_result": "Đạt 9/10"})
    page = browser.post(path, second | {"self_study_result": "Đạt 7/10"})
    assert page.status == 409
    for said in ("Đạt 9/10", "Đạt 7/10"):
        assert said in page.words()
    assert page.form()["self_study_result"] == ["Đạt 7/10"]
    assert [each.step for each in events(way.ref)].count("edit") == 2
    saved = browser.post(path, page.form() | {"self_study_result": "Đạt 8,5/10"})
    last = events(way.ref)[-1]
    assert (saved.status, last.facts["changes"]) == (
        200,
        {"self_study_result": ["Đạt 9/10", "Đạt 8,5/10"]},
    )


def test_a12_a_third_save_in_between_is_told_again(journey, sign_in):
    way = journey().to("education")
    browser, path = sign_in("ap_a1"), f"/dossiers/{way.ref}/sections/study"
    old = browser.get(path).form()
    write(browser, way.ref, "study", self_study_result="một")
    told = browser.post(path, old | {"self_study_result": "hai"}).form()
    write(browser, way.ref, "study", self_study_result="ba")
    page = browser.post(path, told)
    assert (page.status, "ba" in page.words()) == (409, True)


MISTAKES = {"name": " ", "birth_date": "31/02/2008", "email": "khong-phai-thu"}
MENDED = {"name": "Lê Thị Mới", "birth_date": "26/03/2008", "email": "moi@doan.vn"}


def test_a18_three_mistakes_are_listed_with_links_and_everything_stays(journey, sign_in):
    way = journey().to("education")
    browser, before = sign_in("ap_a1"), standing(way.ref)
    files = [(io.BytesIO(pdf()), "lý lịch.pdf"), (io.BytesIO(jpeg()), "ảnh.jpg")]
    sent = {**MISTAKES, "residence": "Ấp 2, xã Tân Quới", "ethnicity": "Khmer", "sex": "male"}
    page = write(browser, way.ref, "person", **sent, files=files)
    assert (page.status, standing(way.ref)) == (422, before)
    links = [(each.get("href") or "").removeprefix("#") for each in page.all("a")]
    assert [name for name in links if name in MISTAKES] == [*MISTAKES]
    kept = page.form()
    assert {name: kept[name][0] for name in sent} == sent | {"name": ""}
    assert (len(kept["staged"]), "lý lịch.pdf" in page.words()) == (2, True)
    saved = browser.post(f"/dossiers/{way.ref}/sections/person", kept | MENDED)
    papers = sorted(paper.filename for paper in db.session.query(Paper))
    assert (saved.status, papers) == (200, ["lý lịch.pdf", "ảnh.jpg"])
    assert db.session.query(StagedFile).count() == 0


def test_a18_a_step_with_mistakes_keeps_what_was_typed(journey, sign_in):
    way = journey().to("ceremony")
    page = take(
        sign_in("huyen"), way.ref, "issue_card", card_number=" ", card_issued_on="31/02/2026"
    )
    assert page.status == 422
    assert {each.get("href") for each in page.all("a")} >= {"#card_number", "#card_issued_on"}
    assert page.form()["card_issued_on"] == ["31/02/2026"]


def test_a19_a_section_is_left_with_its_files_and_taken_up_again(journey, sign_in):
    way = journey().to("education")
    browser, path = sign_in("ap_a1"), f"/dossiers/{way.ref}/sections/application"
    sent = {"applied_on": "chưa nhớ", "own_words": STRANGE, "later": "1"}
    page = write(browser, way.ref, "application", **sent, files=[(io.BytesIO(png()), "đơn.png")])
    assert (page.status, page.path, len(events(way.ref))) == (200, "/", dossier(way.ref).version)
    link = next(each for each in page.all("a") if each.get("href") == path)
    assert way.ref in "".join(link.itertext())
    again = browser.get(path)
    kept = again.form()
    assert (kept["applied_on"], kept["own_words"]) == (["chưa nhớ"], [STRANGE])
    assert "đơn.png" in again.words()
    browser.post(path, kept | {"applied_on": typed(HELD)})
    assert [paper.filename for paper in db.session.query(Paper)] == ["đơn.png"]
    assert db.session.query(Draft).count() == 0
    assert path not in [each.get("href") for each in browser.get("/").all("a")]


def test_a19_a_new_dossier_and_a_step_are_left_and_taken_up_again(journey, sign_in):
    way = journey().to("commune_review")
    branch, officer = sign_in("ap_a1"), sign_in("xa_a")
    open_dossier(branch, name="Lê \x00 Thị", birth_date="", later="1")
    assert branch.get("/dossiers/new/admission").form()["name"][0].split() == ["Lê", "Thị"]
    page = take(officer, way.ref, "refuse", reason="Đang viết dở", later="1")
    path = f"/dossiers/{way.ref}/steps/refuse"
    assert (page.path, dossier(way.ref).state) == ("/", "commune_review")
    assert path in [each.get("href") for each in page.all("a")]
    again = officer.get(path).form()
    assert again["reason"] == ["Đang viết dở"]
    assert officer.post(path, again).status == 200
    assert (dossier(way.ref).state, db.session.query(Draft).count()) == ("refused", 1)


def test_a19_a_draft_of_a_form_that_has_closed_can_be_thrown_away(journey, sign_in):
    way = journey().to("education")
    browser = sign_in("ap_a1")
    write(browser, way.ref, "study", self_study_result="8/10", later="1")
    way.take("withdraw", "ap_a1", reason="Chuyển đi nơi khác")
    page = browser.send("/", action="/drafts/discard")
    assert (page.path, db.session.query(Draft).count()) == ("/", 0)


def test_a19_nobody_finds_the_draft_of_somebody_else(journey, sign_in):
    way = journey().to("education")
    write(sign_in("ap_a1"), way.ref, "study", self_study_result="của tôi", later="1")
    page = sign_in("ap_a1.pho").get(f"/dossiers/{way.ref}/sections/study")
    assert page.form()["self_study_result"] == [""]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("đơn.pdf", EXECUTABLE),
        ("ảnh.jpg", HTML),
        ("trống.pdf", b""),
        ("lớn.pdf", pdf() + b"\n" * 10 * 1024 * 1024),
        ("ảnh.heic", heic()[:300]),
        ("mã.pdf", pdf_with_script()),
    ],
)
def test_a22_an_unfit_file_is_refused_with_the_kinds_and_the_rest_stays(
    journey, sign_in, name, content
):
    way = journey().to("education")
    files = [(io.BytesIO(content), name), (io.BytesIO(pdf()), "tốt.pdf")]
    browser = sign_in("ap_a1")
    page = write(browser, way.ref, "application", own_words="Em xin", files=files)
    assert page.status == 422
    words = page.words()
    assert f"“{name}”" in words
    assert "PDF, JPEG, PNG, HEIC" in words
    kept = page.form()
    assert (kept["own_words"], len(kept["staged"]), db.session.query(Paper).count()) == (
        ["Em xin"],
        1,
        0,
    )
    browser.post(f"/dossiers/{way.ref}/sections/application", kept)
    assert [paper.filename for paper in db.session.query(Paper)] == ["tốt.pdf"]


def test_a22_a_sixth_file_is_named_and_not_lost_without_a_word(journey, sign_in):
    way = journey().to("education")
    files = [(io.BytesIO(png()), f"{n}.png") for n in range(1, 7)]
    page = write(sign_in("ap_a1"), way.ref, "application", files=files)
    assert (page.status, len(page.form()["staged"])) == (422, 5)
    assert "6.png" in page.words()


def test_a22_a_paper_is_a_download_that_no_browser_runs(journey, sign_in):
    way = journey().to("education")
    content = pdf()
    write(sign_in("ap_a1"), way.ref, "application", files=[(io.BytesIO(content), 'đơn "1".pdf')])
    paper = db.session.query(Paper).one()
    assert (
        f"/dossiers/{way.ref}/papers/{paper.id}" in sign_in("xa_a").get(f"/dossiers/{way.ref}").text
    )
    status, headers, data = raw(sign_in("xa_a"), f"/dossiers/{way.ref}/papers/{paper.id}")
    assert (status, data) == (200, content)
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox;")
    assert headers["Cache-Control"] == "no-store"


def test_a22_a_paper_taken_away_leaves_the_list_and_stays_in_the_history(journey, sign_in):
    way = journey().to("education")
    browser = sign_in("ap_a1")
    write(browser, way.ref, "application", files=[(io.BytesIO(pdf()), "đơn.pdf")])
    paper = db.session.query(Paper).one()
    write(browser, way.ref, "application", remove=[str(paper.id)])
    db.session.expire_all()
    assert db.session.query(Paper).one().removed_at is not None
    added, removed = (each.facts["papers"] for each in events(way.ref)[-2:])
    assert (list(added), list(removed)) == (["added"], ["removed"])


def test_a58_strange_texts_are_kept_as_typed_and_shown_as_text(journey, sign_in):
    way, name = journey().to("commune_review"), "Lê <b>Thị</b> Mới 🙂"
    branch, officer = sign_in("ap_a1"), sign_in("xa_a")
    whys = {"why_person": STRANGE, "why_application": STRANGE}
    take(officer, way.ref, "send_back", sections=["person", "application"], **whys)
    write(branch, way.ref, "application", own_words=STRANGE)
    write(branch, way.ref, "person", name=name, home_place=STRANGE)
    sent = next(each for each in events(way.ref) if each.step == "send_back")
    assert sent.facts["reasons"] == {"person": STRANGE, "application": STRANGE}
    assert dossier(way.ref).person_name == name
    take(branch, way.ref, "resubmit")
    at = f"/dossiers/{way.ref}"
    for page in (officer.get(path) for path in (at, "/queue", "/overview", f"{at}/steps/approve")):
        assert name in page.words()
        assert [each for each in parts(page, "script") if "alert" in each] == page.all("b") == []
    assert " ".join(STRANGE.split()) in officer.get(at).words()


def test_a58_a_text_above_its_length_is_refused_with_both_numbers(journey, sign_in):
    way = journey().to("education")
    browser, long = sign_in("ap_a1"), "ở " * 10_000
    for section, field, most in (
        ("person", "name", 100),
        ("person", "residence", 200),
        ("application", "own_words", 5000),
    ):
        page = write(browser, way.ref, section, **{field: long})
        assert (page.status, page.form()[field]) == (422, [long.strip()])
        assert f"Dài 19999 ký tự; tối đa {most}." in page.words()
        assert write(browser, way.ref, section, **{field: "ở" * most}).status == 200


def test_a58_a_reason_above_its_length_is_refused_with_both_numbers(journey, sign_in):
    way = journey().to("commune_review")
    for step, sent in (
        ("refuse", {"reason": "lý" * 10_000}),
        ("send_back", {"sections": ["study"], "why_study": "lý" * 10_000}),
    ):
        page = take(sign_in("xa_a"), way.ref, step, **sent)
        assert (page.status, dossier(way.ref).state) == (422, "commune_review")
        assert "Dài 20000 ký tự; tối đa 2000." in page.words()


def test_a58_a_line_that_is_no_day_is_not_repeated_at_length(journey, sign_in):
    way = journey().to("education")
    page = write(sign_in("ap_a1"), way.ref, "application", applied_on="x" * 20_000)
    assert page.status == 422
    shown = [text for text in parts(page, "a") + parts(page, "div") if "x" * 41 in text]
    assert shown == []


def test_a58_what_a_database_cannot_keep_is_left_out(journey, sign_in):
    way = journey().to("education")
    browser = sign_in("ap_a1")
    write(browser, way.ref, "application", own_words="Em\x00 xin", request_key="khóa\x00")
    assert dossier(way.ref).version == len(events(way.ref))
    page = browser.get(f"/dossiers/{way.ref}/sections/application")
    assert page.form()["own_words"] == ["Em xin"]
    assert page.tree.tag == f"{NAMESPACE}html"
    for page in ("/queue", "/overview"):
        for name in ("name", "state", "branch", "after", "late"):
            for value in ("%00", "9" * 5000, "%F0%9F%99%82~" + "9" * 5000, "0001-01-01~1", "%"):
                path = f"{page}?{name}={value}"
                assert (path, raw(browser, path)[0]) == (path, 200)
