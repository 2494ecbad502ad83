"""Who the bot is, and how updates reach it. `getUpdates` itself waits, and so stands in simulator.polling."""

import re

from simulator.chats import Json
from simulator.errors import bad_request
from simulator.fields import BOOLEAN, INTEGER, STRING, Field, array
from simulator.methods.base import Call, method

KINDS = {
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection", "business_message",
    "edited_business_message", "deleted_business_messages", "message_reaction", "message_reaction_count",
    "inline_query", "chosen_inline_result", "callback_query", "shipping_query", "pre_checkout_query",
    "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "chat_boost",
    "removed_chat_boost", "managed_bot", "guest_message",
}  # fmt: skip
ALLOWED = {"allowed_updates": Field(array(STRING))}
POLLING = {"offset": Field(INTEGER), "limit": Field(INTEGER), "timeout": Field(INTEGER)} | ALLOWED
LOCAL = re.compile(r"http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:/\S*)?")


def allow(call: Call) -> None:
    """Remember which kinds the bot wants; those it does not know are left out, as Telegram does."""
    wanted = call.get("allowed_updates")
    if wanted is None:
        return
    kept = [kind for kind in wanted if kind in KINDS] or None
    if kept != call.world.bot.allowed_updates:
        call.world.bot.allowed_updates = kept
        call.world.save_bot()


@method("getMe")
def get_me(call: Call) -> Json:
    return call.world.bot.user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("getUpdates", POLLING, note="A second poller ends the first with 409.")
def get_updates(call: Call) -> list[Json]:
    """What waits, after forgetting what is acknowledged; the server calls this again when something arrives."""
    world, offset = call.world, call.get("offset", 0)
    world.expire_updates()
    allow(call)
    if 0 < offset <= world.counters["update"] + 10:
        done = [update for update_id, update in world.updates.items() if update_id < offset]
    elif offset < 0:
        done = list(world.updates.values())[:offset]
    else:
        done = []
    if done:
        world.forgotten = done
        world.forget_updates([update.update_id for update in done])
    limit = call.get("limit", 100)
    limit = limit if 1 <= limit <= 100 else 100
    return [{"update_id": u.update_id, **u.body} for u in list(world.updates.values())[:limit]]


WEBHOOK = ALLOWED | {
    "url": Field(STRING),
    "max_connections": Field(INTEGER),
    "secret_token": Field(STRING),
    "drop_pending_updates": Field(BOOLEAN),
}


def drop_pending(call: Call) -> None:
    """Forget everything that waits."""
    if call.get("drop_pending_updates"):
        call.world.forget_updates(list(call.world.updates))


@method("setWebhook", WEBHOOK, note="Plain http is allowed to this machine only; certificates are not taken.")
def set_webhook(call: Call) -> bool:
    url = call.get("url", "")
    if not url:
        return bool(delete_webhook(call))
    if not (url.startswith("https://") or LOCAL.fullmatch(url)):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = call.get("secret_token", "")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    connections = call.get("max_connections", 40)
    if not 1 <= connections <= 100:
        raise bad_request("max_connections must be 1-100")
    allow(call)
    drop_pending(call)
    call.world.bot.webhook = {"url": url, "secret_token": secret, "max_connections": connections}
    call.world.webhook_changed()
    return True


@method("deleteWebhook", {"drop_pending_updates": Field(BOOLEAN)})
def delete_webhook(call: Call) -> bool:
    drop_pending(call)
    call.world.bot.webhook = None
    call.world.webhook_changed()
    return True


@method("getWebhookInfo")
def get_webhook_info(call: Call) -> Json:
    webhook, world = call.world.bot.webhook, call.world
    world.expire_updates()
    said: Json = {
        "url": webhook["url"] if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }
    if webhook:
        said |= {name: webhook[name] for name in ("max_connections", "last_error_date", "last_error_message")
                 if name in webhook}  # fmt: skip
    if world.bot.allowed_updates is not None:
        said["allowed_updates"] = world.bot.allowed_updates
    return said
