"""`python -m models.stored`: writes docs/privacy/README.md, what is stored about people, from the models themselves."""

import sys
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from models import Base  # and with it all tables
from models.columns import Digest, Sealed, SealedJSON
from models.retention import (
    CONTENT,
    COPIES,
    DEAD,
    DIALOGUE,
    FILE_STAYS,
    HISTORY,
    LETTERS,
    SEEN,
    SHOWN,
    TO_ANSWER,
    TYPED,
    UNUSED,
)

TARGET = Path(__file__).parent.parent / "docs" / "privacy" / "README.md"


class Reader(StrEnum):
    """Who reads something on a screen of theirs, or with a command. The doors are tried: `tests/doors/table.txt`.

    What is theirs people also find in the file of `/mijngegevens`.
    """

    SELF = "themselves"
    HELPER = "who helps"
    RESIDENT = "whom they help"
    ASKED = "the volunteers who are asked"
    COORDINATORS = "the coordinators of the area"
    OPERATOR = "the operator"


class Why(NamedTuple):
    """What something is and why it is there, who sees it, how long."""

    what: str
    readers: tuple[Reader, ...]
    how_long: str

    @property
    def who(self) -> str:
        """In words."""
        return ", ".join(self.readers) or "nobody"


def days(span: timedelta) -> str:
    """As it is read: `30 days`, `47 hours`."""
    return f"{span.days} days" if span >= timedelta(days=3) else f"{span // timedelta(hours=1)} hours"


ACCOUNT = "as long as the account is used"
CLOSED = f"{days(CONTENT)} after the end"
NOBODY = ()
OWN = (Reader.SELF,)
OFFICE = (Reader.COORDINATORS,)
TO_HELP = (Reader.HELPER, Reader.COORDINATORS)
CONTENTS = (Reader.SELF, *TO_HELP)
SEALED = {
    "person.telegram_id": Why("the Telegram account, for the bot to write to", NOBODY, ACCOUNT),
    "person.telegram_key": Why("its fingerprint, to know who writes", NOBODY, ACCOUNT),
    "person.first_name": Why(
        "the first name that Telegram gives, or a coordinator entered; of each other only after a yes, and that of a "
        "coordinator in what they write",
        (Reader.SELF, Reader.HELPER, Reader.RESIDENT, Reader.COORDINATORS, Reader.OPERATOR),
        ACCOUNT,
    ),
    "person.phone": Why(
        "a number that they gave, to be called by a coordinator",
        (Reader.SELF, Reader.COORDINATORS),
        "until they change it, or as the account",
    ),
    "person.street": Why(
        "the address, where they said *keep it*; it is copied into what they ask",
        OWN,
        "until they change it, or as the account",
    ),
    "person.bell": Why("the name on the bell, with the address", OWN, "as the address"),
    "request.text": Why("what is asked", CONTENTS, CLOSED),
    "request.media_id": Why(
        "a reference to a photo or voice message, which Telegram keeps",
        TO_HELP,
        f"{CLOSED}; from the chats of others within {days(SHOWN)}",
    ),
    "request.address": Why("where help is wanted", CONTENTS, f"{CLOSED}; gone from the chats at the end"),
    "request.bell": Why("the name on the bell there", CONTENTS, "as the address"),
    "request.location": Why(
        "a place on the map",
        (Reader.HELPER,),
        f"as the address; from the chat within {days(SHOWN)} after it was shown",
    ),
    "request.phone": Why("a number, only where the resident says so", CONTENTS, "as the address"),
    "request.for_name": Why("the first name of who is helped, where that is somebody else", CONTENTS, CLOSED),
    "request.for_relation": Why("what who asks is to them", TO_HELP, CLOSED),
    "call.words": Why(
        "what a helper wrote for somebody without Telegram, to be told by telephone",
        OFFICE,
        f"until it was told; {CLOSED} at most",
    ),
    "form.answers": Why(
        "the answers of a dialogue that is not finished", OWN, f"{days(DIALOGUE)} after the last answer, at most"
    ),
    "form.history": Why("earlier answers, for *back*", OWN, "as the answers"),
    "form.below": Why("the dialogue that waits below it", OWN, "as the answers"),
    "letter.chat_id": Why(
        "the chat that a message goes to",
        NOBODY,
        f"{days(LETTERS)} after it was sent; longer only while an address stands in that chat",
    ),
    "letter.chat_key": Why("its fingerprint", NOBODY, "as the chat"),
    "letter.body": Why(
        "the words of a message that was not sent yet; that an operator read them is written down",
        (Reader.OPERATOR,),
        f"until it was sent; {days(DEAD)} where it could not be",
    ),
    "letter.keys": Why(
        "the buttons below a message, in its language: for who types them, and so that it stays in it",
        NOBODY,
        days(TYPED),
    ),
    "dead_update.raw": Why("a message that the bot could not handle; no command shows it", NOBODY, days(DEAD)),
    "invitation.secret": Why(
        "the fingerprint of a link that makes a coordinator", NOBODY, f"{days(DEAD)} after it was over"
    ),
    "pin.secret": Why(
        "a slow, salted hash of the PIN of a coordinator, from which nobody reads the digits",
        NOBODY,
        "as long as they coordinate",
    ),
    "relink.secret": Why("the fingerprint of a link that moves an account", NOBODY, "until it was used, or is over"),
}
# Tables that point to people, and hold nothing in which they could be recognised without the sealed columns.
ABOUT_PEOPLE = {
    "asked": Why(
        "which volunteers were asked for what, to be fair and to be able to say why", OFFICE, "as long as the database"
    ),
    "call": Why("who wrote what is to be told by telephone", OFFICE, days(LETTERS)),
    "coordinator": Why("who answers for which area", (Reader.COORDINATORS, Reader.OPERATOR), "until they leave"),
    "event": Why(
        "what happened when, by whom: the history of a question, and what coordinators and the operator did",
        OFFICE,
        f"{days(HISTORY)}; until then the database lets nobody change it",
    ),
    "form": Why("in which dialogue somebody is", NOBODY, "as its answers"),
    "invitation": Why("which coordinator made a link that makes another one", NOBODY, "as its secret"),
    "letter": Why("that a message went, or could not, and when", (Reader.OPERATOR,), days(LETTERS)),
    "pin": Why(
        "how often it was entered wrongly, and until when it is not asked again", NOBODY, "as long as they coordinate"
    ),
    "relink": Why("for whom a link was made", NOBODY, "as its secret"),
    "request": Why(
        "kind of help, when, where roughly, how it ended",
        (Reader.SELF, Reader.HELPER, Reader.ASKED, Reader.COORDINATORS),
        "as long as the database",
    ),
    "volunteer": Why(
        "what a volunteer likes to do, when and where; which information note they read, and when, as the law asks",
        (Reader.SELF, Reader.COORDINATORS),
        "as long as the account; the choices go at once",
    ),
}
HEAD = """# What is stored about people

Written from the models by `python -m models.stored`; do not edit. The columns are those of the database, the periods
those that the bot keeps (`models/retention.py`), the reasons stand in `models/stored.py`. A column without a reason
fails a test; so does one of the first table that somebody else reads on a screen than it says.

Everything that says who somebody is, or what they wrote, is *sealed*: AES-GCM, with a key that is kept apart from the
database and from every copy of it. A *fingerprint* is made with that key too: it finds a row again, and tells nothing
by itself.

Why it is stored at all: the centre organises help between neighbours, which is its public task. Nobody is asked for
more than the help needs. Beside this page: [a draft of the impact assessment](dpia.md) for a centre that starts, and
[what an attacker gets](attacker.md) from each thing that can be taken.

## Sealed

| where | what it is, and why | who sees it | how long |
|---|---|---|---|
"""
OPEN = """
## About people, but without content

Numbers and kinds only. Who was erased is a number without a name in them, so that the figures stay true.

| where | what it is, and why | who sees it | how long |
|---|---|---|---|
"""
CLEAR = """
## What can be read in the file without the key

Who takes the database without the key reads this, and nothing else.

| table | columns |
|---|---|
"""
TAIL = f"""
## When it goes

- **At once**, with `/wissen`: all that is sealed about the person. In SQLite its bytes are overwritten in the file
  and the log is emptied; in PostgreSQL they lie in dead rows until the next *vacuum*, and in the server's own log
  until that is reused. Their questions stop, their tasks find somebody else, what waited to be sent is not sent.
- **{days(CONTENT)} after the end** of a question: its words, photos and places. At the end itself, addresses leave
  the chats that the bot can still change. Photos, voice messages and places are deleted from the chat of who helps
  {days(SHOWN)} after they were shown, at the latest.
- **{UNUSED.days} days after the last use**: the account. {days(TO_ANSWER)} before, the person is asked.
- **{days(COPIES)} at most**: copies of the database. After an older one was put back, whoever had themselves erased
  since must be erased again.
- **{days(SEEN)}**: that an update was handled, so that it has no second effect. **{days(FILE_STAYS)}**, and until
  somebody looks: the file of `/mijngegevens` in the chat.

People see all of it with `/mijngegevens`, to read and as a file, and change it with `/verbeter`. `/stop` also stops
all messages.

What the bot cannot take back: what others read or wrote down, and what Telegram keeps. Bots have no secret chats;
Telegram can technically read along. Logs hold numbers and kinds, never names or words.
"""


