"""The key ring that seals personal data: AES-GCM, a new key in front, older ones still open what they sealed."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
RETIRED = re.compile(r"retired:(?P<since>\d{4}-\d{2}-\d{2}):(?P<key>\S+)")
NAME_BYTES = 4  # which key sealed this: the first bytes of the key's digest


def new_key() -> str:
    """Make a key, as text for `BUREN_KEY` or a key file."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


class KeyRing:
    """Keys as text, the newest first, separated by white space. Raises `ValueError` (never with the key in it).

    `retired:2026-11-23:KEY` only opens what older backups hold.
    """

    def __init__(self, text: str) -> None:
        words = text.split()
        retired = [_decode(named["key"]) for word in words if (named := RETIRED.fullmatch(word))]
        current = [_decode(word) for word in words if not RETIRED.fullmatch(word)]
        if not current:
            raise ValueError("there is no key")
        keys = current + retired
        self._ciphers = {hashlib.sha256(key).digest()[:NAME_BYTES]: AESGCM(key) for key in keys}
        self._newest, self._cipher = next(iter(self._ciphers.items()))
        # Look-ups must go on finding what was stored under an earlier key: they use the oldest that is not retired.
        self._lookup = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"lookup").derive(current[-1])

    def seal(self, plain: bytes) -> bytes:
        """Return the key's name, a nonce and the sealed text."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return self._newest + nonce + self._cipher.encrypt(nonce, plain, None)

    def unseal(self, sealed: bytes) -> bytes:
        """Open what one of the keys sealed; `ValueError` where none fits or a byte was changed."""
        cipher = self._ciphers.get(sealed[:NAME_BYTES])
        if cipher is None:
            raise ValueError("sealed with a key that is not on the ring")
        try:
            return cipher.decrypt(
                sealed[NAME_BYTES : NAME_BYTES + NONCE_BYTES], sealed[NAME_BYTES + NONCE_BYTES :], None
            )
        except InvalidTag:
            raise ValueError("sealed data was changed") from None

    def digest(self, plain: str) -> str:
        """A keyed fingerprint to look up what is sealed."""
        return hmac.digest(self._lookup, plain.encode("utf-8", "surrogatepass"), "sha256").hex()

    def __repr__(self) -> str:
        """Say how many keys, never which."""
        return f"<KeyRing of {len(self._ciphers)}>"


def _decode(word: str) -> bytes:
    try:
        key = base64.b64decode(word, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError("a key must be 32 bytes in URL-safe base64, as `buren key` prints it")
    return key
