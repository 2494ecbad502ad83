"""What Telegram shows of the bot: its commands, name and descriptions, set at start only where they changed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from telegram.error import TelegramError

from bot.i18n import DEFAULT, N_, languages, translator
from bot.log import get_logger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.telegram_api import Client
    from bot.turns import Turns

log = get_logger(__name__)

PREFIX = "profile."  # under names that begin so is remembered what Telegram shows
NAME = "Buren voor mekaar"  # a name is not translated
SHORT = N_("Ask a small thing of a neighbour, or help one.")
DESCRIPTION = N_(
    "Do you need a hand with something small? Or do you like to help?\n\n"
    "Here neighbours help each other: shopping, a lift, a chat, a small job.\n\n"
    "Tap Start. It is free, and you can stop at any time."
)


def calls(turns: Turns) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything that Telegram should show, as calls of the Bot API."""
    for language in ("", *languages()):
        t = translator(language or DEFAULT)
        tag = {"language_code": language} if language else {}
        yield "setMyCommands", {"commands": turns.router.menu(language or DEFAULT), **tag}
        yield "setMyName", {"name": NAME, **tag}
        yield "setMyShortDescription", {"short_description": t(SHORT), **tag}
        yield "setMyDescription", {"description": t(DESCRIPTION), **tag}


def news(turns: Turns, known: Mapping[str, str]) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """What is not shown yet, where `known` is what was remembered: under which name to remember what, and the call."""
    for method, fields in calls(turns):
        name = f"{method}.{fields.get('language_code', '')}"
        wanted = hashlib.sha256(json.dumps([turns.bot_id, fields], sort_keys=True).encode()).hexdigest()
        if known.get(name) != wanted:
            yield f"{PREFIX}{name}", wanted, method, fields


async def bring_up_to_date(client: Client, turns: Turns) -> None:
    """Make the calls whose content is not what was set last; the bot runs without them too."""
    done: dict[str, str] = {}
    for name, wanted, method, fields in news(turns, await turns.run(turns.facts, PREFIX)):
        try:
            await client.call(method, fields)
        except TelegramError as error:
            log.warning("the profile was not set", method=method, error=type(error).__name__)
            break
        done[name] = wanted
    if done:
        await turns.run(turns.remember, done)
