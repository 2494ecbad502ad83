"""Settings: what is wrong is said in one line that names the variable, and the README knows them all."""

import re
from pathlib import Path

import pytest

from bot.sealing import new_key
from bot.settings import Settings, WrongSettingError, load
from tests.structure.tree import read

KEY = new_key()


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """A folder without `.env`, and none of the settings of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(f"BUREN_{field.upper()}", raising=False)


@pytest.fixture
def given_minimum(monkeypatch):
    monkeypatch.setenv("BUREN_TOKEN", "1:x")
    monkeypatch.setenv("BUREN_KEY", KEY)


def complaint(monkeypatch, **given: str) -> str:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettingError) as wrong:
        load()
    line = str(wrong.value)
    assert "\n" not in line
    return line


def test_token_and_key_are_all_that_is_needed(given_minimum):
    settings = load()
    assert settings.base_url == "https://api.telegram.org/bot"
    assert settings.timezone.key == "Europe/Brussels"
    assert settings.database_url == "sqlite:///buren.db"
    assert settings.clock_url is None
    assert settings.calendar.zone is settings.timezone


def test_a_missing_token_is_named(monkeypatch):
    assert complaint(monkeypatch, BUREN_KEY=KEY) == "BUREN_TOKEN is missing"


def test_a_missing_key_is_named_with_how_to_make_one(monkeypatch):
    line = complaint(monkeypatch, BUREN_TOKEN="1:x")
    assert "BUREN_KEY" in line
    assert "buren key" in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BUREN_TOKEN", ""),
        ("BUREN_API_URL", "telegram"),
        ("BUREN_CLOCK_URL", "noon"),
        ("BUREN_DATABASE_URL", "mysql://localhost/buren"),
        ("BUREN_DATABASE_URL", "buren.db"),
        ("BUREN_TIMEZONE", "Europe/Hoegaarden"),
        ("BUREN_TIMEZONE", "../etc/passwd"),
        ("BUREN_QUIET_FROM", "late"),
        ("BUREN_QUIET_UNTIL", "25:00"),
        ("BUREN_QUIET_UNTIL_HOLIDAY", "ten"),
        ("BUREN_LANGUAGE_MEMORY", "always"),
        ("BUREN_RATE_LIMITS", "perhaps"),
        ("BUREN_LOG_LEVEL", "LOUD"),
        ("BUREN_LOG_FORMAT", "xml"),
        ("BUREN_HEALTH_PORT", "0"),
        ("BUREN_HEALTH_PORT", "http"),
    ],
)
def test_a_wrong_value_is_named(given_minimum, monkeypatch, name, value):
    assert complaint(monkeypatch, **{name: value}).startswith(f"{name} is wrong: ")


def test_a_wrong_key_is_named_and_not_shown(given_minimum, monkeypatch):
    line = complaint(monkeypatch, BUREN_KEY="not-a-key-at-all")
    assert line.startswith("BUREN_KEY: ")
    assert "not-a-key-at-all" not in line


def test_a_key_file_is_read(monkeypatch, tmp_path):
    monkeypatch.setenv("BUREN_TOKEN", "1:x")
    assert complaint(monkeypatch, BUREN_KEY_FILE="buren.key").startswith("BUREN_KEY_FILE: ")
    Path("buren.key").write_bytes(b"\xff")
    assert complaint(monkeypatch, BUREN_KEY_FILE="buren.key").startswith("BUREN_KEY_FILE: ")
    Path("buren.key").write_text(f"{KEY}\n")
    ring = load().key_ring()
    assert ring.unseal(ring.seal(b"Anna")) == b"Anna"


def test_a_file_named_env_is_read_and_the_environment_wins(given_minimum, monkeypatch):
    Path(".env").write_text("BUREN_ORGANISATION=OCMW Lindebeek\nBUREN_PHONE=016 00 00 00\nOTHER=1\n")
    monkeypatch.setenv("BUREN_PHONE", "016 12 34 56")
    settings = load()
    assert (settings.organisation, settings.phone) == ("OCMW Lindebeek", "016 12 34 56")


def test_the_organisation_has_a_name_in_each_language_where_it_was_given(given_minimum, monkeypatch):
    monkeypatch.setenv("BUREN_ORGANISATION", "OCMW Lindebeek")
    monkeypatch.setenv("BUREN_ORGANISATION_FR", "CPAS Lindebeek")
    named = [load().organisation_in(language) for language in ("nl", "fr", "de", "pl")]
    assert named == ["OCMW Lindebeek", "CPAS Lindebeek", "OCMW Lindebeek", "OCMW Lindebeek"]


def test_secrets_do_not_show_in_what_is_printed(given_minimum, monkeypatch):
    monkeypatch.setenv("BUREN_TOKEN", "4839574812:AAFD39kkdpWt3ywyRZergy")
    assert KEY not in repr(load())
    assert "AAFD39" not in repr(load())


def test_a_local_bot_api_server_may_end_with_a_slash(given_minimum, monkeypatch):
    monkeypatch.setenv("BUREN_API_URL", "http://127.0.0.1:8081/")
    assert load().base_url == "http://127.0.0.1:8081/bot"


def test_the_readme_explains_every_setting_and_no_other():
    rows = dict(re.findall(r"^\| `(BUREN_\w+)` \|([^|]*\|[^|]+)\|$", read(Path("README.md")), re.MULTILINE))
    assert rows.keys() == {f"BUREN_{field.upper()}" for field in Settings.model_fields}
    assert all(len(words.split()) > 3 for words in rows.values())


def test_a_night_that_never_ends_is_refused(monkeypatch):
    monkeypatch.setenv("BUREN_QUIET_FROM", "00:00")
    with pytest.raises(WrongSettingError, match="BUREN_QUIET_FROM must be later"):
        load(_env_file=None, token="1:a", key=new_key())
