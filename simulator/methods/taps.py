"""Answering taps on inline buttons."""

from simulator.entities import units
from simulator.errors import bad_request
from simulator.fields import BOOLEAN, INTEGER, STRING, WHOLE, Field, required, silent
from simulator.methods.base import Call, method
from simulator.world import LIFETIME

FIELDS = {
    "callback_query_id": required(STRING),
    "text": Field(STRING),
    "show_alert": Field(BOOLEAN),
    "url": Field(STRING),
    "cache_time": silent(INTEGER),
}


@method("answerCallbackQuery", FIELDS, note="url: only deep links to the bot itself.")
def answer_callback_query(call: Call) -> bool:
    raw = call.args["callback_query_id"]
    callback = call.world.callbacks.get(int(raw)) if WHOLE.fullmatch(raw) else None
    old = callback and call.world.clock.unix() - callback.at > LIFETIME["callback_query"]
    if callback is None or callback.answered or old:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = call.get("text", "")
    if units(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    url = call.get("url")
    if url and not url.lower().startswith(
        (f"t.me/{call.world.bot.username}?", f"https://t.me/{call.world.bot.username}?")
    ):
        raise bad_request("URL_INVALID")
    callback.answered = True
    callback.text, callback.show_alert, callback.url = text or None, call.get("show_alert", False), url
    call.world.save_callback(callback)
    call.world.events.say(
        "callback", callback.person, callback_id=str(callback.id), text=callback.text, show_alert=callback.show_alert
    )
    return True
