"""`python -m simulator`: the local Telegram on its own."""

import argparse
import asyncio
import signal
import sys

from simulator.errors import PeopleError
from simulator.server import TOKEN, Simulator
from simulator.store import InUseError


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m simulator", description="Bot API and telephones.")
    parser.add_argument("--data", help="folder for everything that must survive; without it, memory only")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081, help="0 takes a free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--username", default="buren_demo_bot")
    parser.add_argument("--name", default="Demo bot")
    parser.add_argument("--no-limits", action="store_true", help="never answer 429")
    return parser


async def serve(options: argparse.Namespace) -> None:
    """Run until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    simulator = Simulator(
        data=options.data,
        host=options.host,
        port=options.port,
        token=options.token,
        username=options.username,
        name=options.name,
        limits=not options.no_limits,
    )
    async with simulator:
        sys.stdout.write(f"{simulator.url}\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> int:
    """Exit code 2 when it cannot start."""
    options = arguments().parse_args()
    if not options.token.split(":")[0].isdecimal() or ":" not in options.token:
        sys.stderr.write("A token looks like 110201543:letters-and-digits.\n")
        return 2
    try:
        asyncio.run(serve(options))
    except (InUseError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except PeopleError as error:
        sys.stderr.write(f"{error.sentence}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
