def test_admission_goes_from_nomination_to_the_card(journey):
    assert journey().to("admitted").dossier.state == "admitted"


def test_dossier_page_opens(journey, sign_in):
    way = journey().to("commune_review")
    page = sign_in("xa_a").get(f"/dossiers/{way.ref}")
    assert page.status == 200


def test_no_vote_is_offered_for_correction_before_there_is_one(journey, sign_in):
    way = journey().to("education")
    page = sign_in("ap_a1").get(f"/dossiers/{way.ref}")
    assert "Đính chính kết quả biểu quyết" not in page.words()
