"""docs/privacy says who sees what: of that for which `tests/doors/table.txt` has no letter, it is played here."""

import json
from collections import defaultdict

from models.stored import SEALED, Reader
from tests.doors.test_doors import TELL_OF
from tests.handlers.test_asking_for_somebody import asks_for_maria
from tests.support.phoning import asks_for_who_calls
from tests.support.town import Town

# A rare word for each, as somebody says it.
WORDS = {
    "person.street": "Bewaardestraat 9",
    "person.bell": "Bewaardebel",
    "request.for_name": "Zonnemie",
    "request.for_relation": "dochter",
    "call.words": "vertelditverder",
    "form.answers": "halfgeschreven",
    "person.phone": "0470 99 88 11",
}
NOT_ON_A_SCREEN = {"telegram_id", "telegram_key", "secret", "chat_id", "chat_key", "body", "keys", "raw"}


def test_each_sealed_column_is_looked_at() -> None:
    elsewhere = {each for each in SEALED if each.partition(".")[2] in NOT_ON_A_SCREEN}
    assert set(SEALED) == {*WORDS, *TELL_OF, "form.history", "form.below", *elsewhere}
    assert SEALED["form.history"].readers == SEALED["form.below"].readers == SEALED["form.answers"].readers
    assert {each for each in elsewhere if SEALED[each].readers} == {"letter.body"}, "see test_command_line.py"


async def test_who_reads_it_is_who_the_page_says(town: Town) -> None:
    els, jef, mia = (
        await town.resident("Els", home=False),
        await town.volunteer("Jef", ["Kerkhoek"]),
        await town.volunteer("Mia"),
    )
    an, zoe, luc = await town.coordinator("An"), await town.resident("Zoë"), await town.volunteer("Luc")
    everybody = els, jef, mia, an, zoe, luc
    # What is kept about her, and what she did not finish.
    await els.writes("/verbeter")
    await els.taps("Wijzig mijn thuis")
    for words in ("Centrum", WORDS["person.street"], WORDS["person.bell"]):
        await els.writes(words)
    await els.writes("/mijngegevens")
    await jef.writes("/verbeter")
    await jef.taps("Wijzig mijn nummer")
    await jef.writes(WORDS["person.phone"])
    # A question for her mother, which Jef takes.
    await asks_for_maria(els, name=WORDS["request.for_name"])
    await jef.taps("Ik help")
    await els.writes(f"Kan iemand mijn {WORDS['form.answers']} gras maaien?")
    await els.taps("Maakt niet uit")
    await els.taps("Mijn thuis")
    # What Mia writes for somebody without Telegram.
    await asks_for_who_calls(an)
    await mia.taps("Ik help")
    await mia.taps("Stuur een bericht")
    await mia.writes(WORDS["call.words"])
    await an.writes("/bellen")
    await an.taps("Gebeld")
    # Everybody looks wherever they can.
    for who in everybody:
        for command in ("/start", "/mijnvragen", "/taken", "/open", "/vrijwilligers", "/bellen", "/logboek"):
            await who.writes(command)
        for number in (1, 2):
            for name in ("request", "task", "case", "case_history", "show_place", "applicant"):
                await who.forges(f"1:{name}:{number}")

    chats = await chats_of(town)
    owners = {"call.words": mia, "person.phone": jef}
    for column, word in WORDS.items():
        readers = {els: Reader.SELF, jef: Reader.HELPER, an: Reader.COORDINATORS}
        if owner := owners.get(column):
            readers[owner] = Reader.SELF
        saw = {readers.get(who, who.name) for who in everybody if word in chats[who.id]}
        assert saw == set(SEALED[column].readers), column


async def chats_of(town: Town) -> dict[int, str]:
    """All that was ever written in each chat, also what was changed or taken away since."""
    chats: dict[int, str] = defaultdict(str)
    for call in await town.phones.log():
        if chat_id := call["params"].get("chat_id"):
            chats[int(chat_id)] += json.dumps(call["params"])
    return chats
