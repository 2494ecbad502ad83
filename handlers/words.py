"""How we name things to people: kinds of help, outcomes, when and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_
from models.asked import Outcome
from models.category import Category

if TYPE_CHECKING:
    from bot.i18n import Translator
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

_OUTCOMES = {
    Outcome.DONE: N_("It worked out"),
    Outcome.PARTLY: N_("Partly"),
    Outcome.NOBODY_CAME: N_("Nobody came"),
    Outcome.NOT_NEEDED: N_("Not needed any more"),
    Outcome.CANCELLED: N_("Stopped"),
    Outcome.UNMET: N_("Nobody found"),
    Outcome.REFERRED: N_("Passed on"),
}


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


def heard_or_seen(t: Translator, request: Request) -> str:
    """What stands for the words where somebody only spoke, or sent a photo; empty where nothing is kept."""
    if request.media_kind is None:
        return ""
    return t("see the photo") if request.media_kind == "photo" else t("hear the voice message")


def where(t: Translator, request: Request) -> str:
    """The address, else that it is a place on the map, and the neighbourhood."""
    return f"{request.address or t('the place on the map')} ({request.area.name})"
