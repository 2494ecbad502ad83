"""What the commands of `buren` do, one module a command; `bot/__main__.py` lists them."""


class CannotError(Exception):
    """A command cannot do what it was asked; the text is one line: why, and what to do. `code` is for the shell."""

    def __init__(self, line: str, code: int = 1) -> None:
        super().__init__(line)
        self.code = code
