"""Groups: who is in them, what a bot hears there, migration to a supergroup."""

from simulator import entities
from simulator.chats import Group, Json, Person
from simulator.errors import PeopleError
from simulator.world import World

RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
    "can_pin_messages", "can_send_welcome_messages",
)  # fmt: skip
BOT_STATUS = ((True, "member"), (False, "kicked"), ("administrator", "administrator"))
HERE = {"creator", "administrator", "member"}


def chat_member(user: Json, status: str) -> Json:
    """Telegram's ChatMember."""
    said: Json = {"status": status, "user": user}
    if status == "administrator":
        return said | {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(RIGHTS, True)
    if status == "creator":
        return said | {"is_anonymous": False}
    return said | ({"until_date": 0} if status == "kicked" else {})


def member_update(world: World, chat: Json, sender: Json, old: Json, new: Json) -> Json:
    """Telegram's ChatMemberUpdated."""
    at = world.clock.unix()
    return {"chat": chat, "from": sender, "date": at, "old_chat_member": old, "new_chat_member": new}


def bot_changed(world: World, group: Group, status: str, by: Json) -> int | None:
    """The bot is added, promoted, removed, or leaves; it is told with my_chat_member."""
    user = world.bot.user()
    old = chat_member(user, group.bot_status)
    group.bot_status = status
    world.save_chat(group)
    return world.queue("my_chat_member", member_update(world, group.chat(), by, old, chat_member(user, status)))


def create(world: World, title: str, members: list[int], *, bot: bool) -> Group:
    """A basic group; the first member made it."""
    for member in members:
        world.person(member)
    if not members or not title.strip():
        raise PeopleError(400, "A group needs a title and members.")
    statuses = {str(member): "member" for member in members} | {str(members[0]): "creator"}
    group = Group(-(4_000_000_000 + world.count("group")), title.strip(), "group", statuses)
    world.save_chat(group)
    if bot:
        founder = world.person(members[0]).user()
        bot_changed(world, group, "member", founder)
        deliver(world, group, founder, {"group_chat_created": True}, heard=True)
    return group


def deliver(world: World, group: Group, sender: Json, content: Json, *, heard: bool) -> tuple[Json, int | None]:
    """A message of a person in the group; the bot gets it only if it is there and hears this kind."""
    entry = world.add_message(group, sender, content, outgoing=True)
    told = heard and group.bot_status in HERE
    return entry.seen(), world.queue("message", entry.body) if told else None


def hears(world: World, group: Group, content: Json) -> bool:
    """With privacy mode on, a bot hears commands, mentions of itself and answers to itself; an administrator, all."""
    if group.bot_status == "administrator":
        return True
    if content.get("reply_to_message", {}).get("from", {}).get("id") == world.bot.id:
        return True
    own = f"@{world.bot.username}".lower()
    for entity in content.get("entities", []):
        word = entities.cut(content["text"], entity["offset"], entity["length"]).lower()
        if entity["type"] == "mention" and word == own:
            return True
        if entity["type"] == "bot_command" and ("@" not in word or word.endswith(own)):
            return True
    return False


def say(world: World, group: Group, person: Person, text: str, reply_to: int | None) -> tuple[Json, int | None]:
    """Somebody writes in the group."""
    if group.migrated_to is not None:
        raise PeopleError(409, f"This group is now the supergroup {group.migrated_to}.")
    if group.members.get(str(person.id)) not in HERE:
        raise PeopleError(409, "Only members can write here.")
    text = entities.clean(text).strip()
    if not text or entities.units(text) > 4096:
        raise PeopleError(400, "A message has 1 to 4096 characters.")
    marks = entities.found(text)
    content: Json = {"text": text} | ({"entities": marks} if marks else {})
    answered = world.entry(group.id, reply_to) if reply_to is not None else None
    if answered:
        content["reply_to_message"] = answered.body
    return deliver(world, group, person.user(), content, heard=hears(world, group, content))


def _founder(world: World, group: Group) -> Person:
    """Who made the group; nobody can remove them."""
    return next(world.persons[int(key)] for key, status in group.members.items() if status == "creator")


def change_members(world: World, group: Group, changes: Json) -> list[int]:
    """`{add: [id], remove: [id], bot: true / false / "administrator"}`; returns the updates they cause."""
    founder = _founder(world, group)
    status = next((s for said, s in BOT_STATUS if said == changes.get("bot")), None)
    if status is None and "bot" in changes:
        raise PeopleError(400, "bot is true, false or administrator.")
    people: list[tuple[Person, bool]] = []
    for name, joins in (("add", True), ("remove", False)):
        if not isinstance(changes.get(name, []), list):
            raise PeopleError(400, f"{name} is a list of ids.")
        people += [(world.person(member), joins) for member in changes.get(name, [])]
    updates: list[int | None] = []
    for person, joins in people:
        updates += _person_changed(world, group, person, founder, joins=joins)
    if status is not None:
        updates.append(bot_changed(world, group, status, founder.user()))
    return [update for update in updates if update is not None]


def _person_changed(world: World, group: Group, person: Person, by: Person, *, joins: bool) -> list[int | None]:
    old = group.members.get(str(person.id), "left")
    if old == "creator" or (old in HERE) == joins:
        return []
    new = "member" if joins else "left"
    group.members[str(person.id)] = new
    world.save_chat(group)
    user = person.user()
    content: Json = {"new_chat_members": [user]} if joins else {"left_chat_member": user}
    _, update = deliver(world, group, by.user(), content, heard=True)
    if group.bot_status != "administrator":
        return [update]
    change = member_update(world, group.chat(), by.user(), chat_member(user, old), chat_member(user, new))
    return [update, world.queue("chat_member", change)]


def migrate(world: World, group: Group) -> Group:
    """The group becomes a supergroup with another id; both tell so."""
    if group.kind != "group" or group.migrated_to is not None:
        raise PeopleError(409, "Only a group that was not migrated yet can be.")
    new_id = -(1_002_000_000_000 + world.count("group"))
    new = Group(new_id, group.title, "supergroup", dict(group.members), group.bot_status)
    world.save_chat(new)
    founder = _founder(world, group)
    deliver(world, group, founder.user(), {"migrate_to_chat_id": new.id}, heard=True)
    group.migrated_to = new.id
    world.save_chat(group)
    deliver(world, new, founder.user(), {"migrate_from_chat_id": group.id}, heard=True)
    return new
