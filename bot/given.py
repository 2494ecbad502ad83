"""What came in: the facts of one update that a turn needs, without Telegram's classes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from telegram import CallbackQuery, Message, Update

    from models.person import Person

# Everything else that a message can carry is answered gently by its kind.
OTHER_KINDS = (
    "sticker", "poll", "dice", "video", "video_note", "animation", "audio", "document", "venue", "game", "story",
    "checklist", "new_chat_members", "left_chat_member", "pinned_message", "invoice", "giveaway", "paid_media",
)  # fmt: skip


@dataclass(frozen=True)
class Given:
    """One update.

    `kind` is `text`, `voice`, `photo`, `location`, `contact`, `tap`, `member` or the name of something else. `text` is
    what was written or the caption; `data` what a tapped button carries; `message_id` the message that was tapped;
    `file_id` a voice message or photo; `place` "latitude,longitude"; `phone` a shared number, `own_phone` whether it is
    the sender's; `member` the bot's new status in the chat; `choice` the value chosen in a dialogue; `emergency` says
    whether words of need were answered already (`told`) or not yet (`untold`).
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
    message_id: int | None = None
    callback_id: str | None = None
    file_id: str | None = None
    place: str | None = None
    phone: str | None = None
    own_phone: bool = False
    member: str = ""
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
        """Take the facts out of an update; `None` where there is nobody and no chat to answer."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None:
            return None
        start = cls(
            bot_id=bot_id,
            update_id=update.update_id,
            chat_id=chat.id,
            private=chat.type == "private",
            user_id=user.id if user else None,
            first_name=user.first_name if user else "",
            language=user.language_code if user else None,
            kind="other",
        )
        if update.callback_query:
            return start._with_tap(update.callback_query)
        if update.my_chat_member:
            return replace(start, kind="member", member=update.my_chat_member.new_chat_member.status)
        if update.message:
            return start._with_message(update.message)
        return start

    def _with_tap(self, query: CallbackQuery) -> Self:
        message_id = query.message.message_id if query.message else None
        return replace(self, kind="tap", data=query.data or "", message_id=message_id, callback_id=query.id)

    def _with_message(self, message: Message) -> Self:
        here = replace(self, text=message.text or message.caption or "")
        if message.text is not None:
            return replace(here, kind="text")
        if message.voice:
            return replace(here, kind="voice", file_id=message.voice.file_id)
        if message.photo:
            return replace(here, kind="photo", file_id=message.photo[-1].file_id)
        if message.location and not message.venue:
            return replace(
                here, kind="location", place=f"{message.location.latitude:.5f},{message.location.longitude:.5f}"
            )
        if message.contact:
            own = message.contact.user_id == self.user_id
            return replace(here, kind="contact", phone=message.contact.phone_number, own_phone=own)
        return replace(here, kind=next((kind for kind in OTHER_KINDS if getattr(message, kind, None)), "other"))
