"""The PIN of a coordinator: asked again before what could do most harm from a telephone that lies around."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.columns import Sealed

if TYPE_CHECKING:
    from models.person import Person

DIGITS = 6  # not four: then it cannot be the one of a bank card
TRIES = 5
LOCKED = timedelta(minutes=15)
OPEN = timedelta(minutes=15)
COST = {"n": 2**14, "r": 8, "p": 1}  # 16 MB and some 50 ms
LINES = ("01234567890", "09876543210")


class Pin(Base):
    """One row a person. `secret` is `salt:hash`, sealed besides; nobody can read which digits they are."""

    __tablename__ = "pin"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    secret: Mapped[str] = mapped_column(Sealed)
    tries: Mapped[int] = mapped_column(default=0)  # wrong ones since the last right one
    locked_until: Mapped[datetime | None]
    open_until: Mapped[datetime | None]  # so long it is not asked again

    person: Mapped[Person] = relationship(back_populates="pin")

    @classmethod
    def of_hash(cls, secret: str, at: datetime) -> Self:
        """A new one, which was just entered; `secret` as `hashed` makes it."""
        return cls(secret=secret, tries=0, open_until=at + OPEN)

    def is_open(self, at: datetime) -> bool:
        """Whether it was entered a moment ago."""
        return self.open_until is not None and at < self.open_until and not self.is_locked(at)

    def is_locked(self, at: datetime) -> bool:
        """Whether there were too many wrong ones a moment ago."""
        return self.locked_until is not None and at < self.locked_until

    def enter(self, digits: str, at: datetime) -> bool:
        """Whether these are the digits; the fifth wrong ones lock it for a while, in which none are tried."""
        if self.is_locked(at):
            return False
        if fits(digits, self.secret):
            self.tries, self.locked_until, self.open_until = 0, None, at + OPEN
            return True
        self.tries += 1
        if self.tries >= TRIES:
            self.tries, self.locked_until, self.open_until = 0, at + LOCKED, None
        return False


def hashed(digits: str) -> str:
    """`salt:hash`; slow, so that few can be tried."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}:{_slowly(digits, salt)}"


def fits(digits: str, secret: str) -> bool:
    """Whether `secret` was made of these digits."""
    salt, _, known = secret.partition(":")
    return hmac.compare_digest(_slowly(digits, bytes.fromhex(salt)), known)


def is_easy(digits: str) -> bool:
    """Whether it is among the first that somebody would try: `111111`, `123456`, `123123`."""
    half = len(digits) // 2
    return len(set(digits)) == 1 or any(digits in line for line in LINES) or digits[:half] == digits[half:]


def _slowly(digits: str, salt: bytes) -> str:
    return hashlib.scrypt(digits.encode(), salt=salt, n=COST["n"], r=COST["r"], p=COST["p"], dklen=32).hex()
