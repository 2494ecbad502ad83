"""A question with several answers: each tap adds or takes away one, *done* goes on."""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from bot.forms import Again, Step
from bot.legible import number, plain
from bot.screen import Choice, Screen, row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.given import Given
    from bot.screen import Button, Link, Row
    from bot.turn import Turn
    from models.form import Answers

DONE, ALL, MORE, SEVERAL, ONLY = "done", "all", "more", "several:", "only:"
_ONLY = re.compile(r"(alleen|enkel|slechts|seulement|uniquement|que|nur|only|just)\b\s*(maar\b\s*)?", re.IGNORECASE)
ONWARD = re.compile(  # typed in place of the button that goes on, whatever the language of the app
    r"""(ik\s+ben\s+|(het|dat|'t)\s+is\s+)?klaar | (ga\s+)?(maar\s+)?verder | (de\s+)?volgende | doorgaan
    | (dat\s+)?(is|was)\s+(alles|het|genoeg) | genoeg
    | (c'est\s+)?(fini|termine) | c'est\s+(tout|bon|assez) | suite | (au\s+)?suivant\w* | continue[rz]?
    | (ich\s+bin\s+)?fertig | (bitte\s+)?weiter | das\s+(ist|war)\s+(alles|es|genug)
    | (i'm\s+|i\s+am\s+)?(done|finished|ready) | next | go\s+on | continue | that's\s+(all|it)
    | ok | oke | okay | ja | oui | yes""",
    re.VERBOSE,
)
# "Alles behalve de tuin" names what is not meant, and so does "ik ben bang van honden".
_NOT = re.compile(
    r"""\b(
      geen | niets? | niks | nooit | behalve | zonder | buiten | uitgezonderd | uitgenomen | minder | weinig
    | moeilijk\w* | bang | haat | hekel | allergi\w* | liever | ver
    | ne | pas | plus | sauf | sans | jamais | hormis | excepte | a\s+part | aucune? | plutot | deteste | peur
    | difficile | loin
    | kein\w* | nicht | nie | ausser | ohne | bis\s+auf | lieber | hasse | angst | schwer | weit
    | not? | never | except | without | \w+n't | but | apart | hate | afraid | rather | difficult | far
    )\b""",
    re.VERBOSE,
)
_AND = re.compile(r"\s*(?:[,;+&]|\b(?:en|et|und|and)\b)\s*", re.IGNORECASE)
PAGE = 12  # toggles on one screen
SHORT = 16  # a longer label gets a row of its own, for the tick comes before it


class Toggles(Step):
    """Leaves the chosen values as a list in `answers[name]`; what is ticked so far stands in `answers["picked_…"]`."""

    name: ClassVar[str]
    everything: ClassVar[re.Pattern[str]]  # typed in place of the button that chooses all

    @abstractmethod
    def question(self, turn: Turn) -> str:
        """The sentence above the buttons."""

    @abstractmethod
    def options(self, turn: Turn) -> Mapping[str, str]:
        """Each value with its label, in order; values without `:`, at most 24 bytes."""

    def show(self, turn: Turn, answers: Answers) -> Screen:
        """All options, with the chosen ones in words too: a tick alone is not seen by everybody."""
        options, picked = self.options(turn), self.picked(answers)
        names = [label for value, label in options.items() if value in picked]
        chosen = turn.t("Chosen: {names}.", names=", ".join(names)) if names else turn.t("Nothing chosen yet.")
        pages = [list(options)[at : at + PAGE] for at in range(0, len(options), PAGE)]
        shown = pages[answers.get(self._page, 0) % len(pages)] if pages else []
        choices = [Choice(f"✓ {options[each]}" if each in picked else options[each], each) for each in shown]
        more = [row(Choice(turn.t("Show more"), MORE))] if len(pages) > 1 else []
        everything = [] if len(names) == len(options) else [Choice(turn.t("Choose all"), ALL)]
        last = [*everything, Choice(turn.t("Done"), DONE)]
        return Screen.of(f"{self.question(turn)}\n\n{chosen}", *packed(choices), *more, row(*last))

    def named(self, turn: Turn, words: str) -> Sequence[str]:
        """The options that these words mean, though they are no label: none, where a question does not know more."""
        return ()

    def meant(self, turn: Turn, text: str) -> str | None:
        """Several labels or numbers at once, or what they mean: "boodschappen en met iemand gaan wandelen", "1, 3"."""
        words = plain(text.replace("’", "'"))
        if self.everything.fullmatch(words):
            return ALL
        if "?" in text or _NOT.search(words):
            return None
        if ONWARD.fullmatch(words):
            return DONE
        only = _ONLY.match(text.strip())
        parts = [part for part in _AND.split(text.strip()[only.end() :] if only else text) if plain(part)]
        named = [self._named(turn, part, several=len(parts) > 1) for part in parts]
        how = ONLY if only else SEVERAL
        return f"{how}{','.join(value for each in named for value in each)}" if named and all(named) else None

    def _named(self, turn: Turn, part: str, *, several: bool) -> Sequence[str]:
        options, at = self.options(turn), number(part)
        labelled = [value for value, label in options.items() if plain(label) == plain(part)]
        if several and 0 < at <= len(options) <= PAGE:
            labelled = [list(options)[at - 1]]
        return labelled or self.named(turn, part)

    def take(self, turn: Turn, answers: Answers, given: Given) -> None:
        """One more, one less, everything, or done."""
        options, picked = self.options(turn), self.picked(answers)
        if given.choice == DONE:
            chosen = [value for value in options if value in picked]
            if not chosen:
                raise Again(turn.t("Please choose at least one."))
            answers[self.name] = chosen
        elif given.choice == ALL:
            answers[self.key(self.name)] = list(options)
        elif given.choice == MORE:
            answers[self._page] = answers.get(self._page, 0) + 1
        elif (given.choice or "").startswith((SEVERAL, ONLY)):
            how, _, values = (given.choice or "").partition(":")
            kept = set(picked) if f"{how}:" == SEVERAL else set()
            answers[self.key(self.name)] = sorted({*values.split(",")} & set(options) | kept)
        elif given.choice in options:
            answers[self.key(self.name)] = sorted({given.choice} ^ set(picked))

    def picked(self, answers: Answers) -> list[str]:
        """What is ticked so far."""
        return [str(value) for value in answers.get(self.key(self.name), [])]

    def words(self, turn: Turn, answers: Answers) -> str:
        """The chosen labels, for a summary."""
        options = self.options(turn)
        return ", ".join(options[value] for value in answers[self.name] if value in options)

    @classmethod
    def ticked(cls, values: Iterable[object]) -> Answers:
        """The answers of somebody who chose `values` before."""
        known = [str(value) for value in values]
        return {cls.name: known, cls.key(cls.name): known}

    @staticmethod
    def key(name: str) -> str:
        """Where the ticks of the question `name` stand."""
        return f"picked_{name}"

    @property
    def _page(self) -> str:
        return f"page_{self.name}"


def packed(choices: Sequence[Choice]) -> list[Row]:
    """In order, two in a row where both labels are short enough to be read in half the width."""
    rows: list[Row] = []
    for choice in choices:
        if rows and len(rows[-1]) == 1 and _short(choice) and _short(rows[-1][0]):
            rows[-1] = row(*rows[-1], choice)
        else:
            rows.append(row(choice))
    return rows


def _short(button: Button | Choice | Link) -> bool:
    return len(button.label.removeprefix("✓ ")) <= SHORT
