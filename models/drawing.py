"""`python -m models.drawing`: draws docs/states.md from the table of transitions."""

import sys
from pathlib import Path

from models.lifecycle import TRANSITIONS, Action, State

TARGET = Path(__file__).parent.parent / "docs" / "states.md"
WHO = {
    Action.OFFER: "volunteer",
    Action.ACCEPT: "volunteer",
    Action.AGREE: "resident",
    Action.PREFER_OTHER: "resident",
    Action.HAND_BACK: "helper",
    Action.PROPOSE: "helper",
    Action.CONFIRM: "resident",
    Action.REFUSE_TIME: "resident",
    Action.CHANGE: "resident",
    Action.REPORT: "both",
    Action.FINISH: "both",
    Action.ASSIGN: "coordinator",
    Action.SUGGEST: "coordinator",
    Action.PUT_BACK: "coordinator",
    Action.CANCEL: "resident",
    Action.CLOSE: "coordinator",
    Action.LAPSE: "clock",
}
MEANS = {
    Action.OFFER: "*I help*, where the resident first wants to know who",
    Action.ACCEPT: "*I help*, where the first volunteer is fine",
    Action.AGREE: "*Good*",
    Action.PREFER_OTHER: "*Rather somebody else*, without a reason",
    Action.HAND_BACK: "*I cannot come any more*",
    Action.PROPOSE: "proposes a day and an hour",
    Action.CONFIRM: "that hour suits",
    Action.REFUSE_TIME: "that hour does not suit",
    Action.CHANGE: "changes the moment, the place, the text or the number",
    Action.REPORT: "says how it went",
    Action.FINISH: "both said the same, and not that nobody came",
    Action.ASSIGN: "found somebody",
    Action.SUGGEST: "found somebody, and the resident first wants to know who",
    Action.PUT_BACK: "takes the task from whoever helps",
    Action.CANCEL: "does not need it any more",
    Action.CLOSE: "ends it with an outcome",
    Action.LAPSE: "the moment has come and nobody was found",
}
HEAD = """# The life of a request

Drawn from `TRANSITIONS` in `models/lifecycle.py` by `python -m models.drawing`; do not edit. What is not
drawn cannot happen: whoever tries reads kindly how it stands.

"""


def _drawing() -> list[str]:
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> open: sent"]
    for source in State:
        for target in State:
            actions = [action for (state, action), to in TRANSITIONS.items() if (state, to) == (source, target)]
            if actions:
                lines.append(f"    {source} --> {target}: {', '.join(action.replace('_', ' ') for action in actions)}")
    return [*lines, "    ended --> [*]", "```", ""]


def _table() -> list[str]:
    lines = [f"| step | who | what | {' | '.join(State)} |", f"|---|---|---|{'---|' * len(State)}"]
    for action in Action:
        to = [TRANSITIONS.get((state, action)) for state in State]
        cells = " | ".join("" if target is None else f"→ {target}" for target in to)
        lines.append(f"| {action.replace('_', ' ')} | {WHO[action]} | {MEANS[action]} | {cells} |")
    return [*lines, ""]


def render() -> str:
    """The whole page."""
    return HEAD + "\n".join([*_drawing(), *_table()])


def main(target: Path = TARGET) -> None:
    """Write it."""
    target.write_text(render(), encoding="utf-8")
    sys.stdout.write(f"{len(TRANSITIONS)} transitions\n")


if __name__ == "__main__":
    main()
