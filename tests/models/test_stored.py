"""docs/privacy says of all that is stored about people what it is, who sees it and how long, and cannot drift."""

from pathlib import Path

import pytest

from models import Base, retention, stored


def test_the_page_is_current() -> None:
    assert stored.TARGET.read_text(encoding="utf-8") == stored.render(), "run python -m models.stored"


def test_everything_has_a_reason_and_no_reason_is_left_over() -> None:
    assert set(stored.sealed()) == set(stored.SEALED)
    assert set(stored.about_people()) == set(stored.ABOUT_PEOPLE)
    assert {"person.phone", "letter.body", "person.telegram_key"} <= set(stored.sealed())
    assert {"event", "request"} <= set(stored.about_people())
    assert all(
        why.what and why.who and why.how_long for why in (*stored.SEALED.values(), *stored.ABOUT_PEOPLE.values())
    )


@pytest.mark.parametrize(("reasons", "name"), [("SEALED", "person.phone"), ("ABOUT_PEOPLE", "event")])
def test_what_has_no_reason_is_not_written_down_in_silence(
    monkeypatch: pytest.MonkeyPatch, reasons: str, name: str
) -> None:
    monkeypatch.delitem(getattr(stored, reasons), name)
    with pytest.raises(LookupError, match=name):
        stored.render()


def test_every_column_stands_on_the_page_once() -> None:
    page = stored.render()
    clear = page.partition("without the key")[2]
    for table in Base.metadata.sorted_tables:
        row = next(line for line in clear.splitlines() if line.startswith(f"| `{table.name}` |"))
        for column in table.columns:
            assert (f"`{column.name}`" in row.partition("|")[2]) is (str(column) not in stored.SEALED), column


def test_the_periods_are_those_that_the_bot_keeps() -> None:
    page = stored.render()
    for name in (
        "CONTENT",
        "COPIES",
        "DEAD",
        "DIALOGUE",
        "LETTERS",
        "SHOWN",
        "TO_ANSWER",
        "UNUSED",
        "SEEN",
        "FILE_STAYS",
    ):
        assert stored.days(getattr(retention, name)) in page, name
    assert stored.days(retention.SHOWN) == "47 hours"


def test_it_is_written_where_it_is_asked(tmp_path: Path) -> None:
    stored.main(tmp_path / "README.md")
    assert (tmp_path / "README.md").read_text("utf-8") == stored.render()
