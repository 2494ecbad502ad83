"""The phones in the browser: clicked by label and read as people would, in headless Chromium."""

import json
import re
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Error, FilePayload, Locator, Page, Request, async_playwright, expect

from simulator.actors import Phones
from simulator.server import Simulator

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A Sunday, 9:00 in Brussels.
MORNING = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


class StandingTime:
    """A clock outside that stands still."""

    def now(self) -> datetime:
        return MORNING


class Bot:
    """Calls the Bot API as a bot would."""

    def __init__(self, sim: Simulator, session: aiohttp.ClientSession) -> None:
        self._sim = sim
        self._session = session

    async def __call__(self, method: str, **params: Any) -> Any:
        async with self._session.post(f"{self._sim.base_url}{self._sim.token}/{method}", json=params) as response:
            answer = await response.json()
        assert answer["ok"], answer
        return answer["result"]

    async def says(self, chat_id: int, text: str, *rows: list[dict[str, Any]], **params: Any) -> int:
        """Sends a text, with inline buttons below it; returns its message_id."""
        if rows:
            params["reply_markup"] = {"inline_keyboard": list(rows)}
        return int((await self("sendMessage", chat_id=chat_id, text=text, **params))["message_id"])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tab(browser: Browser) -> AsyncIterator[Page]:
    """One for all: what a page keeps is of its own address, and each simulator has another. Opening one takes long."""
    context = await browser.new_context(reduced_motion="reduce")
    tab = await context.new_page()
    tab.set_default_timeout(10_000)
    yield tab
    await context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator(limits=False, clock=StandingTime(), username="buurt_bot", name="Buurtbot") as simulator:
        yield simulator


@pytest_asyncio.fixture(loop_scope="module")
async def phones(sim: Simulator) -> AsyncIterator[Phones]:
    async with Phones(sim.url) as people:
        await people.person("Anna", id=101, language="nl", label="Bewoner")
        await people.person("Bram", id=102, language="fr", label="Vrijwilliger")
        await people.person("Carine", id=103, language="nl", label="Coördinator")
        yield people


@pytest_asyncio.fixture(loop_scope="module")
async def bot(sim: Simulator) -> AsyncIterator[Bot]:
    async with aiohttp.ClientSession() as session:
        yield Bot(sim, session)


@pytest_asyncio.fixture(loop_scope="module")
async def page(tab: Page, sim: Simulator, phones: Phones) -> AsyncIterator[Page]:
    """The page with three phones; it must neither complain nor ask anything of another server."""
    complaints: list[str] = []
    elsewhere: list[str] = []

    def complain(error: Error) -> None:
        complaints.append(str(error))

    def look(request: Request) -> None:
        if not ours(request.url, sim):
            elsewhere.append(request.url)

    await tab.set_viewport_size({"width": 1280, "height": 800})
    tab.on("pageerror", complain)
    tab.on("request", look)
    await tab.goto(sim.url)
    await expect(phone(tab, "Carine (Coördinator)")).to_be_visible()
    yield tab
    tab.remove_listener("pageerror", complain)
    tab.remove_listener("request", look)
    await tab.goto("about:blank")
    assert not complaints
    assert not elsewhere


def ours(url: str, sim: Simulator) -> bool:
    return url.startswith((f"{sim.url}/", "data:"))


def phone(page: Page, owner: str) -> Locator:
    return page.get_by_role("region", name=f"Telefoon van {owner}", exact=True)


def anna(page: Page) -> Locator:
    return phone(page, "Anna (Bewoner)")


def bram(page: Page) -> Locator:
    return phone(page, "Bram (Vrijwilliger)")


async def messages(phones: Phones, person: int) -> list[dict[str, Any]]:
    """The chat as the simulator has it."""
    found: list[dict[str, Any]] = (await phones.get(f"phones/{person}/chat"))["messages"]
    return found


# --- reading ----------------------------------------------------------------------------------------------------------


async def test_marks_become_elements_and_words_stay_words(page, phones, bot):
    await phones.post("phones/101/start")
    await bot.says(
        101,
        "<b>vet</b> <i>schuin</i> <u>streep</u> <s>weg</s> <code>code</code> <b>half <i>en half</i></b> "
        '<a href="https://example.org/x">hier</a> &lt;img src=x onerror=alert(1)&gt; <pre>twee\nregels</pre>',
        parse_mode="HTML",
    )
    text = anna(page).get_by_role("article").last
    await expect(text.locator("strong").first).to_have_text("vet")
    await expect(text.locator("em").first).to_have_text("schuin")
    await expect(text.locator("u")).to_have_text("streep")
    await expect(text.locator("s")).to_have_text("weg")
    await expect(text.locator("code").first).to_have_text("code")
    await expect(text.locator("strong em")).to_have_text("en half")
    await expect(text.locator("pre")).to_have_text("twee\nregels")
    await expect(text.get_by_role("link", name="hier")).to_have_attribute("href", "https://example.org/x")
    await expect(text).to_contain_text("<img src=x onerror=alert(1)>")
    await expect(text.locator("img")).to_have_count(0)


