"""Asking about chats and leaving them."""

from simulator.chats import Group, Json, Person
from simulator.errors import bad_request
from simulator.fields import BOOLEAN, INTEGER, Field, required
from simulator.groups import bot_changed, chat_member
from simulator.methods.base import CHAT_ID, Call, method

GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}
PERMISSIONS = {
    "can_send_messages": True,
    "can_send_audios": True,
    "can_send_documents": True,
    "can_send_photos": True,
    "can_send_videos": True,
    "can_send_video_notes": True,
    "can_send_voice_notes": True,
    "can_send_polls": True,
    "can_send_other_messages": True,
    "can_add_web_page_previews": True,
    "can_change_info": True,
    "can_invite_users": True,
    "can_pin_messages": False,
    "can_manage_topics": False,
}


@method("getChat", CHAT_ID)
def get_chat(call: Call) -> Json:
    chat = call.known_chat()
    said: Json = chat.chat() | {"accent_color_id": chat.id % 7, "max_reaction_count": 11, "accepted_gift_types": GIFTS}
    if isinstance(chat, Person) and chat.username:
        said["active_usernames"] = [chat.username]
    if isinstance(chat, Group):
        said["permissions"] = PERMISSIONS
    if chat.pinned and (pinned := call.world.entry(chat.id, chat.pinned[-1])):
        said["pinned_message"] = pinned.body
    return said


@method("getChatMember", CHAT_ID | {"user_id": required(INTEGER)})
def get_chat_member(call: Call) -> Json:
    chat, user_id = call.known_chat(), call.args["user_id"]
    world = call.world
    person = world.persons.get(user_id)
    if user_id == world.bot.id:
        return chat_member(world.bot.user(), chat.bot_status if isinstance(chat, Group) else "member")
    if person is None or (isinstance(chat, Person) and chat.id != user_id):
        raise bad_request("member not found" if person else "PARTICIPANT_ID_INVALID")
    status = chat.members.get(str(user_id), "left") if isinstance(chat, Group) else "member"
    return chat_member(person.user(), status)


def _group(call: Call, otherwise: str) -> Group:
    chat = call.known_chat()
    if not isinstance(chat, Group):
        raise bad_request(otherwise)
    return chat


@method("getChatAdministrators", CHAT_ID | {"return_bots": Field(BOOLEAN, effect=False)})
def get_chat_administrators(call: Call) -> list[Json]:
    """Other bots are left out, but the bot itself is told about itself."""
    group = _group(call, "there are no administrators in the private chat")
    leading = [int(key) for key, status in group.members.items() if status == "creator"]
    own = [chat_member(call.world.bot.user(), "administrator")] if group.bot_status == "administrator" else []
    return [chat_member(call.world.persons[key].user(), "creator") for key in leading] + own


@method("leaveChat", CHAT_ID)
def leave_chat(call: Call) -> bool:
    group = _group(call, "chat member status can't be changed in private chats")
    bot_changed(call.world, group, "left", call.world.bot.user())
    return True
