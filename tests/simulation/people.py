"""What people do: each looks at what stands in their chat, and taps, writes, changes their mind or goes away."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from simulator import groups, people
from simulator.chats import Entry, Person
from simulator.errors import PeopleError
from simulator.keyboards import inline_buttons
from simulator.world import World
from tests.simulation.cast import BY_ID, CAST, Part
from tests.simulation.trace import Trace

if TYPE_CHECKING:
    from tests.simulation.machine import Lab
    from tests.simulation.oracle import Oracle

LETTERS = "abcdefghijklmnopqrstuvwxyz"
IN_GROUP = (1001, 1011)
LOOKS_AT = 3  # messages with buttons, the newest first
# How often a button is tapped; the rest have 1.
TAPS = {
    "accept": 14, "pass": 2, "reserve": 4, "hand_back": 2, "give_back": 8, "agree": 10, "prefer_other": 2,
    "propose": 8, "confirm_time": 10, "refuse_time": 2, "report": 3, "cancel": 1.2, "change": 1.5, "write": 3,
    "write_coordinator": 0.6, "form": 6, "erase": 0.04, "erase_now": 0.7, "stop_all": 0.05, "stop_all_now": 0.5,
    "pause": 0.1, "leave": 0.1, "leave_now": 0.7, "other": 0.2, "language": 0.2, "say_in": 0.3, "own_data": 0.3,
    "own_data_file": 0.3, "put_back": 0.5, "close": 0.4, "behalf": 0.1, "relink": 0.02, "end_volunteer": 0.1,
    "pause_volunteer": 0.1, "decline": 0.2, "assign": 1, "correct": 0.2, "again": 0.5,
}  # fmt: skip
TURNING = {"stop": 0.05, "back": 0.1}
COMMANDS = ("/start", "/help", "/taken", "/stop", "/annuleer", "/privacy", "/mijngegevens", "/vraag")
NOTED = {"what": "private", "street": "private", "address": "private", "bell": "private", "text": "relay"}


class Folk:
    """Everybody, with one seed."""

    def __init__(self, lab: Lab, world: World, oracle: Oracle, trace: Trace, seed: int) -> None:
        self._lab, self._world, self._oracle, self._trace = lab, world, oracle, trace
        self._chance = random.Random(f"people {seed}")
        self._tokens = 0
        self._seen_buttons: list[str] = []
        self._own: dict[int, list[int]] = {}
        for each in CAST:
            person = people.save_phone(world, {"id": each.id, "first_name": each.name, "language_code": "nl"})
            person.started = each.kind != "stranger"
        self._make_group()
        world.commit()

    # ── one act ──

    def acts(self) -> None:
        """Somebody does something."""
        someone = self._chance.choices(CAST, [4 if each.kind in {"resident", "volunteer"} else 1.3 for each in CAST])[0]
        person = self._world.persons[someone.id]
        try:
            what = self._act_of(someone, person)
        except PeopleError:
            what = "nothing"
        self._world.commit()
        self._trace.add(self._lab.clock.now(), "act", what, someone.name)
        self._lab.count(f"act {what}")

    def _act_of(self, someone: Part, person: Person) -> str:
        chance = self._chance.random()
        if person.blocked:
            if chance < 0.3:
                people.start(self._world, person, None)
                return "unblock"
            return "nothing"
        for share, name, act in self._seldom:
            if chance < share:
                act(self, someone, person)
                return name
            chance -= share
        asked = self._open_question(person)
        if asked in NOTED and self._chance.random() < 0.75:
            self._writes(
                person, self._says(someone, asked), NOTED[asked] if someone.kind != "coordinator" else "office"
            )
            return f"write {NOTED[asked]}"
        if someone.kind == "resident" and not asked and self._chance.random() < 0.3:
            self._writes(person, "/vraag")
            return "ask"
        return self._taps(someone, person)

    def _command(self, _someone: Part, person: Person) -> None:
        self._writes(person, self._chance.choice(COMMANDS))

    def _simply_writes(self, someone: Part, person: Person) -> None:
        kind = "private" if someone.kind == "resident" else "office"
        self._writes(person, f"Kan iemand brood halen {self._token()} morgen namiddag?", kind)

    def _old_tap(self, _someone: Part, person: Person) -> None:
        """A button from long ago, or somebody else's."""
        entries = [entry for entry in self._world.entries(person.id) if entry.by_bot]
        if entries and self._seen_buttons:
            data = self._chance.choice(self._seen_buttons[-120:])
            tapped = {"forged": True, "data": data, "message_id": self._chance.choice(entries).message_id}
            people.tap(self._world, person, tapped)

    def _block(self, someone: Part, person: Person) -> None:
        people.set_blocked(self._world, person, blocked=True)
        self._oracle.blocked(someone.id)

    def _erase(self, _someone: Part, person: Person) -> None:
        self._writes(person, "/wissen")

    def _edit(self, someone: Part, person: Person) -> None:
        mine = self._own.get(person.id)
        if mine:
            text = f"Toch liever kaas {self._token()}"
            people.edit(self._world, person, {"message_id": self._chance.choice(mine[-4:]), "text": text})
            self._oracle.wrote(someone.id, text, "edited")

    def _sticker(self, _someone: Part, person: Person) -> None:
        people.send(self._world, person, {"kind": "sticker"})

    def _poison(self, _someone: Part, person: Person) -> None:
        """Something that no program of Telegram's would send: it cannot be read, and must not stop the line."""
        person.started = True  # as everybody who sends something
        self._world.queue_raw({"message": {"from": person.user(), "chat": person.chat(), "date": "yesterday"}})

    def _group(self, _someone: Part, _person: Person) -> None:
        """Somebody speaks to the bot in a group, which becomes a supergroup before it answers."""
        groups.say(
            self._world, self.group, self._world.persons[self._chance.choice(IN_GROUP)], "/start@buren_demo_bot", None
        )
        if self._chance.random() < 0.5:
            groups.migrate(self._world, self.group)
            self._make_group()

    def _make_group(self) -> None:
        self.group = groups.create(self._world, "De straat", list(IN_GROUP), bot=False)
        groups.bot_changed(self._world, self.group, "member", self._world.persons[IN_GROUP[0]].user())

    _seldom: tuple[tuple[float, str, Callable[[Folk, Part, Person], None]], ...] = (
        (0.05, "command", _command),
        (0.015, "simply write", _simply_writes),
        (0.08, "old tap", _old_tap),
        (0.012, "block", _block),
        (0.004, "erase", _erase),
        (0.02, "edit", _edit),
        (0.01, "sticker", _sticker),
        (0.006, "poison", _poison),
        (0.012, "group", _group),
    )

    # ── what they see ──

    def _messages(self, person: Person) -> list[Entry]:
        """Those with buttons, the newest first."""
        found = []
        for entry in reversed(list(self._world.entries(person.id))):
            if entry.by_bot and "reply_markup" in entry.body:
                found.append(entry)
                if len(found) == LOOKS_AT:
                    break
        return found

    def _open_question(self, person: Person) -> str:
        """The step of a dialogue whose question is on the newest message."""
        for entry in self._messages(person)[:1]:
            for button in inline_buttons(entry):
                words = _words(button)
                if words[1:2] == ["form"] and len(words) > 3:
                    return words[3]
        return ""

    def _says(self, someone: Part, step: str) -> str:
        token = self._token()
        match step:
            case "street" | "address":
                return f"{token}straat 12"
            case "bell":
                return f"Familie {token}"
            case "what":
                return f"Brood en melk {token}"
        return f"Groeten {token} van {someone.name}"

    def _token(self) -> str:
        """Words that stand nowhere else."""
        self._tokens += 1
        number, word = self._tokens, ""
        for _ in range(4):
            number, rest = divmod(number, 26)
            word = LETTERS[rest] + word
        return f"Zk{word}"

    def _writes(self, person: Person, text: str, kind: str = "") -> None:
        sent = people.send(self._world, person, {"text": text})
        self._own.setdefault(person.id, []).append(sent["message"]["message_id"])
        if kind:
            self._oracle.wrote(person.id, text, kind)

    def _taps(self, someone: Part, person: Person) -> str:
        messages = self._messages(person)
        if not messages:
            self._writes(person, "/start")
            return "start"
        entry = messages[min(int(self._chance.expovariate(1.1)), len(messages) - 1)]
        buttons = [button for button in inline_buttons(entry) if button.get("callback_data")]
        if not buttons:
            self._writes(person, "/start")
            return "start"
        weights = [_weight(_words(button)) for button in buttons]
        button = self._chance.choices(buttons, weights)[0]
        self._seen_buttons.append(button["callback_data"])
        people.tap(self._world, person, {"message_id": entry.message_id, "data": button["callback_data"]})
        if self._chance.random() < 0.04:  # a double tap
            people.tap(self._world, person, {"message_id": entry.message_id, "data": button["callback_data"]})
        return f"tap {_words(button)[1]}"

    def kind_of(self, person_id: int) -> str:
        """What they were in the beginning."""
        return BY_ID[person_id].kind


def _words(button: dict[str, Any]) -> list[str]:
    return [*str(button.get("callback_data", "")).split(":"), "", ""]


def _weight(words: list[str]) -> float:
    if words[1] == "form" and len(words) > 4:
        return TURNING.get(words[4], TAPS["form"])
    return TAPS.get(words[1], 1)
