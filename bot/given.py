"""What came in: the facts of one update that a turn needs, without Telegram's classes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from telegram import Message

from bot.legible import legible, name_of
from bot.screen import spoken

if TYPE_CHECKING:
    from telegram import CallbackQuery, Document, PhotoSize, Update, Voice

    from models.person import Person

# What else people can send: answered gently, by its kind. `document` comes after `animation`, which has both.
OTHER_KINDS = (
    "sticker", "poll", "dice", "video", "video_note", "animation", "audio", "document", "game", "story", "checklist",
    "invoice", "giveaway", "giveaway_winners", "paid_media", "passport_data", "users_shared", "chat_shared",
    "web_app_data", "gift", "unique_gift", "successful_payment", "refunded_payment",
)  # fmt: skip
# What Telegram itself writes into a chat: nobody said anything, and nobody waits for an answer.
SERVICE = (
    "boost_added", "channel_chat_created", "chat_background_set", "chat_owner_changed", "chat_owner_left",
    "checklist_tasks_added", "checklist_tasks_done", "connected_website", "delete_chat_photo",
    "direct_message_price_changed", "forum_topic_closed", "forum_topic_created", "forum_topic_edited",
    "forum_topic_reopened", "general_forum_topic_hidden", "general_forum_topic_unhidden", "gift_upgrade_sent",
    "giveaway_completed", "giveaway_created", "group_chat_created", "left_chat_member", "managed_bot_created",
    "message_auto_delete_timer_changed", "migrate_from_chat_id", "migrate_to_chat_id", "new_chat_members",
    "new_chat_photo", "new_chat_title", "paid_message_price_changed", "pinned_message", "poll_option_added",
    "poll_option_deleted", "proximity_alert_triggered", "suggested_post_approval_failed", "suggested_post_approved",
    "suggested_post_declined", "suggested_post_paid", "suggested_post_refunded", "supergroup_chat_created",
    "video_chat_ended", "video_chat_participants_invited", "video_chat_scheduled", "video_chat_started",
    "write_access_allowed",
)  # fmt: skip
CONTENT = ("text", "voice", "photo", "live_photo", "location", "venue", "contact", *OTHER_KINDS)
GROUPS = {"group", "supergroup"}  # in a channel nobody could answer, and its readers did not ask
AWAY = {"left", "kicked"}
FILE_LIMIT = 20_000_000  # bytes; a bot cannot fetch more


@dataclass(frozen=True)
class Given:
    """One update.

    `kind` is `text`, `voice`, `photo`, `picture` (a photo sent as a file), `location`, `contact`, `tap`, `member`,
    `too_large` or the name of something else. `text` is what was written or the caption; `data` what a tapped button
    carries, without the language that it `speaks`; `message_id` the message that was tapped, and `shown` what stands in
    it below its heading; `own_id` the message that somebody sent, `reply_to` the one that it replies to; `edited`: it
    was sent before, and is different now; `album` names the album that it is part of;
    `file_id` a voice message or photo; `place` "latitude,longitude"; `phone` a shared number, `own_phone` whether it is
    the sender's; `member` the bot's new status in the chat, `added` whether it came into a group with that; `choice`
    the value chosen in a dialogue; `emergency` says whether words of need were answered already (`told`) or not yet
    (`untold`).
    """

    bot_id: int
    update_id: int
    chat_id: int
    private: bool
    user_id: int | None
    first_name: str
    language: str | None
    kind: str
    text: str = ""
    data: str = ""
    speaks: str = ""
    shown: str = ""
    message_id: int | None = None
    own_id: int | None = None
    reply_to: int | None = None
    edited: bool = False
    album: str | None = None
    callback_id: str | None = None
    file_id: str | None = None
    place: str | None = None
    phone: str | None = None
    own_phone: bool = False
    member: str = ""
    added: bool = False
    choice: str | None = None
    emergency: str = ""

    def choosing(self, value: str) -> Given:
        """The same, understood as a choice."""
        return replace(self, choice=value)

    def saying(self, text: str) -> Given:
        """The same person, saying `text`."""
        return replace(self, kind="text", text=text, data="", choice=None, emergency="")

    @classmethod
    def in_chat_of(cls, person: Person, bot_id: int) -> Self:
        """Nothing came in, but `person` is to see something in their chat."""
        chat_id = int(person.telegram_id or 0)
        return cls(bot_id, 0, chat_id, True, chat_id, person.first_name, person.language, "nothing")

    @classmethod
    def of(cls, update: Update, bot_id: int) -> Self | None:
        """Take the facts out of an update; `None` where nobody says anything to us: then there is nothing to answer."""
        message, said = update.message or update.edited_message, update.callback_query or update.my_chat_member
        chat, user = update.effective_chat, update.effective_user
        if chat is None or (message is None and said is None) or (user is not None and user.is_bot):
            return None
        start = cls(
            bot_id=bot_id,
            update_id=update.update_id,
            chat_id=chat.id,
            private=chat.type == "private",
            user_id=user.id if user else None,
            first_name=name_of(user.first_name, user.last_name, user.username) if user else "",
            language=user.language_code if user else None,
            kind="other",
        )
        if update.callback_query:
            return start._with_tap(update.callback_query)
        if update.my_chat_member:
            before, now = update.my_chat_member.old_chat_member.status, update.my_chat_member.new_chat_member.status
            added = chat.type in GROUPS and before in AWAY and now not in AWAY
            return replace(start, kind="member", member=now, added=added)
        if message is None or any(getattr(message, kind) for kind in SERVICE):
            return None
        return replace(start._with_message(message), edited=update.edited_message is not None)

    def _with_tap(self, query: CallbackQuery) -> Self:
        speaks, data = spoken(query.data or "")
        message = query.message
        here = replace(self, kind="tap", data=data, speaks=speaks, callback_id=query.id)
        if isinstance(message, Message):  # else it is too old for Telegram to tell what it says
            here = replace(here, shown=_below_the_heading(message))
        return replace(here, message_id=message.message_id if message else None)

    def _with_message(self, message: Message) -> Self:
        replied = message.reply_to_message
        here = replace(
            self,
            text=legible(message.text or message.caption or ""),
            own_id=message.message_id,
            reply_to=replied.message_id if replied else None,
            album=message.media_group_id,
        )
        if message.text is not None:
            return replace(here, kind="text")
        if message.contact:
            own = message.contact.user_id == self.user_id
            return replace(here, kind="contact", phone=message.contact.phone_number, own_phone=own)
        venue = message.venue
        place = venue.location if venue else message.location
        if place is not None:
            name = legible(", ".join(words for words in (venue.title, venue.address) if words)) if venue else ""
            return replace(here, kind="location", place=f"{place.latitude:.5f},{place.longitude:.5f}", text=name)
        kind, file = _file_in(message)
        if file is None:
            return replace(here, kind=kind)
        too_large = (file.file_size or 0) > FILE_LIMIT
        return replace(here, kind="too_large" if too_large else kind, file_id=file.file_id)


def _file_in(message: Message) -> tuple[str, Voice | PhotoSize | Document | None]:
    """A voice message or a photo: only the reference is kept, never what is in it; else what kind of message it is."""
    photos = message.photo or (message.live_photo and message.live_photo.photo)
    document = message.document if not message.animation else None
    if message.voice:
        return "voice", message.voice
    if photos:
        return "photo", photos[-1]
    if document and (document.mime_type or "").startswith("image/"):
        return "picture", document
    return next((kind for kind in OTHER_KINDS if getattr(message, kind)), "other"), None


def _below_the_heading(message: Message) -> str:
    text = message.text or ""
    if message.entities and message.entities[0].offset == 0:
        text = text[len(message.parse_entity(message.entities[0])) :]
    return text.strip()


def sender_of(raw: Any) -> dict[str, Any] | None:
    """Who sent an update that could not be read, where its private chat can still be recognised."""
    if not isinstance(raw, dict):
        return None
    for part in raw.values():
        if isinstance(part, dict):
            message = part.get("message", part)
            chat = message.get("chat") if isinstance(message, dict) else None
            sender = part.get("from")
            private = isinstance(chat, dict) and chat.get("type") == "private"
            if private and isinstance(sender, dict) and isinstance(sender.get("id"), int):
                language = sender.get("language_code")
                return {"id": sender["id"], "language_code": language if isinstance(language, str) else None}
    return None