async def test_offsets_count_as_telegram_counts(page, phones, bot):
    await phones.post("phones/101/start")
    await bot.says(101, "👵🏽🌻 <b>Dag</b> Anna", parse_mode="HTML")
    await expect(anna(page).get_by_role("article").last.locator("strong")).to_have_text("Dag")


async def test_a_spoiler_hides_its_words_until_it_is_opened(page, phones, bot):
    await phones.post("phones/101/start")
    await bot.says(101, "Het codewoord is <tg-spoiler>pimpelmees</tg-spoiler>", parse_mode="HTML")
    await expect(anna(page).get_by_text("Het codewoord is")).to_be_visible()
    await expect(anna(page).get_by_text("pimpelmees")).to_be_hidden()
    await anna(page).get_by_role("button", name="Toon de verborgen tekst").press("Enter")
    await expect(anna(page).get_by_text("pimpelmees")).to_be_visible()


async def test_an_edit_replaces_the_words_and_a_deletion_takes_them_away(page, phones, bot):
    await phones.post("phones/101/start")
    message_id = await bot.says(101, "Wie helpt Anna?")
    await expect(anna(page).get_by_text("Wie helpt Anna?")).to_be_visible()
    await expect(anna(page).get_by_text("bewerkt")).to_have_count(0)
    await bot("editMessageText", chat_id=101, message_id=message_id, text="Er is al iemand gevonden.")
    await expect(anna(page).get_by_text("Er is al iemand gevonden.")).to_be_visible()
    await expect(anna(page).get_by_text("Wie helpt Anna?")).to_have_count(0)
    await expect(anna(page).get_by_text("bewerkt")).to_be_visible()
    await bot("deleteMessage", chat_id=101, message_id=message_id)
    await expect(anna(page).get_by_text("Er is al iemand gevonden.")).to_have_count(0)


async def test_the_newest_message_is_in_view(page, phones, bot):
    await phones.post("phones/101/start")
    for number in range(1, 31):
        await bot.says(101, f"Bericht nummer {number}")
    await expect(anna(page).get_by_text("Bericht nummer 30", exact=True)).to_be_in_viewport(ratio=1)
    await expect(anna(page).get_by_text("Bericht nummer 1", exact=True)).not_to_be_in_viewport()
    order = await anna(page).locator(".text").all_inner_texts()
    assert order[-30:] == [f"Bericht nummer {number}" for number in range(1, 31)]


async def test_whoever_reads_back_is_not_pulled_away(page, phones, bot):
    await phones.post("phones/101/start")
    for number in range(1, 31):
        await bot.says(101, f"Bericht nummer {number}")
    await expect(anna(page).get_by_text("Bericht nummer 30", exact=True)).to_be_in_viewport()
    await anna(page).get_by_text("Bericht nummer 2", exact=True).scroll_into_view_if_needed()
    await bot.says(101, "Het nieuwste")
    await anna(page).get_by_role("button", name="Naar het einde").click()
    await expect(anna(page).get_by_text("Het nieuwste")).to_be_in_viewport()


async def test_the_bot_types_until_it_has_written(page, phones, bot):
    await phones.post("phones/101/start")
    await bot("sendChatAction", chat_id=101, action="typing")
    await expect(anna(page).get_by_text("is aan het typen…")).to_be_visible()
    await expect(bram(page).get_by_text("is aan het typen…")).to_have_count(0)
    await bot.says(101, "Klaar")
    await expect(anna(page).get_by_text("Klaar")).to_be_visible()
    await expect(anna(page).get_by_text("is aan het typen…")).to_have_count(0)


async def test_what_is_unread_is_counted_until_somebody_looks(page, phones, bot):
    await phones.post("phones/101/start")
    await phones.post("phones/102/start")
    await anna(page).get_by_role("textbox", name="Bericht").click()
    for person in (101, 102):
        await bot.says(person, "Een")
        await bot.says(person, "Twee")
    await expect(bram(page).get_by_text("2 ongelezen berichten")).to_be_visible()
    await expect(bram(page).get_by_text("Nouveaux messages")).to_be_visible()
    await expect(anna(page).get_by_text("Twee")).to_be_visible()
    await expect(anna(page).get_by_text("ongelezen")).to_be_hidden()
    await bram(page).get_by_text("Twee").click()
    await expect(bram(page).get_by_text("ongelezen")).to_be_hidden()
    assert [phone["unread"] for phone in await phones.get("phones")] == [0, 0, 0]


# --- starting ---------------------------------------------------------------------------------------------------------


async def test_start_shows_what_the_bot_can_do_and_begins(page, phones, bot):
    await bot("setMyDescription", description="Hulp in de buurt.")
    await bot("setMyDescription", description="De l’aide dans le quartier.", language_code="fr")
    await page.reload()
    await expect(anna(page).get_by_text("Hulp in de buurt.")).to_be_visible()
    await expect(bram(page).get_by_text("De l’aide dans le quartier.")).to_be_visible()
    await expect(anna(page).get_by_role("textbox", name="Bericht")).to_be_hidden()
    await anna(page).get_by_role("button", name="Start").click()
    await expect(anna(page).get_by_text("/start")).to_be_visible()
    await expect(anna(page).get_by_role("textbox", name="Bericht")).to_be_visible()