def sealed() -> list[str]:
    """Every column that cannot be read without the key, or is made with it."""
    tables = sorted(Base.metadata.sorted_tables, key=lambda each: each.name)
    return [str(each) for table in tables for each in table.columns if _is_sealed(each.type)]


def about_people() -> list[str]:
    """Every table that points to a person."""
    tables = Base.metadata.sorted_tables
    return [each.name for each in tables if any(key.column.table.name == "person" for key in each.foreign_keys)]


def _is_sealed(kind: object) -> bool:
    return isinstance(kind, Sealed | SealedJSON | Digest)


def _line(name: str, why: Why | None) -> str:
    if why is None:
        raise LookupError(f"{name} has no reason in models/stored.py")
    return f"| `{name}` | {why.what} | {why.who} | {why.how_long} |"


def _clear() -> list[str]:
    lines = []
    for table in sorted(Base.metadata.sorted_tables, key=lambda each: each.name):
        names = [f"`{each.name}`" for each in table.columns if not _is_sealed(each.type)]
        lines.append(f"| `{table.name}` | {', '.join(names)} |")
    return lines


def render() -> str:
    """The whole page. Raises `LookupError` where a column has no reason."""
    parts = (
        (HEAD, [_line(each, SEALED.get(each)) for each in sealed()]),
        (OPEN, [_line(each, ABOUT_PEOPLE.get(each)) for each in sorted(about_people())]),
        (CLEAR, _clear()),
    )
    return "".join(head + "".join(f"{line}\n" for line in lines) for head, lines in parts) + TAIL


def main(target: Path = TARGET) -> None:
    """Write it."""
    target.write_text(render(), encoding="utf-8")
    sys.stdout.write(f"{len(sealed())} sealed columns\n")


if __name__ == "__main__":
    main()
