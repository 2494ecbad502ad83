"""`python -m simulator.table`: writes docs/simulator-methods.md from the methods themselves."""

import sys
from pathlib import Path

from simulator.methods import METHODS

TARGET = Path(__file__).parent.parent / "docs" / "simulator-methods.md"
HEAD = """# Methods of the simulator

Made from the code by `python -m simulator.table`; do not edit. Any other method answers 404, any other field 400.
**Bold** fields are required; fields in (brackets) are accepted and change nothing.

| method | fields | what to know |
|---|---|---|
"""


def render() -> str:
    """The whole page."""
    rows = []
    for method in METHODS.values():
        marked = {True: "**`{}`**", False: "`{}`"}
        fields = [
            marked[field.required].format(name) if field.effect else f"(`{name}`)"
            for name, field in method.fields.items()
        ]
        rows.append(f"| {method.name} | {', '.join(fields) or '–'} | {method.note} |\n")
    return HEAD + "".join(sorted(rows))


def main(target: Path = TARGET) -> None:
    """Write it."""
    target.write_text(render(), encoding="utf-8")
    sys.stdout.write(f"{len(METHODS)} methods\n")


if __name__ == "__main__":
    main()
