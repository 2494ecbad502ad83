"""A process that has loaded everything, and forks a bot for each line it reads: real processes, without the imports.

To load the bot takes two seconds of processor time; a thousand lives would take half an hour for that alone.
Each line of the input is JSON: `{"point", "nth", "env", "log"}`. It answers with the number of the process, and then
with how that ended: the signal as a negative number, or the exit code.
"""

import importlib
import json
import os
import pkgutil
import sys
from contextlib import redirect_stdout, suppress
from io import StringIO
from typing import Any

import handlers
from bot import settings  # noqa: F401 – `buren run` would load it by itself, like the next line
from bot.__main__ import main
from bot.commands import running, storage  # noqa: F401 – likewise
from bot.i18n import languages, translator
from models import migrations
from tests.proofs.killing import points


def live(asked: dict[str, Any]) -> None:
    """`buren run` in this process, until something ends it."""
    os.environ.update(asked["env"])
    log = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    points.arm(asked["point"], asked["nth"])
    main(["run"])


def load() -> None:
    """Whatever takes long and is the same in every life."""
    for module in pkgutil.walk_packages(handlers.__path__, "handlers."):
        importlib.import_module(module.name)
    for language in languages():
        translator(language)
    migrations.head()
    with redirect_stdout(StringIO()), suppress(SystemExit):
        main(["run", "--help"])


def serve() -> None:
    """Until the input ends."""
    load()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                live(json.loads(line))
            finally:
                os._exit(1)
        answer(pid)
        _, status = os.waitpid(pid, 0)
        answer(os.waitstatus_to_exitcode(status))


def answer(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
