"""Canaries in everything that people say: none of them is ever seen outside of the chats they belong to."""

import base64
import faulthandler
import io
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import structlog
from sqlalchemy import LargeBinary, event, select, type_coerce
from sqlalchemy.exc import IntegrityError, OperationalError

from bot import backup
from bot.health import Health
from bot.log import set_up
from models import Base, DeadUpdate, Letter
from models.columns import Sealed, SealedJSON
from tests.support.phoning import asks_for_who_calls
from tests.support.proving import Proof
from tests.support.raw import message, sender
from tests.support.town import Neighbour, Town, open_town

FULL = 20  # towns
FORMS = ("text", "json")


class Canaries:
    """One rare word for each place where people's words come in; no two towns have the same."""

    def __init__(self, number: int) -> None:
        self._number = number
        self.words: dict[str, str] = {}

    def __call__(self, place: str) -> str:
        """The word for this place, the same each time."""
        signs = "abcdefghijklmnopqrstuvwxyz"
        n = self._number * 64 + len(self.words)
        marked = signs[n % 26] + signs[n // 26 % 26] + signs[n // 676 % 26]
        return self.words.setdefault(place, f"Zé{marked}nar")

    def phone(self, place: str) -> str:
        """A number, as it is kept."""
        return self.words.setdefault(place, f"+3247{self._number % 90 + 10:02}{len(self.words):02}719")

    def forms(self) -> dict[bytes, str]:
        """Every way in which each could be written down."""
        found = {}
        for place, word in self.words.items():
            for form in forms(word):
                found[form] = place
        return found


def forms(word: str) -> set[bytes]:
    """A word in the encodings in which it might hide."""
    plain = word.encode()
    found = {
        plain,
        word.encode("utf-16-le"),
        word.encode("utf-16-be"),
        plain.hex().encode(),
        plain.hex().upper().encode(),
    }
    found |= {
        quote(word).encode(),
        json.dumps(word)[1:-1].encode(),
        ascii(word)[1:-1].encode(),
        repr(plain)[2:-1].encode(),
    }
    for shift in range(3):  # base64 looks otherwise wherever the word begins in it
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            found.add(encode(b"\0" * shift + plain)[4 if shift else 0 : -4])
    return found


def seen(haystack: bytes, canaries: Canaries) -> list[str]:
    """Which canaries are in it, in which form."""
    return [f"{place} as {form!r}" for form, place in canaries.forms().items() if form in haystack]


@contextmanager
def heard(form: str) -> Iterator[io.StringIO]:
    """All that goes to the error stream, with the log at its most talkative."""
    stream, before, root = io.StringIO(), sys.stderr, logging.getLogger()
    handlers, level = root.handlers[:], root.level
    sys.stderr = stream
    set_up("DEBUG", form)
    try:
        yield stream
    finally:
        sys.stderr, root.handlers[:] = before, handlers
        root.setLevel(level)
        structlog.reset_defaults()


async def knows(town: Town, name: str, **more: str) -> Neighbour:
    """Somebody with this name, who said Start."""
    actor = await town.phones.person(name, language="nl", id=town._next_id, **more)
    town._next_id += 1
    who = Neighbour(town, actor)
    await who.starts()
    return who


async def everything(town: Town, c: Canaries) -> tuple[Neighbour, Neighbour]:
    """Every main story, with a canary wherever somebody's words come in. Returns Rosa and Jef."""
    rosa = await knows(town, c("first name"), last_name=c("last name"), username="zebra_kanarie_naam")
    jef, an = await town.volunteer(c("volunteer")), await town.coordinator(c("coordinator"))
    await rosa.writes("/verbeter")
    await rosa.taps("Wijzig mijn nummer")
    await rosa.writes(c.phone("typed phone"))
    await rosa.taps("Wijzig mijn thuis")
    await rosa.taps("Centrum")
    await rosa.writes(f"{c('street')}laan 5")
    await rosa.writes(c("bell"))
    await rosa.taps("Wijzig mijn nummer")
    await rosa.does(rosa.actor.sends_contact(c.phone("shared phone")))
    # A question by voice; the helper, and what they write each other.
    await rosa.writes("/vraag")
    await rosa.taps("Boodschappen 🛒")
    await rosa.does(rosa.actor.sends_voice(caption=c("caption of a voice")))
    await rosa.taps("Morgen")
    await rosa.taps("Namiddag 14–18")
    await rosa.taps("Mijn thuis")
    await rosa.taps("De eerste is goed")
    await jef.taps("Ik help")
    await rosa.taps(f"Schrijf naar {c('volunteer')}")
    await rosa.writes(c("to the helper"))
    await jef.taps("Stuur een bericht")
    await jef.writes(c("to the resident"))
    await an.forges("1:answer_person:1:1")
    await an.writes(c("coordinator to somebody"))
    await rosa.forges("1:write_coordinator:1")
    await rosa.writes(c("to the coordinator"))
    await an.forges("1:edit_text:1")
    await an.writes(c("text by a coordinator"))
    # One that is not sent, with a photo, words, a map.
    await rosa.writes(f"Kan iemand mijn {c('free text')} maaien?")
    await rosa.does(rosa.actor.sends_photo(caption=c("caption of a photo")))
    venue = {"title": c("venue"), "address": c("address of a venue"), "location": {"latitude": 50.8, "longitude": 4.9}}
    await town.settled(
        await town.phones.raw({"message": message(town, rosa, {"venue": venue, "location": venue["location"]})})
    )
    await rosa.does(rosa.actor.sends("document", file_name=f"{c('name of a file')}.pdf"))
    await rosa.does(rosa.actor.sends_poll(c("poll"), [c("option"), "x"]))
    # For somebody without Telegram.
    await asks_for_who_calls(an, name=c("who calls"))
    # Groups, forged taps, deep links.
    group = await town.phones.group(c("title of a group"), [rosa.actor, jef.actor])
    said = await town.phones.post(f"groups/{group['id']}/send", {"from": rosa.id, "text": f"/start {c('in a group')}"})
    await town.settled(said["update_id"])
    await rosa.forges(f"1:request:{c('forged')}")
    await rosa.forges(c("forged data"))
    await rosa.starts("kanarie-" + "x" * 40)
    await rosa.writes(f"/{c('command')}")
    return rosa, jef


async def everything_fails(town: Town, c: Canaries, rosa: Neighbour) -> None:
    """Errors of which each holds what somebody said."""
    poison = message(town, rosa, {"text": [c("poison")]}) | {"entities": c("poison entities")}
    await town.settled(await town.phones.raw({"message": poison}))
    await town.settled(
        await town.phones.raw({"callback_query": {"from": sender(rosa), c("poison key"): c("poison value")}})
    )
    for error in (OperationalError, IntegrityError):
        word = c(error.__name__)
        with failing(town, error(f"INSERT INTO x VALUES ('{word}')", {"name": word}, ValueError(word))):
            await rosa.writes(f"Dit is {c('said while the database fails')}")
    with failing(town, LookupError(c("an error of ours"))):
        await rosa.writes("/mijnvragen")
    with failing(town, LookupError(c("an error in a sweep")), within="DELETE FROM dead_update"):
        await town.jump(hours=25)
    for code, words in ((400, c("a refusal")), (403, c("a block"))):
        told = {"error_code": code, "description": f"{'Bad Request' if code == 400 else 'Forbidden'}: {words}"}
        await town.phones.fault("error", "sendMessage", chat_id=rosa.id, **told)
        await rosa.writes(f"/privacy {c('asked in vain')}")
    await town.phones.no_faults()
    await rosa.writes("/start")


@contextmanager
def failing(town: Town, error: Exception, within: str = "INSERT INTO seen_update") -> Iterator[None]:
    """The next statement with these words fails, once."""
    left = [error]

    def fail(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if left and statement.startswith(within):
            raise left.pop()

    event.listen(town.app.turns.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(town.app.turns.engine, "before_cursor_execute", fail)
        assert not left, "it did fail"


def files_in(folder: Path) -> dict[str, bytes]:
    """What lies in it."""
    return {str(each.relative_to(folder)): each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()}


async def what_could_leak(town: Town, folder: Path, log: io.StringIO) -> dict[str, bytes]:
    """All that an outsider may come to see, by its name."""
    turns, health = town.app.turns, Health(town.app)
    backup.make(turns.engine, town.settings, folder / "copies", town.clock.now())
    metrics, ready = await health.metrics(None), await health.ready(None)  # type: ignore[arg-type]  # they look at no request
    groups = [await town.phones.get(f"groups/{chat}/chat") for chat in town.sim.world.groups]
    said = [each["text"] for group in groups for each in group["messages"] if not each["outgoing"]]
    with town.session() as session:
        errors = [*session.scalars(select(DeadUpdate.error)), *session.scalars(select(Letter.error))]
    assert len(errors) > 1, "something went wrong, as it should"
    assert said, "the bot said something in the group"
    files = files_in(folder)
    assert files.keys() >= {"buren.db", "buren.db-wal", "buren.db-shm"}
    assert len(files) > 3, "and a copy"
    return {
        "log": log.getvalue().encode("utf-8", "surrogatepass"),
        "metrics": repr([metrics.body, ready.body]).encode(),
        "group": json.dumps(said).encode(),
        "errors": repr(errors).encode(),
        **files,
    }


def sealed_columns() -> list[Any]:
    """Every column that is sealed."""
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Sealed | SealedJSON)
    ]


def with_the_key(town: Town) -> list[tuple[str, bytes]]:
    """Everything that the key opens: what it says, and the bytes in which that lies in the file."""
    found = []
    with town.session() as session:
        for column in sealed_columns():
            rows = session.execute(
                select(column, type_coerce(column, LargeBinary).label("raw")).where(column.is_not(None))
            )
            found += [(json.dumps(plain, ensure_ascii=False), bytes(raw)) for plain, raw in rows]
    return found


@pytest.mark.proof(
    "leaks",
    promise="What people say is seen in their chats and nowhere else; what is erased is gone, also with the key",
    how="canaries in names, numbers, addresses, words, captions, files, groups, forged taps, the token and errors; "
    "searched for in logs, file, WAL, copies, group chats, metrics; then people have themselves erased",
    figure="{towns} towns, {canaries} canaries in {encodings} written forms, {leaks} leaks; "
    "{erased} sealed values erased: {decrypted} can still be opened, {left} still lie in file or WAL",
    goal={"towns": FULL},
    shards=len(FORMS),
)
@pytest.mark.long
@pytest.mark.sqlite("looks into the file and its write-ahead log")
@pytest.mark.parametrize("form", FORMS)
async def test_nothing_leaks(tmp_path: Path, form: str, proof: Proof) -> None:
    faulthandler.cancel_dump_traceback_later()  # in full it takes longer than one test usually does
    for number in range(proof.size(small=1)):
        folder, canaries = tmp_path / str(number), Canaries(FORMS.index(form) * FULL + number)
        folder.mkdir()
        with heard(form) as log:
            async with open_town(folder) as town:
                await leaks_nothing(town, canaries, folder, log, proof)
        proof.count(towns=1)


async def leaks_nothing(town: Town, canaries: Canaries, folder: Path, log: io.StringIO, proof: Proof) -> None:
    rosa, jef = await everything(town, canaries)
    await everything_fails(town, canaries, rosa)
    token = town.settings.token.get_secret_value()
    canaries.words["token"] = token.partition(":")[2]
    places = await what_could_leak(town, folder, log)
    found = [f"{where}: {each}" for where, haystack in places.items() for each in seen(haystack, canaries)]
    proof.count(canaries=len(canaries.words), encodings=len(canaries.forms()), leaks=len(found))
    assert not found
    for told in (b"could not be handled", b"the database is away", b"sweep failed", b"was not taken"):
        assert told in places["log"], "each error was logged"
    await nothing_is_left(town, canaries, [rosa, jef], folder, proof)


async def nothing_is_left(town: Town, canaries: Canaries, gone: list[Neighbour], folder: Path, proof: Proof) -> None:
    """They have themselves erased; the key opens nothing of them, and the old bytes are overwritten."""
    kept = {"coordinator", "who calls", "coordinator to somebody"}
    theirs = [word for place, word in canaries.words.items() if place not in kept]
    before = [raw for plain, raw in with_the_key(town) if any(word in plain for word in theirs)]
    assert len(before) > 10
    for who in gone:
        await who.writes("/wissen")
        await who.taps("Ja, wis alles")
    still = [plain for plain, _ in with_the_key(town) if any(word in plain for word in theirs)]
    assert still == []
    files = files_in(folder)
    left = [raw for raw in before if raw in files["buren.db"] + files["buren.db-wal"]]
    assert left == []
    proof.count(erased=len(before), decrypted=len(still), left=len(left))


@pytest.mark.parametrize(
    "encode", [str, ascii, quote, lambda word: f"x{base64.b64encode(f'ab{word}!'.encode()).decode()}"]
)
def test_a_planted_leak_is_found(encode: Any) -> None:
    canaries = Canaries(7)
    word = canaries("first name")
    assert seen(f"… {encode(word)} …".encode(), canaries)
    assert seen(word.encode("utf-16-le"), canaries)
    assert not seen(b"nothing of it", canaries)


def test_a_planted_line_is_found() -> None:
    canaries = Canaries(8)
    with heard("json") as log:
        logging.getLogger("some.library").warning("said %s", canaries("free text"))
    assert seen(log.getvalue().encode(), canaries)
