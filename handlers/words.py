"""How we name things to people: kinds of help, outcomes, when and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from bot.legible import plain, shortened
from bot.screen import LABEL
from models.asked import Outcome
from models.category import Category
from models.helped import Relation
from models.lifecycle import State

if TYPE_CHECKING:
    from bot.i18n import Translator
    from models.area import Area
    from models.request import Request

# In this order they are offered; the picture comes after the words.
CATEGORIES = {
    Category.GROCERIES: (N_("Groceries"), "🛒"),
    Category.PHARMACY: (N_("Pharmacy"), "💊"),
    Category.TRANSPORT: (N_("Transport"), "🚗"),
    Category.CHORE: (N_("Chore at home"), "🔧"),
    Category.GARDEN: (N_("Garden"), "🌿"),
    Category.COMPANY: (N_("Company, a walk"), "🚶"),
    Category.DIGITAL: (N_("Phone and computer"), "📱"),
    Category.PAPERS: (N_("Papers"), "📄"),
    Category.PETS: (N_("Pet"), "🐕"),
    Category.OTHER: (N_("Something else"), "💬"),
}

# What who asks is to who is helped: on a button, and before their name.
RELATIONS = {
    Relation.DAUGHTER: (N_("Their daughter"), N_("daughter")),
    Relation.SON: (N_("Their son"), N_("son")),
    Relation.PARTNER: (N_("Their partner"), N_("partner in life")),
    Relation.NEIGHBOUR: (N_("A neighbour"), N_("neighbour")),
    Relation.CARER: (N_("Nurse or carer"), N_("carer")),
    Relation.FRIEND: (N_("A friend"), N_("friend")),
    Relation.PARENT: (N_("Mother or father"), N_("mother or father")),
    Relation.OTHER: (N_("Somebody different"), ""),
}

_OUTCOMES = {
    Outcome.DONE: N_("It worked out"),
    Outcome.PARTLY: N_("Partly"),
    Outcome.NOBODY_CAME: N_("Nobody came"),
    Outcome.NOT_NEEDED: N_("Not needed any more"),
    Outcome.CANCELLED: N_("Stopped"),
    Outcome.UNMET: N_("Nobody found"),
    Outcome.UNANSWERED: N_("No answer"),
    Outcome.REFERRED: N_("Passed on"),
}


# Both say the same word at the door: how it is written may differ, not how it sounds. German has capitals besides.
WRITTEN = {
    "nl": {"puzzle": "puzzel"},
    "fr": {"beret": "béret", "karate": "karaté", "metro": "métro"},
    "de": {"cactus": "Kaktus"},
}

MOMENT_COUNTS = N_("Please note: this moment counts, also where the text says something else.")


def with_name(t: Translator, label: str, name: str) -> str:
    """`Thuis bij Godelieve`: the label, where the first name is cut only if a button of its own does not hold it."""
    return t(label, name=shortened(name, LABEL - len(t(label, name=""))))


def category_name(t: Translator, category: Category) -> str:
    """`Boodschappen`."""
    return t(CATEGORIES[category][0])


def category_emoji(category: Category) -> str:
    """A picture for who reads badly; it never stands alone."""
    return CATEGORIES[category][1]


def outcome_name(t: Translator, outcome: Outcome) -> str:
    """`Gelukt`, `Niemand kwam`: also the words on a button."""
    return t(_OUTCOMES[outcome])


def when(t: Translator, request: Request) -> str:
    """`maandag 23 november om 14 uur`: true whenever it is read."""
    return t.moment(request.moment)


def when_for_sure(t: Translator, request: Request) -> str:
    """The same on a card, where it says so if the text above names another moment: people's own words stay theirs."""
    counts = request.words_differ and request.state is not State.ENDED
    return "\n".join([when(t, request), t(MOMENT_COUNTS)]) if counts else when(t, request)


def heard_or_seen(t: Translator, request: Request) -> str:
    """What stands for the words where somebody only spoke, or sent a photo; empty where nothing is kept."""
    if request.media_kind is None:
        return ""
    return t("hear the voice message") if request.media_kind == "voice" else t("see the photo")


def whose_media(t: Translator, request: Request) -> str:
    """Below a voice message or photo, which may come under another bubble: what it belongs to, and nobody's name."""
    facts = {"code": request.code, "kind": category_name(t, request.category)}
    if request.media_kind == "voice":
        return t("This voice message belongs to {code}: {kind}.", **facts)
    return t("This photo belongs to {code}: {kind}.", **facts)


def code_word_of(t: Translator, request: Request) -> str:
    """The code word as it is written in the reader's language; empty where there is none."""
    word = request.code_word or ""
    word = WRITTEN.get(t.language, {}).get(word, word)
    return word.capitalize() if t.language == "de" else word


def for_whom(t: Translator, request: Request) -> str:
    """`Rosa`; where somebody else asks for her, `Rosa, via dochter Els`."""
    name, asker = request.helped_name, request.resident.first_name
    if request.for_name is None:
        return name
    noun = RELATIONS[request.relation or Relation.OTHER][1]
    if not noun:
        return t("{name}, via {asker}", name=name, asker=asker)
    return t("{name}, via {relation} {asker}", name=name, relation=t(noun), asker=asker)


def phone_label(t: Translator, request: Request) -> str:
    """Whose number it is, where that is not clear."""
    return t("Phone of {name}", name=request.for_name) if request.for_name else t("Phone")


def what_and_when(t: Translator, request: Request) -> str:
    """`Boodschappen voor Rosa: maandag 23 november om 14 uur.`; only who asks for somebody else reads for whom."""
    kind = category_name(t, request.category)
    if request.for_name is None:
        return t("{what}: {when}.", what=kind, when=when(t, request))
    return t("{what} for {name}: {when}.", what=kind, name=request.for_name, when=when(t, request))


def where(t: Translator, request: Request) -> str:
    """The address, else that it is a place on the map, and the neighbourhood."""
    return in_area(request.address or t("the place on the map"), request.area)


def in_area(place: str, area: Area) -> str:
    """A place and the neighbourhood, which is said once where somebody typed that only."""
    return place if plain(place) == plain(area.name) else f"{place} ({area.name})"
