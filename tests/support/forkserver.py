"""A process that has loaded the product, and forks one that runs for each that is asked for: see `processes`.

To load it takes more than a second of processor time, for each of a hundred processes that tests start. The children
are processes like others: with signals, files, an environment and an end of their own.
"""

from tests.support import watching  # isort: skip – before anything that is watched

import atexit
import importlib
import json
import os
import pkgutil
import signal
import socket
import sys
from contextlib import redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

import bot
import handlers
from bot.__main__ import main as command_line
from bot.i18n import languages, translator
from models import migrations

NOT_AHEAD = ("bot.commands.child",)  # it is for what the demo starts, which are programs of their own


class Child(Exception):  # noqa: N818 – not an error: who is forked leaves the loop with it
    """This process is a new one."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self.asked = asked


class ForkServer:
    """Forks for whoever asks on the connection, until it is closed."""

    def __init__(self, connection: socket.socket, folder: Path) -> None:
        self._connection, self._folder = connection, folder
        self._children: dict[int, socket.socket] = {}
        self._woken, self._wakes = socket.socketpair()
        self._woken.setblocking(False)
        self._wakes.setblocking(False)

    def serve(self) -> None:
        """Until nobody is there who could ask. Raises Child in each process that it forks."""
        from selectors import EVENT_READ, DefaultSelector  # noqa: PLC0415 – the children need none

        signal.set_wakeup_fd(self._wakes.fileno())
        signal.signal(signal.SIGCHLD, lambda *_: None)
        with DefaultSelector() as selector:
            for each in (self._connection, self._woken):
                selector.register(each, EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is self._woken:
                        self._reap()
                    elif not self._fork():
                        return

    def _fork(self) -> bool:
        asked, handed, *_ = socket.recv_fds(self._connection, 1 << 20, 4)
        if not asked:
            return False
        *streams, told = handed
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for other in (self._connection, self._woken, self._wakes, *self._children.values()):
                other.close()
            for number, stream in enumerate(streams):
                os.dup2(stream, number)
            for each in handed:
                os.close(each)
            raise Child(json.loads(asked))
        for stream in streams:
            os.close(stream)
        self._children[pid] = socket.socket(fileno=told)
        self._tell(pid, pid)
        return True

    def _reap(self) -> None:
        with suppress(BlockingIOError):
            self._woken.recv(4096)
        with suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    return
                watching.add(self._folder / str(pid))
                self._tell(pid, os.waitstatus_to_exitcode(status))
                self._children.pop(pid).close()

    def _tell(self, pid: int, number: int) -> None:
        with suppress(OSError):  # who asked is gone
            self._children[pid].sendall(f"{number}\n".encode())


def run(asked: dict[str, Any], folder: Path) -> NoReturn:
    """What was asked for: `main(words)` of a module, as when it is a program."""
    os.environ.clear()
    os.environ.update(asked["env"])
    os.chdir(asked["cwd"])
    watching.forget()
    atexit.register(watching.keep, folder / str(os.getpid()))
    module, *words = asked["words"]
    sys.argv = [module, *words]
    importlib.import_module(module).main(words)
    sys.exit()


def load() -> None:
    """Whatever takes long and is the same in every process."""
    for package in (bot, handlers):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name not in NOT_AHEAD:
                importlib.import_module(module.name)
    for language in languages():
        translator(language)
    migrations.head()
    with redirect_stdout(StringIO()), suppress(SystemExit):
        command_line(["run", "--help"])


def main() -> None:
    """Serve on the inherited connection that is named."""
    load()
    # A child leaves this with its exit like any program, but for the folder, which is not its own.
    folder = TemporaryDirectory(prefix="forked-")
    asked = None
    try:
        ForkServer(socket.socket(fileno=int(sys.argv[1])), Path(folder.name)).serve()
    except Child as child:
        asked = child.asked
    if asked is not None:
        folder._finalizer.detach()  # type: ignore[attr-defined]  # or each child would remove it
        run(asked, Path(folder.name))
    watching.report()
    folder.cleanup()


if __name__ == "__main__":
    main()
