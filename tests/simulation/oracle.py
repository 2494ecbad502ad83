"""Judges what went over the wire, by the rules that everybody knows; it never sees the database."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from simulator.world import World
from tests.simulation.cast import BY_ID, BY_ROW, CAST
from tests.simulation.virtual import START

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.simulation.telegram import Sent

TOKEN = re.compile(r"Zk[a-z]{4}|Kerselaar \d+")
SENT = "Je bericht is verstuurd."
REMINDER = "Herinnering:"
DIRECT = ("Ik kan nu niets opschrijven.", "Dat gaat te snel voor mij")
WARNING = "We hebben nog niemand gevonden. De coördinator weet het"
AGREED = re.compile(r"Wanneer: \w+ (\d+) (\w+) om (\d+)(?:[.:](\d\d))? uur")
MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
          "november", "december")  # fmt: skip
BRUSSELS = ZoneInfo("Europe/Brussels")
AWAKE = 10  # o'clock: two hours before is surely not night from then on
DELETABLE = timedelta(hours=47)  # Telegram does it for 48
IN_TIME = timedelta(hours=3)  # who agreed so long before is reminded
CARD = {"task", "hand_back", "give_back", "propose", "report", "show_place"}  # buttons of who has a task
OWN = {"change", "cancel", "agree", "prefer_other", "confirm_time", "refuse_time", "again"}  # of whose request it is
FREEING = {"give_back", "prefer_other", "put_back_now", "assign_now", "close_with", "leave_now", "erase_now",
           "stop_all_now", "cancel", "end_volunteer_now", "pause", "report"}  # fmt: skip


@dataclass
class Handed:
    """An update that the process has got."""

    number: int  # in the order of everything that the oracle heard
    at: datetime
    who: int
    raw: dict[str, Any]
    data: list[str] = field(default_factory=list)
    sent_at: datetime = START
    dropped: bool = False
    acknowledged: int = 0  # from this number on it is certain that its turn is over


@dataclass
class Written:
    """Words that stand nowhere else: who wrote them, and what for."""

    author: int
    kind: str
    number: int
    confirmed: int = 0
    together: list[Written] = field(default_factory=list)  # of these, at least one was meant
    readers: dict[int, list[Sent]] = field(default_factory=dict)
    requests: set[int] = field(default_factory=set)


@dataclass
class Chat:
    """What is known of one private chat."""

    calls: list[Sent] = field(default_factory=list)
    excused: int = 0  # since this number something was given up that may be missed: refused, unreachable, unknown twice
    last_update: Handed | None = None
    not_before: datetime | None = None
    told_at: datetime = START  # when the process heard of that
    blocked: bool = False
    erased: int = 0
    lost_at: datetime | None = None  # when the process heard that nothing reaches them
    lost: set[int] = field(default_factory=set)  # messages of which the process does not know that they are there


@dataclass
class Case:
    """One request, by the number on its buttons."""

    id: int
    resident: int = 0
    granted: dict[int, Handed] = field(default_factory=dict)  # who said yes, and the update that said so
    freed: dict[int, Handed] = field(default_factory=dict)  # whose it is no longer for certain, once this is over
    freeing: int = 0  # when somebody last did what may take it from its helper
    over: Handed | None = None
    holder: int = 0
    held: int = 0
    agreed: datetime | None = None  # when the helper comes, by the task that was read last
    agreed_at: datetime | None = None
    agreed_number: int = 0


class Oracle:
    """Hears everything; `violations` says which rule was broken."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.violations: list[str] = []
        self.number = 0
        self.handed: dict[int, Handed] = {}
        self.cases: dict[int, Case] = {}
        self.written: dict[str, Written] = {}
        self.chats: dict[int, Chat] = {each.id: Chat() for each in CAST}
        self.reminders: dict[tuple[int, str], list[Sent]] = {}
        self.last_crash = 0
        self.any_excuse = 0
        self.any_freeing = 0
        self.any_act = 0  # the last update of anybody
        self.away = datetime.min.replace(tzinfo=BRUSSELS)  # when the process was last away for long
        self._apart_since: datetime | None = None
        self._apart: list[tuple[datetime, datetime]] = []  # the sender did not work, or not reach Telegram
        self.duplicates = 0
        self.most_duplicates = 0
        self._this_crash: dict[int, int] = {}
        self.answered_taps: set[str] = set()
        for each in CAST:
            if each.street:
                self.written[each.street] = Written(each.id, "private", 0)

    def broken(self, rule: str, what: str) -> None:
        """A rule was broken."""
        self.violations.append(f"{rule}: {what}")

    # ── what is heard ──

    def _next(self) -> int:
        self.number += 1
        return self.number

    def wrote(self, who: int, text: str, kind: str) -> None:
        """Somebody writes words that stand nowhere else."""
        for token in TOKEN.findall(text):
            self.written[token] = Written(who, kind, self._next())

    def blocked(self, who: int) -> None:
        """From now on nothing reaches them."""
        self.chats[who].blocked = True
        self._excuse(who)

    def handed_out(self, updates: Iterable[dict[str, Any]], sent: dict[int, int]) -> None:
        """The process has these updates."""
        for raw in updates:
            if raw["update_id"] in self.handed:
                continue
            part: dict[str, Any] = next(
                (
                    raw[kind]
                    for kind in ("message", "callback_query", "edited_message", "my_chat_member")
                    if kind in raw
                ),
                {},
            )
            who = part.get("from", {}).get("id", 0)
            each = Handed(self._next(), self._now(), who, raw, str(part.get("data", "")).split(":"))
            each.sent_at = datetime.fromtimestamp(sent.get(raw["update_id"], 0) or self._now().timestamp(), UTC)
            self.handed[raw["update_id"]] = each
            self.any_act = each.number
            self._meant(each, part)

    def _meant(self, each: Handed, part: dict[str, Any]) -> None:
        private = (part.get("chat") or part.get("message", {}).get("chat") or {}).get("type", "private") == "private"
        chat = self.chats.get(each.who)
        if chat is None or not private:
            return
        chat.lost_at = None
        if "my_chat_member" in each.raw:
            chat.blocked = part["new_chat_member"]["status"] == "kicked"
            return
        chat.last_update = each
        words = [re.sub(r"^1[a-z]*$", "1", each.data[0]), *each.data[1:], "", "", ""]
        route, key = words[1], int(words[2]) if words[2].isdecimal() else 0
        if "callback_query" not in each.raw:
            return
        if route == "accept":
            self.case(key).granted[each.who] = each
        elif route == "assign_now" and BY_ID[each.who].kind == "coordinator" and words[3].isdecimal():
            helper = BY_ROW.get(int(words[3]))
            if helper is not None:
                self.case(key).granted[helper.id] = each
        if route in FREEING:
            self.any_freeing = each.number
            for case in (
                self.cases.values()
                if route in {"leave_now", "erase_now", "stop_all_now", "pause"}
                else [self.case(key)]
            ):
                case.freeing = each.number
        self._certain(route, key, words, each)

    def _certain(self, route: str, key: int, words: list[str], each: Handed) -> None:
        """What surely takes a task from its helper, once its turn is over."""
        if route == "give_back":
            self._frees(self.case(key), each.who, each)
        elif route == "prefer_other" and words[4] == "yes" and self.case(key).resident == each.who:
            helper = BY_ROW.get(int(words[3])) if words[3].isdecimal() else None
            if helper is not None:
                self._frees(self.case(key), helper.id, each)
        elif route == "cancel" and words[3] == "yes" and self.case(key).resident == each.who:
            self.case(key).over = self.case(key).over or each
        elif route in {"leave_now", "erase_now"} and BY_ID[each.who].kind != "coordinator":
            for case in self.cases.values():
                self._frees(case, each.who, each)
                if route == "erase_now" and case.resident == each.who:
                    case.over = case.over or each
            if route == "erase_now":
                self.chats[each.who].erased = each.number

    def _frees(self, case: Case, who: int, each: Handed) -> None:
        granted = case.granted.get(who)
        if granted is not None and (granted.who == who or granted.acknowledged):
            case.freed[who] = each

    def acknowledged(self, offset: int) -> None:
        """Telegram forgets what is below: its turn must be over."""
        for update_id, each in self.handed.items():
            if update_id < offset and not each.acknowledged and not self._too_old(each):
                each.acknowledged = self._next()

    def _too_old(self, each: Handed) -> bool:
        """Telegram does not keep it any longer, acknowledged or not."""
        lives = timedelta(seconds=150) if "callback_query" in each.raw else timedelta(days=1)
        each.dropped = each.dropped or (not each.acknowledged and self._now() - each.sent_at > lives)
        return each.dropped

    def never_came(self, call: Sent) -> None:
        """The process could not even reach Telegram."""
        call.number = self._next()
        self._reached(call, well=False)
        self._ends(call)
        call.came = False
        if call.chat in self.chats:
            self.chats[call.chat].calls.append(call)

    def called(self, call: Sent) -> None:
        """A call arrives."""
        call.number = self._next()
        self._ends(call)
        chat = self.chats.get(call.chat)
        if chat is None or not call.method.lower().startswith(("send", "edit", "delete")):
            return
        early = chat.not_before is not None and call.at < chat.not_before - timedelta(seconds=1)
        if early and call.left > chat.told_at and not _direct(call):
            self.broken(
                "a chat waits as long as Telegram said",
                f"{call.chat} was called at {call.at}, not after {chat.not_before}",
            )
        lost = chat.lost_at is not None and call.left > chat.lost_at
        if lost and call.method.startswith("send") and not _direct(call):
            self.broken("nobody writes to who cannot be reached", f"{call.chat} gets {call.text[:80]!r}")
        self._no_address(call)

    def _ends(self, call: Sent) -> None:
        """A tap is answered once its turn has committed; best effort, so that it is tried is all that is owed."""
        if call.method == "answerCallbackQuery":
            self.answered_taps.add(str(call.fields.get("callback_query_id")))

    def answered(self, call: Sent) -> None:
        """Telegram has answered it, or not: `call.outcome`."""
        self._reached(call, well=not _ambiguous(call))
        chat = self.chats.get(call.chat)
        if chat is None:
            return
        before = next(
            (each for each in reversed(chat.calls) if each.method == call.method and each.text == call.text), None
        )
        chat.calls.append(call)
        if (
            call.outcome in {"blocked", "chat not found", "bad request"}
            or call.outcome.startswith("400")
            or (_ambiguous(call) and before is not None and (_ambiguous(before) or before.unsettled))
        ):
            self._excuse(call.chat)
        if call.outcome.startswith("400") and not self._could_not_be_in_time(call):
            self.broken("Telegram takes what the bot sends", f"{call.method} {call.outcome}")
        if call.delivered:
            if call.outcome != "ok" and call.message_id is not None and call.method.startswith("send"):
                chat.lost.add(call.message_id)
            self._read(call)

    def _reached(self, call: Sent, *, well: bool) -> None:
        """Whether the sender has Telegram; a tap is answered without it."""
        if call.method == "answerCallbackQuery":
            return
        if not well:
            self._apart_since = self._apart_since or call.at
        elif self._apart_since is not None:
            self._apart.append((self._apart_since, call.at))
            self._apart_since = None

    def _could_not_be_in_time(self, call: Sent) -> bool:
        """A deletion that Telegram does not make any more; when it was due nobody worked, or nobody could reach it."""
        if "can't be deleted" not in call.outcome:
            return False
        shown = (each for each in self.chats[call.chat].calls if each.method.startswith("send"))
        due = [each.at + DELETABLE for each in shown if each.message_id == call.fields["message_id"]]
        return any(begun <= moment <= ended for moment in due for begun, ended in self._apart)

    def learnt(self, call: Sent) -> None:
        """The answer has come: from now on the process knows how long this chat has to wait."""
        chat = self.chats.get(call.chat)
        if chat is not None and call.outcome in {"blocked", "chat not found"}:
            chat.lost_at = self._now()
        if chat is not None and call.outcome.startswith("too fast"):
            until, chat.told_at = call.at + timedelta(seconds=call.wait), self._now()
            chat.not_before = until if chat.not_before is None else max(until, chat.not_before)

    def _excuse(self, who: int) -> None:
        self.any_excuse = self.chats[who].excused = self._next()

    def crashed(self) -> None:
        """The process died: of the last letter in each chat it may not know that it arrived."""
        self.last_crash = self._next()
        self._apart_since = self._apart_since or self._now()
        self._this_crash = {}
        for chat in self.chats.values():
            chat.not_before = chat.lost_at = None  # it may not have been written down yet
            recent = [call for call in chat.calls[-20:] if self._now() - call.at < timedelta(seconds=40)]
            for call in recent[-2:]:
                call.unsettled = True
            for call in [each for each in recent if each.came][-2:]:
                if call.delivered:
                    call.learnt = False
                    if call.message_id is not None and call.method.startswith("send"):
                        chat.lost.add(call.message_id)

    def case(self, key: int) -> Case:
        """The request with this number."""
        return self.cases.setdefault(key, Case(key))

    # ── who may read what ──

    def _no_address(self, call: Sent) -> None:
        """Neither address nor what is asked goes to anybody but who asks, the coordinators and the present helper."""
        buttons = [[*data.split(":"), "", ""] for data in call.buttons]
        mentioned = {
            int(words[2])
            for words in buttons
            if words[1] in CARD | OWN | {"write", "request", "task"} and words[2].isdecimal()
        }
        for token in TOKEN.findall(call.text):
            known = self.written.get(token)
            if known is None or known.kind != "private":
                continue
            if known.author == call.chat:
                for words in buttons:
                    if words[1] in OWN and words[2].isdecimal():
                        case = self.case(int(words[2]))
                        case.resident = call.chat
                        known.requests.add(case.id)
                continue
            if BY_ID[call.chat].kind == "coordinator":
                continue
            cases = [self.case(key) for key in mentioned] or list(self.cases.values())
            may = [case for case in cases if case.resident in {0, known.author} and self.helps(case, call.chat)]
            if not may:
                self.broken(
                    "no address to anybody but the present helper",
                    f"{call.chat} gets {token} ({known.author}) with {call.buttons[:3]}",
                )
            elif mentioned and any(words[1] == "hand_back" for words in buttons):
                self._one_winner(may[0], call.chat)
                self._agrees(may[0], call)

    def helps(self, case: Case, who: int) -> bool:
        """Whether this person may be its helper now, as far as anybody outside can know."""
        granted, freed = case.granted.get(who), case.freed.get(who)
        if granted is None or (BY_ID[who].kind != "volunteer" and granted.who == who and not self._joined()):
            return False
        if case.over is not None and case.over.acknowledged:
            return False
        return freed is None or not freed.acknowledged or freed.number < granted.number

    def _joined(self) -> bool:
        """Somebody who was no volunteer in the beginning, and was approved since."""
        return any(each.data[1:2] == ["approve"] for each in self.handed.values())

    def _one_winner(self, case: Case, who: int) -> None:
        if case.holder not in {0, who} and case.freeing < case.held:
            self.broken("one winner a request", f"{who} has {case.id}, which {case.holder} has too")
        if case.holder != who:
            case.holder, case.held = who, case.granted[who].number

    def _agrees(self, case: Case, call: Sent) -> None:
        """The task says when the helper comes."""
        found = AGREED.search(call.text)
        agreed = None
        if found and found[2] in MONTHS:
            month = MONTHS.index(found[2]) + 1
            year = call.at.year + (1 if month < call.at.month else 0)
            agreed = datetime(year, month, int(found[1]), int(found[3]), int(found[4] or 0), tzinfo=BRUSSELS)
        if agreed != case.agreed:
            case.agreed, case.agreed_at, case.agreed_number = agreed, call.at, self.number

    # ── what was read ──

    def _read(self, call: Sent) -> None:
        if call.text.startswith(SENT) and (chat := self.chats[call.chat]).last_update is not None:
            meant = [each for each in self.written.values() if each.author == call.chat and each.kind == "relay"]
            meant = [each for each in meant if not each.confirmed]
            for each in meant:  # who writes on before the answer comes may say that to whatever asks something next
                each.confirmed, each.together = call.number, meant
            del chat
        if call.method == "sendMessage":
            for token in TOKEN.findall(call.text):
                known = self.written.get(token)
                if known is not None and known.kind == "relay" and known.author != call.chat:
                    self._once(known.readers.setdefault(call.chat, []), call, "one effect an update")
            if WARNING in call.text:
                self._warned(call)
            if REMINDER in call.text:
                self._once(self.reminders.setdefault((call.chat, call.text), []), call, "no reminder doubled")

    def _warned(self, call: Sent) -> None:
        """Of one search the resident is warned once; whoever does anything about it may begin another."""
        known = self.reminders.setdefault((call.chat, call.text), [])
        known[:] = [each for each in known if each.number > self.any_act]
        self._once(known, call, "no reminder doubled")

    def _once(self, before: list[Sent], call: Sent, rule: str) -> None:
        """The same words a second time, although the process knew that they had arrived."""
        if before and all(each.learnt for each in before):
            self.broken(rule, f"{call.chat} reads again: {call.text[:80]!r}")
        elif before:
            self.duplicates += 1
            again = self._this_crash[call.chat] = self._this_crash.get(call.chat, 0) + 1
            self.most_duplicates = max(self.most_duplicates, again)
            for each in before:
                each.learnt = True  # the one that was not known of is accounted for
        before.append(call)

    # ── when all is quiet ──

    def quiet(self, world: World) -> None:
        """Nothing goes wrong any more, everything was fetched and sent: what is owed has arrived."""
        if world.updates:
            self.broken("queues drain", f"{len(world.updates)} updates are not taken")
        for who, chat in self.chats.items():
            self._has_effect(who, chat, world)
            self._nothing_private_stays(who, chat, world)
        self._nobody_waits_in_vain()
        for token, each in self.written.items():
            known = self.any_excuse < each.confirmed
            known = known and all(self.any_freeing < other.number for other in each.together)
            if each.confirmed and known and not any(other.readers for other in each.together):
                self.broken("every letter owed is delivered", f"{token} of {each.author} was passed on to nobody")

    def _nobody_waits_in_vain(self) -> None:
        """Both were reminded before the hour on which they agreed in time."""
        for case in self.cases.values():
            agreed, since = case.agreed, case.agreed_at
            if agreed is None or since is None or agreed > self._now():
                continue
            case.agreed = None
            early = agreed.astimezone(BRUSSELS).hour - 2 < AWAKE or since > agreed - IN_TIME
            if early or case.freeing > case.agreed_number or self.away > agreed - timedelta(hours=30):
                continue
            for who in (case.holder, case.resident):
                chat = self.chats.get(who)
                if chat is None or chat.excused > case.agreed_number or chat.erased or chat.blocked:
                    continue
                came = (
                    each
                    for (reader, _), sent in self.reminders.items()
                    for each in sent
                    if reader == who and since <= each.at <= agreed and each.delivered
                )
                if not any(came):
                    self.broken("no reminder missed", f"{who} heard nothing before {agreed} ({case.id})")

    def _has_effect(self, who: int, chat: Chat, world: World) -> None:
        """Whoever wrote or tapped last has an answer."""
        last = chat.last_update
        if last is None or world.persons[who].blocked or chat.blocked or chat.excused > last.number:
            return
        if "edited_message" in last.raw:
            return
        if not last.acknowledged:
            if self._too_old(last):
                return  # nobody was told that it had arrived
            self.broken("queues drain", f"update {last.raw['update_id']} of {who} is not acknowledged")
        answered = any(
            each.number > last.number and (each.delivered or each.outcome == "not modified")
            for each in [call for call in chat.calls if call.came][-12:]
        )
        if not answered and not self._tap_answered(last):
            self.broken("no acknowledged update without its effect", f"{who} got no answer to {str(last.raw)[:300]}")

    def _tap_answered(self, last: Handed) -> bool:
        return str(last.raw.get("callback_query", {}).get("id", "")) in self.answered_taps

    def _nothing_private_stays(self, who: int, chat: Chat, world: World) -> None:
        """Who helped, and does no longer, sees neither address nor what was asked, where it can still be edited."""
        if BY_ID[who].kind == "coordinator" or world.persons[who].blocked or chat.excused:
            return
        for entry in world.entries(who):
            if not entry.by_bot or entry.message_id in chat.lost:
                continue
            for token in TOKEN.findall(str(entry.body.get("text", ""))):
                known = self.written.get(token)
                if known is None or known.kind != "private" or known.author == who or not known.requests:
                    continue
                if not any(self.helps(self.case(key), who) for key in known.requests):
                    self.broken("what is private leaves the chat", f"{who} still reads {token} in {entry.message_id}")


def _direct(call: Sent) -> bool:
    """What goes without the database, and so in no line: that it does not work, and that somebody is too fast."""
    return call.text.startswith(DIRECT)


def _ambiguous(call: Sent) -> bool:
    return call.outcome.endswith((" before", " after"))