async def test_a_deep_link_can_be_opened_on_a_phone(page, phones):
    await page.get_by_role("button", name="Open een link").click()
    await page.get_by_label("Op", exact=True).select_option("Telefoon van Bram (Vrijwilliger)")
    await page.get_by_label("Link", exact=True).fill("https://t.me/andere_bot?start=x")
    await page.get_by_role("button", name="Open", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("Er is hier geen bot met de naam andere_bot.")
    await page.get_by_label("Link", exact=True).fill("t.me/Buurt_Bot?start=wijk-oost")
    await page.get_by_role("button", name="Open", exact=True).click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(bram(page).get_by_text("/start wijk-oost")).to_be_visible()


async def test_deep_links_in_a_chat_start_the_bot_on_that_phone(page, phones, bot):
    await phones.post("phones/101/start")
    await bot.says(
        101,
        'Kies: t.me/buurt_bot?start=een of <a href="tg://resolve?domain=buurt_bot&amp;start=twee">die</a>',
        [{"text": "Deze", "url": "https://t.me/buurt_bot?start=drie"}],
        parse_mode="HTML",
    )
    for link, payload in (("t.me/buurt_bot?start=een", "een"), ("die", "twee"), ("Deze", "drie")):
        await anna(page).get_by_role("link", name=link, exact=True).click()
        await expect(anna(page).get_by_text(f"/start {payload}", exact=True)).to_be_visible()
    assert len(page.context.pages) == 1


async def test_blocking_leaves_one_button_that_undoes_it(page, phones):
    await phones.post("phones/101/start")
    await anna(page).get_by_role("button", name="Meer", exact=True).click()
    await anna(page).get_by_role("button", name="Blokkeer de bot").click()
    await expect(anna(page).get_by_text("geblokkeerd")).to_be_visible()
    await expect(anna(page).get_by_role("textbox", name="Bericht")).to_be_hidden()
    await anna(page).get_by_role("button", name="Deblokkeer", exact=True).click()
    await expect(anna(page).get_by_role("textbox", name="Bericht")).to_be_visible()


# --- writing and tapping ----------------------------------------------------------------------------------------------


async def test_words_are_sent_by_button_and_by_key(page, phones):
    await phones.post("phones/101/start")
    box = anna(page).get_by_role("textbox", name="Bericht")
    await box.fill("Met de knop")
    await anna(page).get_by_role("button", name="Verstuur", exact=True).click()
    await expect(anna(page).get_by_text("Met de knop")).to_be_visible()
    await box.fill("Eén")
    await box.press("Shift+Enter")
    await box.press_sequentially("twee")
    await box.press("Enter")
    await expect(anna(page).get_by_text("Eén twee")).to_be_visible()
    await expect(box).to_have_value("")
    assert [message["text"] for message in await messages(phones, 101)] == ["/start", "Met de knop", "Eén\ntwee"]


async def test_own_words_can_be_changed_and_messages_answered(page, phones, bot):
    await phones.post("phones/101/start")
    await bot.says(101, "Wanneer?")
    await phones.post("phones/101/send", {"text": "Morgn"})
    mine = anna(page).get_by_role("article").filter(has_text="Morgn")
    await mine.get_by_role("button", name="Opties").click()
    await mine.get_by_role("button", name="Wijzig").click()
    box = anna(page).get_by_role("textbox", name="Bericht")
    await expect(box).to_have_value("Morgn")
    await box.fill("Morgen")
    await box.press("Enter")
    await expect(anna(page).get_by_text("Morgen", exact=True)).to_be_visible()
    question = anna(page).get_by_role("article").filter(has_text="Wanneer?")
    await question.get_by_role("button", name="Opties").click()
    await question.get_by_role("button", name="Antwoord").click()
    await box.fill("Om tien uur")
    await box.press("Enter")
    await expect(anna(page).get_by_role("article").last.get_by_role("blockquote")).to_have_text("Wanneer?")
    sent = await messages(phones, 101)
    assert sent[2]["text"] == "Morgen"
    assert sent[3]["reply_to_message"]["text"] == "Wanneer?"


async def test_commands_are_sent_from_the_menu_and_from_words(page, phones, bot):
    await phones.post("phones/101/start")
    await bot("setMyCommands", commands=[{"command": "vraag", "description": "Vraag hulp"}])
    await bot.says(101, "Lees /privacy")
    await anna(page).get_by_role("button", name="Menu").click()
    await anna(page).get_by_role("button", name="/vraag Vraag hulp").click()
    await expect(anna(page).get_by_role("article").last).to_contain_text("/vraag")
    await anna(page).get_by_role("button", name="/privacy").click()
    await expect(anna(page).get_by_role("article").last).to_contain_text("/privacy")
    assert [message["text"] for message in await messages(phones, 101) if message["outgoing"]][1:] == [
        "/vraag",
        "/privacy",
    ]


async def test_an_inline_button_is_busy_until_the_bot_answers(page, phones, bot):
    await phones.post("phones/101/start")
    await bot.says(101, "Helpen?", [{"text": "Ja", "callback_data": "ja"}, {"text": "Nee", "callback_data": "nee"}])
    yes = anna(page).get_by_role("button", name="Ja")
    await yes.click()
    await expect(yes).to_have_attribute("aria-busy", "true")
    await expect(anna(page).get_by_role("button", name="Nee")).not_to_have_attribute("aria-busy", "true")
    updates = await bot("getUpdates", timeout=5, allowed_updates=["callback_query"])
    query = updates[-1]["callback_query"]
    assert query["data"] == "ja"
    await bot("answerCallbackQuery", callback_query_id=query["id"], text="Dank je wel")
    await expect(anna(page).get_by_text("Dank je wel")).to_be_visible()
    await expect(yes).not_to_have_attribute("aria-busy", "true")


async def test_an_alert_waits_until_it_is_read(page, phones, bot):
    await phones.post("phones/101/start")
    await bot.says(101, "Helpen?", [{"text": "Ja", "callback_data": "ja"}])
    *_, newest = await bot("getUpdates")
    await anna(page).get_by_role("button", name="Ja").click()
    (tapped,) = await bot("getUpdates", timeout=5, offset=newest["update_id"] + 1)
    query_id = tapped["callback_query"]["id"]
    await bot("answerCallbackQuery", callback_query_id=query_id, text="Te laat", show_alert=True)
    alert = anna(page).get_by_role("alertdialog")
    await expect(alert).to_contain_text("Te laat")
    await expect(alert.get_by_role("button", name="OK")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(alert).to_have_count(0)
    await expect(anna(page).get_by_role("button", name="Ja")).to_be_focused()


async def test_the_focus_stays_with_a_button_whose_message_changes(page, phones, bot):
    await phones.post("phones/101/start")
    rows = {"inline_keyboard": [[{"text": "Verder", "callback_data": "a"}]]}
    message_id = await bot.says(101, "Bladzijde 1", *rows["inline_keyboard"])
    await anna(page).get_by_role("button", name="Verder").press("Enter")
    await bot("editMessageText", chat_id=101, message_id=message_id, text="Bladzijde 2", reply_markup=rows)
    await expect(anna(page).get_by_text("Bladzijde 2")).to_be_visible()
    await expect(anna(page).get_by_role("button", name="Verder")).to_be_focused()


async def test_the_bots_keys_write_and_share(page, phones, bot):
    await phones.post("phones/101/start")
    keyboard = [
        ["Terug"],
        [{"text": "Stuur locatie", "request_location": True}, {"text": "Deel nummer", "request_contact": True}],
    ]
    await bot.says(
        101, "Waar ben je?", reply_markup={"keyboard": keyboard, "input_field_placeholder": "Straat en nummer"}
    )
    await anna(page).get_by_role("button", name="Terug").click()
    await expect(anna(page).get_by_role("article").last).to_contain_text("Terug")
    await anna(page).get_by_role("button", name="Stuur locatie").click()
    await anna(page).get_by_label("Breedtegraad").fill("50.79")
    await anna(page).get_by_role("button", name="Versturen").click()
    await expect(anna(page).get_by_text("50.7900, 4.8895")).to_be_visible()
    await anna(page).get_by_role("button", name="Deel nummer").click()
    await anna(page).get_by_label("Telefoonnummer").fill("+32470123456")
    await anna(page).get_by_role("button", name="Versturen").click()
    await expect(anna(page).get_by_text("+32470123456")).to_be_visible()
    location, contact = (await messages(phones, 101))[-2:]
    assert location["location"]["latitude"] == 50.79
    assert contact["contact"]["user_id"] == 101
    await bot.says(101, "Dank je.", reply_markup={"remove_keyboard": True})
    await expect(anna(page).get_by_role("button", name="Terug")).to_have_count(0)


@pytest.mark.parametrize(
    ("kind", "fields", "shown"),
    [
        ("Foto", {"Bijschrift": "De lamp"}, "De lamp"),
        ("Spraakbericht", {"Aantal seconden": "75"}, "Spraakbericht, 1:15"),
        ("Locatie", {}, "50.7757, 4.8895"),
        ("Contact", {"Naam": "Dokter Peeters"}, "Dokter Peeters"),
        ("Sticker", {}, "👍"),
        ("Document", {"Naam": "attest.pdf"}, "attest.pdf"),
        ("Peiling", {"Vraag": "Past zaterdag?"}, "Past zaterdag?"),
        ("Dobbelsteen", None, "🎲"),
    ],
)
async def test_other_things_than_words_can_be_sent(page, phones, kind, fields, shown):
    await phones.post("phones/101/start")
    await anna(page).get_by_role("button", name="Bijlage").click()
    await anna(page).get_by_role("button", name=kind, exact=True).click()
    if fields is not None:
        for label, value in fields.items():
            await anna(page).get_by_label(label, exact=True).fill(value)
        await anna(page).get_by_role("button", name="Versturen").click()
    await expect(anna(page).get_by_role("article").last).to_contain_text(shown)
    assert len(await messages(phones, 101)) == 2


async def test_a_picture_somebody_chose_is_the_one_that_is_shown(page, phones):
    await phones.post("phones/101/start")
    picture = await page.screenshot(clip={"x": 0, "y": 0, "width": 40, "height": 30})
    await anna(page).get_by_role("button", name="Bijlage").click()
    await anna(page).get_by_role("button", name="Foto", exact=True).click()
    file: FilePayload = {"name": "a.png", "mimeType": "image/png", "buffer": picture}
    await anna(page).get_by_label("Bestand").set_input_files(file)
    await anna(page).get_by_role("button", name="Versturen").click()
    await expect(anna(page).get_by_role("img", name="Foto")).to_have_js_property("naturalWidth", 40)


# --- the page ---------------------------------------------------------------------------------------------------------


async def test_the_language_of_the_app_is_told_to_the_simulator(page, phones, bot):
    await bot("setMyCommands", commands=[{"command": "aide", "description": "Aide"}], language_code="fr")
    await phones.post("phones/101/start")
    await anna(page).get_by_label("Taal van de app").select_option("Français")
    await expect(anna(page).get_by_label("Langue de l'application")).to_be_visible()
    await anna(page).get_by_role("button", name="Menu").click()
    await expect(anna(page).get_by_role("button", name="/aide Aide")).to_be_visible()
    assert (await phones.get("phones"))[0]["language_code"] == "fr"


async def test_a_phone_speaks_the_language_of_its_app_and_leaves_what_was_written_as_it_is(page, phones, bot):
    await phones.post("phones/101/start")
    await bot.says(101, "Antwoord", reply_markup={"inline_keyboard": [[{"text": "Versturen", "callback_data": "x"}]]})
    here = anna(page)
    await expect(here.get_by_role("button", name="Versturen")).to_be_visible()
    for language, attach, day in (
        ("Français", "Pièce jointe", "dimanche 22 novembre"),
        ("Deutsch", "Anhang", "Sonntag, 22. November"),
        ("English", "Attachment", "Sunday 22 November"),
        ("Nederlands", "Bijlage", "zondag 22 november"),
    ):
        await here.locator("select").first.select_option(language)
        await expect(here.get_by_role("button", name=attach)).to_be_visible()
        await expect(here.get_by_text(day)).to_be_visible()
        await expect(here.get_by_role("button", name="Versturen")).to_be_visible()
        await expect(here.locator(".text", has_text="Antwoord")).to_be_visible()
    await here.locator("select").first.select_option("Français")
    await here.get_by_role("button", name="Pièce jointe").click()
    await here.get_by_role("button", name="Photo", exact=True).click()
    await expect(here.get_by_role("heading", name="Envoyer une photo")).to_be_visible()
    await expect(here.get_by_label("Légende")).to_be_visible()
    await here.get_by_role("button", name="Annuler").click()
    await here.get_by_role("button", name="Pièce jointe").click()
    await here.get_by_role("button", name="Position", exact=True).click()
    spans = ["Non, seulement maintenant", "15 minutes", "1 heure", "8 heures"]
    await expect(here.get_by_label("Partager en direct").locator("option")).to_have_text(spans)
    await here.get_by_role("button", name="Annuler").click()


DUTCH = re.compile(
    r"\b(telefoons?|open een|vanavond|volgende avond|morgen|uur|voeg|voornaam|annuleren|zondag|klok|taal)\b",
    re.IGNORECASE,
)


async def around_the_phones(page: Page) -> str:
    """All that the page says beside the phones: words, names and tooltips."""
    return await page.evaluate(
        """() => {
            const around = [...document.body.querySelectorAll("*")].filter((each) => !each.closest(".phone, option"));
            const nodes = around.flatMap((each) => [...each.childNodes]);
            const texts = nodes.filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data);
            const named = ["aria-label", "title", "placeholder"];
            const names = around.flatMap((each) => named.map((name) => each.getAttribute(name)));
            return [...texts, ...names, document.title].join("\\n");
        }"""
    )


async def test_the_page_around_the_phones_speaks_the_language_that_was_chosen(page, phones, bot):
    assert DUTCH.search(await around_the_phones(page))
    for language, evening, add, link, day in (
        ("Français", "Ce soir", "Ajouter un téléphone", "Ouvrir un lien", "dimanche 22 novembre 2026"),
        ("Deutsch", "Heute Abend", "Telefon dazu", "Link öffnen", "Sonntag, 22. November 2026"),
        ("English", "This evening", "Add a phone", "Open a link", "Sunday 22 November 2026"),
    ):
        await page.locator("#language").select_option(language)
        await expect(page.get_by_role("button", name=evening)).to_be_visible()
        await expect(page.get_by_text(day, exact=True)).to_be_visible()
        await page.get_by_role("button", name=link).click()
        await page.locator("dialog .quiet").click()
        await page.get_by_role("button", name=add).click()
        words = await around_the_phones(page)
        found = DUTCH.findall(words)
        assert found == (["Morgen"] if language == "Deutsch" else []), words
        await page.locator("dialog .quiet").click()
    await page.reload()
    await expect(page.get_by_role("button", name="Add a phone")).to_be_visible()
    await page.locator("#language").select_option("Nederlands")
    await expect(page.get_by_role("button", name="Telefoon erbij")).to_be_visible()


async def test_above_a_phone_its_role_stands_in_the_language_of_the_page(page, phones):
    labels = {"fr": "Habitant", "de": "Bewohner"}
    await phones.post("phones", {"id": 104, "first_name": "Omar", "label": "Bewoner", "labels": labels})
    await expect(phone(page, "Omar (Bewoner)")).to_be_visible()
    for language, named, label in (
        ("Français", "Téléphone : Omar (Habitant)", "Habitant"),
        ("English", "Phone of Omar (Bewoner)", "Bewoner"),
        ("Deutsch", "Telefon von Omar (Bewohner)", "Bewohner"),
        ("Nederlands", "Telefoon van Omar (Bewoner)", "Bewoner"),
    ):
        await page.locator("#language").select_option(language)
        region = page.get_by_role("region", name=named, exact=True)
        await expect(region.locator(".owner .label")).to_have_text(label)


async def test_the_buttons_of_the_app_are_called_as_in_that_language(page, phones, bot):
    bram = phone(page, "Bram (Vrijwilliger)")
    await expect(bram.get_by_role("button", name="Démarrer", exact=True)).to_be_visible()
    await bot("setMyCommands", commands=[{"command": "hilfe", "description": "Hilfe"}])
    await phones.post("phones/102/start")
    await expect(bram.get_by_role("button", name="Menu", exact=True)).to_be_visible()
    await bram.locator("select").first.select_option("Deutsch")
    await expect(bram.get_by_role("button", name="Menü", exact=True)).to_be_visible()


async def test_a_label_breaks_between_its_words_and_never_inside(page, phones, bot):
    await page.set_viewport_size({"width": 320, "height": 640})
    await phones.post("phones/101/start")
    labels = "Boodschappen 🛒", "Gezelschapsspelletjes, wandelen"
    await bot.says(101, "Waarvoor?", [{"text": each, "callback_data": each} for each in labels])
    for label in labels:
        key = anna(page).locator(".key", has_text=label)
        await expect(key).to_be_visible()
        lines = await key.evaluate(
            """(key) => {
                const walk = document.createTreeWalker(key, NodeFilter.SHOW_TEXT);
                const node = walk.nextNode(), range = document.createRange();
                return [...node.data.matchAll(/\\p{L}+/gu)].map((word) => {
                    range.setStart(node, word.index);
                    range.setEnd(node, word.index + word[0].length);
                    return range.getClientRects().length;
                });
            }"""
        )
        assert lines
        assert set(lines) == {1}, label


async def test_a_phone_can_be_added(page, phones):
    await page.get_by_role("button", name="Telefoon erbij").click()
    await page.get_by_label("Voornaam").fill("Dirk")
    await page.get_by_label("Taal van de app").last.select_option("Deutsch")
    await page.get_by_role("button", name="Voeg toe").click()
    await expect(phone(page, "Dirk")).to_be_in_viewport()
    await expect(phone(page, "Dirk").get_by_label("Sprache der App")).to_have_value("de")
    # Four do not fit beside each other, so there is a row of names to choose from.
    await page.get_by_role("navigation").get_by_role("button", name="Anna").click()
    await expect(anna(page)).to_be_in_viewport(ratio=1)


async def test_a_phone_that_somebody_else_adds_appears(page, phones):
    await phones.person("Els", id=104)
    await expect(phone(page, "Els")).to_be_visible()


@pytest.mark.parametrize(
    ("button", "hour", "day"),
    [
        ("+15 min", "09:15", "zondag 22 november 2026"),
        ("+1 uur", "10:00", "zondag 22 november 2026"),
        ("Vanavond", "18:00", "zondag 22 november 2026"),
        ("Morgen", "08:00", "maandag 23 november 2026"),
    ],
)
async def test_the_clock_jumps(page, phones, button, hour, day):
    clock = page.get_by_role("group", name="Klok")
    await expect(clock).to_contain_text("09:00")
    await clock.get_by_role("button", name=button).click()
    await expect(clock).to_contain_text(hour)
    await expect(clock).to_contain_text(day)


async def test_after_six_the_button_says_that_it_is_the_next_evening(page, phones):
    clock = page.get_by_role("group", name="Klok")
    await expect(clock.get_by_role("button", name="Vanavond")).to_be_visible()
    await phones.jump(hours=9)
    await expect(clock).to_contain_text("18:00")
    await expect(clock.get_by_role("button", name="Vanavond")).to_have_count(0)
    await clock.get_by_role("button", name="Volgende avond").click()
    await expect(clock).to_contain_text("maandag 23 november 2026")
    await expect(clock).to_contain_text("18:00")


async def test_eight_in_the_morning_stays_eight_when_the_clocks_change(page, phones):
    await phones.jump(to=datetime(2027, 3, 27, 20, 0, tzinfo=UTC))
    clock = page.get_by_role("group", name="Klok")
    await expect(clock).to_contain_text("zaterdag 27 maart 2027")
    await clock.get_by_role("button", name="Morgen").click()
    await expect(clock).to_contain_text("zondag 28 maart 2027")
    await expect(clock).to_contain_text("08:00")


async def test_a_jump_that_somebody_leads_is_shown_while_it_lasts(page, phones):
    await phones.get("clock", follow="a bot")
    clock = page.get_by_role("group", name="Klok")
    await clock.get_by_role("button", name="Vanavond").click()
    await expect(clock.get_by_text("Onderweg naar zo 22 nov, 18:00")).to_be_visible()
    await expect(clock.get_by_role("button", name="+1 uur")).to_be_hidden()
    await phones.post("clock/step", {"now": "2026-11-22T11:30:00+00:00"})
    await expect(clock).to_contain_text("12:30")
    await expect(clock.get_by_role("progressbar")).to_have_js_property("value", 3.5 / 9)
    await phones.post("clock/step", {"now": "2026-11-22T17:00:00+00:00"})
    await expect(clock.get_by_role("button", name="+1 uur")).to_be_visible()
    await expect(clock).to_contain_text("18:00")


async def test_a_restart_of_the_simulator_is_survived(browser, tmp_path):
    arguments: dict[str, Any] = {"data": tmp_path, "limits": False, "clock": StandingTime()}
    page = await browser.new_page()
    async with Simulator(**arguments) as first, Phones(first.url) as phones:
        await phones.person("Anna", id=101, label="Bewoner")
        await page.goto(first.url)
        await anna(page).get_by_role("button", name="Start").click()
        await expect(anna(page).get_by_text("/start")).to_be_visible()
        port = first.port
    await expect(page.get_by_text("De verbinding met de simulator is weg.")).to_be_visible()
    await anna(page).get_by_role("textbox", name="Bericht").fill("Nog daar?")
    await anna(page).get_by_role("textbox", name="Bericht").press("Enter")
    await expect(anna(page).get_by_text("De simulator antwoordt niet.")).to_be_visible()
    await expect(anna(page).get_by_role("textbox", name="Bericht")).to_have_value("Nog daar?")
    async with Simulator(**arguments, port=port) as again, Phones(again.url) as phones:
        await expect(page.get_by_text("De verbinding met de simulator is weg.")).to_be_hidden(timeout=10_000)
        await phones.post("phones/101/send", {"text": "Terug"})
        await expect(anna(page).get_by_text("Terug")).to_be_visible()
        await page.close()


async def test_three_phones_fit_beside_each_other(page, phones, bot):
    for person in (101, 102, 103):
        await phones.post(f"phones/{person}/start")
        for number in range(20):
            await bot.says(person, f"Regel {number}", [{"text": "Een heel lange knop " * 4, "callback_data": "x"}])
    send = {"Anna (Bewoner)": "Verstuur", "Bram (Vrijwilliger)": "Envoyer", "Carine (Coördinator)": "Verstuur"}
    for owner, label in send.items():
        await expect(phone(page, owner)).to_be_in_viewport(ratio=1)
        await expect(phone(page, owner).get_by_role("button", name=label, exact=True)).to_be_in_viewport(ratio=1)
    await expect(page.get_by_role("navigation")).to_be_hidden()
    assert await overflow(page) == [0, 0]


async def test_on_a_real_phone_one_fills_the_screen(page, phones, bot):
    await page.set_viewport_size({"width": 390, "height": 844})
    await phones.post("phones/102/start")
    await bot.says(102, "Dag Bram")
    await expect(anna(page)).to_be_visible()
    await expect(bram(page)).to_be_hidden()
    await page.get_by_role("navigation").get_by_role("button", name="Bram 1 ongelezen").click()
    await expect(anna(page)).to_be_hidden()
    await expect(bram(page).get_by_text("Dag Bram")).to_be_in_viewport(ratio=1)
    await expect(page.get_by_role("navigation").get_by_role("button", name="Bram", exact=True)).to_be_visible()
    box = await bram(page).bounding_box()
    assert box is not None
    assert box["width"] == 390
    assert box["y"] + box["height"] == 844
    assert await overflow(page) == [0, 0]


async def overflow(page: Page) -> list[int]:
    """By how many pixels the page itself is wider and higher than the window."""
    found: list[int] = await page.evaluate(
        "(({scrollWidth: w, scrollHeight: h}) => [w - innerWidth, h - innerHeight])(document.documentElement)"
    )
    return found


async def test_every_control_has_a_name_and_every_message_a_speaker(page, phones, bot):
    await bot("setMyCommands", commands=[{"command": "vraag", "description": "Vraag hulp"}])
    await phones.post("phones/101/start")
    bodies: list[dict[str, Any]] = [
        {"photo": {}},
        {"voice": {}},
        {"document": {"file_name": "a.pdf"}},
        {"location": {"latitude": 1, "longitude": 1}},
    ]
    for body in bodies:
        await phones.post("phones/101/send", body)
    await bot.says(
        101, "Kies <tg-spoiler>iets</tg-spoiler>", [{"text": "Ja", "callback_data": "ja"}], parse_mode="HTML"
    )
    await expect(anna(page).get_by_role("article").last).to_contain_text("Buurtbot: Kies")
    await expect(anna(page).get_by_role("article").first).to_contain_text("Anna: /start")
    await expect(anna(page).get_by_role("log")).to_have_attribute("aria-live", "polite")
    session = await page.context.new_cdp_session(page)
    tree = await session.send("Accessibility.getFullAXTree")
    controls = {
        "button",
        "link",
        "textbox",
        "combobox",
        "checkbox",
        "image",
        "img",
        "dialog",
        "region",
        "log",
        "navigation",
    }
    nodes = [node for node in tree["nodes"] if not node["ignored"] and node["role"]["value"] in controls]
    assert {"button", "textbox", "combobox", "log"} <= {node["role"]["value"] for node in nodes}
    nameless = [node for node in nodes if not node.get("name", {}).get("value", "").strip()]
    assert not nameless, json.dumps(nameless, indent=1)


async def hindrances(page: Page) -> list[str]:
    """What axe-core finds on the page as it stands, one line for each place."""
    found = await Axe().run(page)
    assert found.response["testEngine"]["name"] == "axe-core"
    return [
        f"{rule['id']}: {node['target']} {node['html'][:200]} {node['failureSummary']}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


async def full_chat(phones: Phones, bot: Bot) -> None:
    """One of each kind of message, and all kinds of buttons."""
    await bot("setMyCommands", commands=[{"command": "vraag", "description": "Vraag hulp"}])
    await phones.post("phones/101/start")
    bodies: list[dict[str, Any]] = [
        {"photo": {"caption": "De kraan"}},
        {"voice": {}},
        {"video": {}},
        {"document": {"file_name": "a.pdf"}},
        {"location": {"latitude": 1, "longitude": 1}},
        {"contact": {"phone_number": "+32470000000", "first_name": "Anna"}},
        {"sticker": {"emoji": "🙂"}},
        {"dice": {}},
        {"poll": {"question": "Wat?", "options": ["dit", "dat"]}},
        {"text": "Doorgestuurd", "forward": True},
        {"text": "Zie /privacy en https://example.org", "reply_to": 1},
    ]
    for body in bodies:
        await phones.post("phones/101/send", body)
    marked = "<b>Kies</b> <tg-spoiler>iets</tg-spoiler>\n<blockquote>Een <i>woord</i></blockquote><code>x</code>"
    keys = [{"text": "Ja", "callback_data": "ja"}, {"text": "Lees meer", "url": "https://example.org"}]
    await bot.says(101, marked, keys, parse_mode="HTML")


@pytest.mark.parametrize("width", [1280, 390])
async def test_axe_finds_nothing_that_hinders_anybody(page, phones, bot, width):
    await page.set_viewport_size({"width": width, "height": 844})
    await expect(anna(page).get_by_role("button", name="Start", exact=True)).to_be_visible()
    assert not await hindrances(page), "before anybody started"
    await full_chat(phones, bot)
    await expect(anna(page).get_by_role("article").last).to_contain_text("Kies")
    assert not await hindrances(page), "a chat with everything in it"
    await anna(page).get_by_role("button", name="Menu").click()
    assert not await hindrances(page), "the menu of commands"
    await page.keyboard.press("Escape")
    await anna(page).get_by_role("article").filter(has_text="Zie /privacy").get_by_role("button", name="Opties").click()
    assert not await hindrances(page), "what can be done with a message"
    await page.keyboard.press("Escape")
    keyboard = {"keyboard": [[{"text": "Deel je plaats", "request_location": True}], [{"text": "Stoppen"}]]}
    await bot("sendMessage", chat_id=101, text="Waar?", reply_markup=keyboard)
    await expect(anna(page).get_by_role("button", name="Deel je plaats")).to_be_visible()
    assert not await hindrances(page), "the keyboard of the bot"
    await page.get_by_role("button", name="Telefoon erbij").click()
    assert not await hindrances(page), "a form to add a phone"
    await page.keyboard.press("Escape")
    await phones.post("phones/101/block")
    await expect(anna(page).get_by_role("textbox", name="Bericht")).to_be_hidden()
    assert not await hindrances(page), "the bot is blocked"


async def test_axe_finds_nothing_in_an_alert(page, phones, bot):
    await phones.post("phones/101/start")
    await bot.says(101, "Helpen?", [{"text": "Ja", "callback_data": "ja"}])
    *_, newest = await bot("getUpdates")
    await anna(page).get_by_role("button", name="Ja").click()
    (tapped,) = await bot("getUpdates", timeout=5, offset=newest["update_id"] + 1)
    query_id = tapped["callback_query"]["id"]
    assert not await hindrances(page), "a button is busy"
    await bot("answerCallbackQuery", callback_query_id=query_id, text="Te laat", show_alert=True)
    await expect(anna(page).get_by_role("alertdialog")).to_contain_text("Te laat")
    assert not await hindrances(page), "an alert"


async def test_axe_would_find_a_picture_without_words(page):
    await page.evaluate("document.body.append(document.createElement('img'))")
    assert any(line.startswith("image-alt") for line in await hindrances(page))
