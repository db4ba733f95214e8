"""What waits for me: the right lines, in the right order, page by page, and a badge that agrees."""

from datetime import timedelta

from app import policies
from app.extensions import db
from app.policies import Right
from app.queries.queues import PAGE, QueueFilter, looked_over, waiting_counts, waiting_for
from tests.clock import NOW, TODAY
from tests.factories import AccountFactory, AppointmentFactory
from workflows.levels import Post

DAY = timedelta(days=1)
ALL = QueueFilter()


def refs(lines):
    """Return the references of a list."""
    return [line.ref for line in lines]


def pages(ask):
    """Walk through a list page by page and return every reference, as the pages show them."""
    found, after = [], None
    while True:
        lines = ask(after)
        found += refs(lines[:PAGE])
        if len(lines) <= PAGE:
            return found
        after = (lines[PAGE - 1].entered_desk_at, lines[PAGE - 1].id)


LAID = (
    *(("ap_a1", place) for place in ("nomination", "education", "commune_review", "returned")),
    *(("ap_a1", place) for place in ("superior_review", "ceremony", "card_issue", "refused")),
    *(("ap_a2", "commune_review"), ("ap_b1", "commune_review"), ("co_so", "ready")),
)
# What waits for whom, and what else each may look over.
WAITS = {
    "ap_a1": {("ap_a1", place) for place in ("nomination", "education", "returned", "ceremony")},
    "ap_a2": set(),
    "ap_b1": set(),
    "co_so": {("co_so", "ready")},
    "xa_a": {("ap_a1", "commune_review"), ("ap_a2", "commune_review")},
    "xa_b": {("ap_b1", "commune_review")},
    "huyen": {("ap_a1", "superior_review"), ("ap_a1", "card_issue")},
}
OF = {
    "ap_a1": {"ap_a1"},
    "ap_a2": {"ap_a2"},
    "ap_b1": {"ap_b1"},
    "co_so": {"co_so"},
    "xa_a": {"ap_a1", "ap_a2"},
    "xa_b": {"ap_b1"},
    "huyen": {"ap_a1", "ap_a2", "ap_b1", "co_so"},
}


def test_a02_each_desk_has_its_own_and_the_badge_is_their_number(journey):
    laid = {place: journey(place[0], f"Lê Thị {place}").to(place[1]) for place in LAID}
    world = next(iter(laid.values())).world
    for who, places in WAITS.items():
        actor = world.actor(who)
        assert (who, set(refs(waiting_for(actor, ALL)))) == (who, {laid[at].ref for at in places})
        assert sum(count.waiting for count in waiting_counts(actor, TODAY)) == len(places)


def test_who_looks_over_units_sees_what_is_open_in_them_and_nothing_else(journey):
    laid = {place: journey(place[0], f"Lê Thị {place}").to(place[1]) for place in LAID}
    world = next(iter(laid.values())).world
    for who, branches in OF.items():
        posts = policies.posts_with(world.actor(who), Right.LOOK)
        seen = {way.ref for at, way in laid.items() if at[0] in branches and at[1] != "refused"}
        assert (who, set(refs(looked_over(posts, ALL)))) == (who, seen)


def test_the_province_looks_over_its_districts(journey):
    way = journey().to("commune_review")
    world = way.world
    account = world.accounts["tinh"] = AccountFactory()
    AppointmentFactory(account=account, unit=world.units["tinh"], post=Post.SECRETARY)
    posts = policies.posts_with(world.actor("tinh"), Right.LOOK)
    assert refs(looked_over(posts, ALL)) == [way.ref]
    assert waiting_for(world.actor("tinh"), ALL) == []


def test_a_person_with_two_posts_has_both_queues_in_one(journey):
    first, second = journey("ap_a1").to("education"), journey("ap_b1", "Lê Thị Hai")
    world = first.world
    both = world.accounts["hai"] = AccountFactory()
    for unit in ("ap_a1", "ap_b1"):
        AppointmentFactory(account=both, unit=world.units[unit])
    assert set(refs(waiting_for(world.actor("hai"), ALL))) == {first.ref, second.ref}


def test_who_holds_no_post_of_today_has_nothing_waiting(journey):
    world = journey().to("education").world
    world.accounts["past"] = AccountFactory()
    AppointmentFactory(account=world.accounts["past"], unit=world.units["ap_a1"], to_on=TODAY - DAY)
    actor = world.actor("past")
    assert (actor.posts, waiting_for(actor, ALL), waiting_counts(actor, TODAY)) == ((), [], [])


def test_a_queue_of_many_pages_shows_each_once_the_oldest_first(journey):
    """Also where several came to the desk in the same moment."""
    ways = [journey(name=f"Lê Thị Số {number}") for number in range(2 * PAGE + 3)]
    for number, way in enumerate(ways):
        way.dossier.entered_desk_at = NOW - timedelta(hours=number // 4)
        db.session.commit()
    actor = ways[0].world.actor("ap_a1")
    right = sorted(ways, key=lambda way: (way.dossier.entered_desk_at, way.dossier.id))
    assert pages(lambda after: waiting_for(actor, ALL, after)) == refs(right)
    posts = policies.posts_with(actor, Right.LOOK)
    assert pages(lambda after: looked_over(posts, ALL, after)) == refs(right)


def test_a_queue_is_filtered_by_branch_state_lateness_and_name(journey):
    dao = journey(name="Nguyễn Thị Đào").to("commune_review")
    hoa = journey("ap_a2", "Trần Thị Hoa").to("commune_review")
    world, actor = dao.world, dao.world.actor("xa_a")
    late = hoa.dossier
    late.due_on = TODAY - DAY
    db.session.commit()
    asked = {
        QueueFilter(branch_id=world.units["ap_a2"].id): [hoa.ref],
        QueueFilter(branch_id=world.units["ap_b1"].id): [],
        QueueFilter(state="commune_review"): [dao.ref, hoa.ref],
        QueueFilter(state="superior_review"): [],
        QueueFilter(late_on=TODAY): [hoa.ref],
        QueueFilter(late_on=TODAY - DAY): [],
        QueueFilter(name="dao"): [dao.ref],
        QueueFilter(name="  THI  dà "): [dao.ref],
        QueueFilter(name="nguyen hoa"): [],
        QueueFilter(name="uyen"): [],
        QueueFilter(name="%"): [],
        QueueFilter(name="_ao"): [],
        QueueFilter(name="x" * 500): [],
        QueueFilter(name="   "): [dao.ref, hoa.ref],
    }
    assert {each: refs(waiting_for(actor, each)) for each in asked} == asked
    (count,) = waiting_counts(actor, TODAY)
    assert (count.waiting, count.late) == (2, 1)
