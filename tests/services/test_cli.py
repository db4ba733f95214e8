import pytest

from app.extensions import db
from app.models import Account, Event, Seal, Unit
from app.services.audit import verify
from app.services.events import By, Change, record
from app.services.offices.accounts import accept
from tests.clock import NOW
from tests.factories import PASSWORD, UnitFactory
from workflows.registry import PROCESSES, WORKFLOWS


@pytest.fixture
def run(app):
    """Type a command: ``run("audit", "verify")`` gives its exit code and what it said."""

    def typed(*words):
        result = app.test_cli_runner().invoke(args=[str(word) for word in words])
        db.session.expire_all()
        return result.exit_code, result.output.strip()

    return typed


@pytest.fixture
def unit(app):  # noqa: ARG001
    made = UnitFactory(name="Huyện đoàn Bình Tân")
    record(made, Change("edit"), By(None, NOW))
    db.session.commit()
    return made


@pytest.mark.usefixtures("unit")
def test_audit_verify_says_unbroken_and_tells_the_last_seal(run):
    told = "unbroken: 0 dossiers, 2 events in 1 chains"
    assert run("audit", "verify") == (0, f"{told}, 0 seals")
    run("audit", "seal")
    last = db.session.query(Seal).one().hash
    assert run("audit", "verify", "--kept", last) == (0, f"{told}, 1 seals\nlast seal: {last}")


def test_audit_verify_counts_dossiers(run, journey):
    journey().to("admitted")
    code, said = run("audit", "verify")
    assert (code, said.split(",")[0]) == (0, "unbroken: 1 dossiers")


def test_audit_verify_names_the_first_bad_row_and_fails(run, unit):
    event = db.session.query(Event).filter_by(sequence=2).one()
    with db.engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql("UPDATE events SET comment = 'x' WHERE sequence = 2")
    what = f"number 2 of units {unit.id}: its hash is not that of its content"
    assert run("audit", "verify") == (1, f"Error: events {event.id}, {what}")


@pytest.mark.usefixtures("unit")
def test_audit_verify_misses_a_seal_that_was_kept_elsewhere(run):
    assert run("audit", "verify", "--kept", "abc") == (1, "Error: seals: the seal abc is not here")


@pytest.mark.usefixtures("unit")
def test_audit_seal_prints_the_hash_to_keep(run):
    code, said = run("audit", "seal")
    event, made = db.session.query(Event).filter_by(sequence=2).one(), db.session.query(Seal).one()
    assert (code, said) == (0, f"sealed 1 chains up to event {event.id}: {made.hash}")
    assert run("audit", "seal") == (0, "nothing was recorded since the last seal")


def test_workflow_check_says_that_every_workflow_is_whole(run):
    lines = [
        f"{name}: whole, {len(each.states)} states, {len(each.steps)} steps"
        for name, each in PROCESSES.items()
    ]
    assert run("workflow", "check") == (0, "\n".join(lines))


def test_workflow_check_names_what_is_wrong_and_fails(run, monkeypatch):
    whole = WORKFLOWS["admission"]
    monkeypatch.setattr(whole, "steps", whole.steps[1:])
    code, said = run("workflow", "check")
    assert code == 1
    assert "Error: admission: state 'education' cannot be reached" in said


def test_workflow_draw_prints_the_states_and_steps_of_a_workflow(run):
    code, said = run("workflow", "draw", "admission")
    assert code == 0
    assert [state for state in WORKFLOWS["admission"].states if state not in said] == []
    assert [step.name for step in WORKFLOWS["admission"].steps if step.name not in said] == []


def test_workflow_draw_names_the_workflows_there_are(run):
    code, said = run("workflow", "draw", "marriage")
    assert code == 2
    assert "'admission'" in said


def test_a_new_installation_begins_with_a_unit_and_its_first_account(run):
    code, unit_id = run("found-unit", " Tỉnh đoàn  Vĩnh Long ", "province")
    unit = db.session.query(Unit).one()
    assert (code, unit_id, unit.name) == (0, str(unit.id), "Tỉnh đoàn Vĩnh Long")
    assert (unit.parent_id, unit.district_id, unit.path) == (None, unit.id, f"{unit.id}.")
    assert run("invite", unit_id, "secretary", "--name", "Lê Thị An", "--username", "an.le")[0] == 0
    assert run("audit", "verify") == (0, "unbroken: 0 dossiers, 2 events in 2 chains, 0 seals")


def test_found_unit_refuses_a_name_that_stands_at_the_top_already(run):
    assert run("found-unit", "Huyện đoàn Bình Tân", "district")[0] == 0
    assert run("found-unit", "Huyện đoàn Bình Tân", "district") == (1, "Error: name: taken_here")


@pytest.mark.parametrize("level", ["commune", "branch", "nation"])
def test_found_unit_founds_no_unit_that_has_one_above(run, level):
    assert run("found-unit", "Đoàn xã Tân Quới", level)[0] == 2
    assert db.session.query(Unit).count() == 0


@pytest.mark.parametrize("address", ["id", "path"])
def test_invite_opens_the_first_account_of_a_unit(run, visitor, unit, address):
    asked = ("--name", "Nguyễn Thị Đào", "--username", "Huyen", "--email", "dao@example.org")
    code, link = run("invite", getattr(unit, address), "secretary", *asked)
    assert code == 0
    page = visitor.get(link)
    assert page.status == 200
    account = accept(link.rpartition("/")[2], PASSWORD, now=NOW)
    assert (account.name, account.username) == ("Nguyễn Thị Đào", "huyen")
    assert verify().fault is None


@pytest.mark.parametrize("address", ["0", "999999999", "1.999999999.", "abc", "", "9" * 30])
@pytest.mark.usefixtures("unit")
def test_invite_refuses_a_unit_that_is_not_there(run, address):
    code, said = run("invite", address, "secretary", "--name", "A", "--username", "a")
    assert (code, said.splitlines()[-1]) == (
        2,
        "Error: Invalid value for UNIT: there is no such unit",
    )
    assert db.session.query(Account).count() == 0


def test_invite_refuses_a_user_name_that_is_taken(run, unit):
    words = ("invite", unit.id, "officer", "--name", "A", "--username", "huyen")
    assert run(*words)[0] == 0
    assert run(*words) == (1, "Error: username: taken")
    assert db.session.query(Unit).count() == 1
