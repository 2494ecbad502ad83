"""docs/privacy says who sees what: of that for which `tests/doors/table.txt` has no letter, it is played here."""

import json

from models.stored import SEALED, Reader
from tests.doors.test_doors import TELL_OF
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
    "form.history": "halfgeschreven",
    "form.below": "halfgeschreven",
}
NOT_ON_A_SCREEN = {"telegram_id", "telegram_key", "secret", "chat_id", "chat_key", "body", "keys", "raw"}


def test_each_sealed_column_is_looked_at() -> None:
    elsewhere = {each for each in SEALED if each.partition(".")[2] in NOT_ON_A_SCREEN}
    assert set(SEALED) == {*WORDS, *TELL_OF, "person.phone", *elsewhere}
    assert {each for each in elsewhere if SEALED[each].readers} == {"letter.body"}, "see test_command_line.py"


async def test_who_reads_it_is_who_the_page_says(town: Town) -> None:
    els, jef, mia = await town.resident("Els", home=False), await town.volunteer("Jef"), await town.volunteer("Mia")
    an, zoe, luc = await town.coordinator("An"), await town.resident("Zoë"), await town.volunteer("Luc")
    everybody = els, jef, mia, an, zoe, luc
    # What is kept about her, and what she did not finish.
    await els.writes("/verbeter")
    await els.taps("Wijzig mijn thuis")
    for words in ("Centrum", WORDS["person.street"], WORDS["person.bell"]):
        await els.writes(words)
    await els.writes("/mijngegevens")
    # A question for her mother, which Jef takes.
    await els.writes("Kan iemand boodschappen doen voor mijn moeder?")
    await els.writes(WORDS["request.for_name"])
    for label in ("Dochter", "Ja, dat is goed", "Met mij, in deze chat", "Morgen", "Namiddag 14–18"):
        await els.taps(label)
    await els.taps(f"Thuis bij {WORDS['request.for_name']}")
    await els.taps("Centrum")
    await els.writes("Kapelstraat 7")
    await els.writes("Maes")
    await els.taps("De eerste is goed")
    await jef.taps("Ik help")
    await els.writes("/vraag")
    await els.taps("Tuin 🌿")
    await els.writes(WORDS["form.answers"])
    await els.taps("Terug")
    await els.writes(WORDS["form.answers"])
    for label in ("Maakt niet uit", "Mijn thuis"):
        await els.taps(label)
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
            for name in ("request", "task", "case", "case_history", "show_place", "offer"):
                await who.forges(f"1:{name}:{number}")

    sent = [(str(each["params"].get("chat_id")), json.dumps(each["params"])) for each in await town.phones.log()]
    for column, word in WORDS.items():
        readers = {els: Reader.SELF, jef: Reader.HELPER, an: Reader.COORDINATORS}
        if column == "call.words":
            readers[mia] = Reader.SELF
        saw = {who for who in everybody if any(str(who.id) == chat and word in said for chat, said in sent)}
        assert {readers.get(who, who.name) for who in saw} == set(SEALED[column].readers), column
