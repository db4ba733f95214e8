def test_admission_goes_from_nomination_to_the_card(journey):
    assert journey().to("admitted").dossier.state == "admitted"


def test_dossier_page_opens(journey, sign_in):
    way = journey().to("commune_review")
    page = sign_in("xa_a").get(f"/dossiers/{way.ref}")
    assert page.status == 200
