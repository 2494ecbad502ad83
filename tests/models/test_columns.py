"""What stands in the file: moments in UTC, and nothing about people that can be read without the key."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from bot.database import open_engine
from bot.sealing import KeyRing, new_key
from models import Base, FormRow, Letter, Person, Request
from tests.models.world import NOW, Village, in_hours

SECRETS = ("Rosalinde", "+32470123456", "Dorpsstraat 12", "Peeters", "insuline", "4711", "Sint-Jan")

pytestmark = pytest.mark.both


def full(village: Village) -> Request:
    """A request with all that people tell."""
    rosa = village.person("Rosalinde")
    rosa.use_telegram_id(4711)
    rosa.phone, rosa.street, rosa.bell = "+32470123456", "Dorpsstraat 12", "Peeters"
    request = village.request(rosa, in_hours(30))
    request.text, request.address, request.location = "insuline halen", "Sint-Jan 3", "50.79300,4.89400"
    return request


@pytest.mark.sqlite("looks into the file")
def test_no_word_of_people_can_be_read_in_the_file(engine: Engine, village, tmp_path: Path):
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        request = full(village)
        facts = {"created_at": NOW, "not_before": NOW, "method": "sendMessage"}
        session.add(Letter(chat_key="4711", chat_id="4711", body={"text": "insuline"}, **facts))
        dates = {"updated_at": NOW, "expires_at": NOW}
        answers = {"what": "insuline"}
        session.add(
            FormRow(person=request.resident, name="ask", token="t", answers=answers, history=[answers], **dates)
        )
        session.add(request)
    engine.dispose()
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("buren.db*"))
    assert b"Hoegaarden" in stored, "the file is not where the test looks"
    assert [secret for secret in SECRETS if secret.encode() in stored] == []


def test_what_was_sealed_is_read_again(session: Session, village):
    session.add(full(village))
    session.flush()
    session.expire_all()
    request = session.scalars(select(Request)).one()
    assert (request.text, request.resident.first_name) == ("insuline halen", "Rosalinde")
    assert request.code_word is None
    assert request.bell is None


def test_the_same_text_is_never_stored_twice_the_same(session: Session, village):
    session.add_all([village.person("Rosa"), village.person("Rosa")])
    session.flush()
    first, second = session.execute(text("SELECT first_name FROM person")).scalars()
    assert first != second


def test_another_key_opens_nothing(engine: Engine, village, tmp_path: Path):
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        session.add(village.person("Rosa"))
    stranger = open_engine(str(engine.url), KeyRing(new_key()))
    with Session(stranger) as session, pytest.raises(ValueError, match="key"):
        session.scalars(select(Person)).all()
    stranger.dispose()


def test_any_text_of_any_phone_survives(engine: Engine):
    Base.metadata.create_all(engine)

    @given(st.text(st.characters(exclude_categories=())), st.dictionaries(st.text(), st.text() | st.integers()))
    def survives(words, answers):
        with Session(engine) as session:
            person = Person(first_name=words, since=NOW, seen_at=NOW)
            form = FormRow(
                person=person, name="f", token="t", answers=answers, history=[], updated_at=NOW, expires_at=NOW
            )
            session.add(form)
            session.flush()
            session.expire_all()
            assert (form.person.first_name, form.answers) == (words, answers)

    survives()


def test_a_moment_comes_back_as_it_was_whatever_its_zone(session: Session, village):
    rosa = village.person("Rosa")
    rosa.since = datetime(2026, 3, 2, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    session.add(rosa)
    session.flush()
    session.expire_all()
    assert rosa.since == datetime(2026, 3, 3, 4, 30, tzinfo=UTC)
    assert rosa.since.tzinfo is UTC
    assert rosa.unreachable_since is None


def test_moments_are_compared_as_moments(session: Session, village):
    session.add(village.person("Rosa"))
    session.flush()
    elsewhere = NOW.astimezone(timezone(timedelta(hours=9)))
    assert session.scalars(select(Person).where(Person.since == elsewhere)).one().first_name == "Rosa"


def test_a_moment_without_a_zone_is_refused(session: Session, village):
    rosa = village.person("Rosa")
    rosa.since = datetime(2026, 3, 2)  # noqa: DTZ001 – that is what is refused
    session.add(rosa)
    with pytest.raises(StatementError, match="without a zone"):
        session.flush()


def test_every_constraint_has_a_name_for_migrations_to_use(engine: Engine, tmp_path: Path):
    Base.metadata.create_all(engine)
    tables = inspect(engine)
    for table in tables.get_table_names():
        assert tables.get_pk_constraint(table)["name"], table
        assert all(each["name"] for each in tables.get_foreign_keys(table)), table
        assert all(each["name"] for each in tables.get_unique_constraints(table)), table


@pytest.mark.sqlite("looks into the file")
def test_a_choice_is_kept_as_its_word(session: Session, village, tmp_path: Path):
    session.add(full(village))
    session.commit()
    with closing(sqlite3.connect(tmp_path / "buren.db")) as plain:
        row = plain.execute("SELECT state, category, part, outcome FROM request").fetchone()
    assert row == ("open", "groceries", None, None)
