"""Days and hours as people say them: "morgen om 14u", "mardi prochain", "half past two", "übermorgen früh".

`read` understands an answer to "when", `find` a moment inside a sentence. Nothing is guessed: what can mean two days is
`AMBIGUOUS` with both, and what is past or cannot be says so.
"""

from models.spoken.reading import Found, Kind, Reading
from models.spoken.understanding import find, read

__all__ = ["Found", "Kind", "Reading", "find", "read"]
