"""`python -m bot.commands.child MODULE …`: runs `python -m MODULE …`, which ends when whoever started it has ended.

The starter holds the other end of the standard input: however it ends, also by kill -9, reading here comes to an end.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading

PATIENCE = 10  # seconds for a clean stop


def _end_with_the_starter() -> None:
    # Not through sys.stdin: a thread that waits in there would disturb the end of the interpreter.
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(PATIENCE)
    os._exit(1)  # pragma: no cover – only where a clean stop hangs


def main() -> None:
    """Run the module."""
    module, *arguments = sys.argv[1:]
    threading.Thread(target=_end_with_the_starter, daemon=True).start()
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
