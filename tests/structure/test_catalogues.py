"""The sentences of the code, and their translations in `locales/`: complete, true to each other, and simple."""

import ast
import importlib
import pkgutil
import re
from dataclasses import dataclass, field
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

import handlers
from bot.i18n import SOURCE, languages, translator
from bot.profile import DESCRIPTION, NAME, SHORT
from bot.route import Command
from bot.routing import router
from tests.structure.tree import ROOT, files, python_files, read

CATALOGUES = [path for path in files() if path.parts[0] == "locales" and path.suffix == ".po"]
LANGUAGES = [path.stem for path in CATALOGUES]

WORDS = {"nl": 15}  # in a sentence
WORDS_ELSEWHERE = 20  # French and German need more words for the same
SENTENCES = 3
LABEL, HALF = 24, 18  # characters on a button of its own, and on one of two beside each other

PLACEHOLDER = re.compile(r"\{(\w*)\}")
BESIDE = {"row", "pairs"}  # what puts buttons beside each other
COMMAND = re.compile(r"(?<![\w/])/([a-z]+)")

# The same in another language, because it is the same there.
SAME = {
    "nl": {"{code}: {kind}", "{day}, {part}", "{label}: {fact}", "{number}. {kind}, {when} ({area})", "Week later"}
    | {"{title}, {area}", "{what}: {when}."}
    | {"{name}, via {asker}", "{name}, via {relation} {asker}"},
    "fr": {"101 – police", "Transport", "{day}, {part}", "{number}. {kind}, {when} ({area})", "{title}, {area}"},
    "de": {"{code}: {kind}", "{day}, {part}", "{label}: {fact}", "{number}. {kind}, {when} ({area})"}
    | {"{title}, {area}", "{what}: {when}."},
}
SAME_AS_DUTCH = {"de": {"Money", "Tomorrow", "tomorrow", "{who} did something: {kind}"}}

# How those begin that have more than three sentences, or more than one question; and why.
LONGER = {
    "Do you need a hand with something small?": "what Telegram shows before anybody begins",
    "We have an insurance": "a page of the information note, which the law asks for",
    "You visit people": "a page of the information note, which the law asks for",
}

# Labels that are longer, and why.
LONG_LABELS = {
    "Put me on the reserve list": "the words of the story, and alone in their row",
    "No, it is {street}": "as long as the street that somebody typed",
    "Nobody came": "“Personne n'est venu”: any shorter would say something else, and its letters are narrow",
}
# What stands on a button, as long as it usually is.
FACTS = {"name": "Annemie", "code": "K7RM", "number": "12", "moment": "27/11 16:30"}


# ── what the code says ──


@dataclass
class Code:
    """The sentences of the code, by their singular; with what each is given, and which stand on buttons."""

    plurals: dict[str, str | None] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)
    halves: set[str] = field(default_factory=set)
    unextracted: list[str] = field(default_factory=list)
    unfilled: list[str] = field(default_factory=list)


def called(node: ast.AST) -> str:
    """The last name of what is called."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "id", "") or getattr(node.func, "attr", "")


def words_in(node: ast.AST) -> list[str]:
    """The sentences that a label may show: `t("…")`, `t("…") if … else t("…")`."""
    calls = [each for each in ast.walk(node) if isinstance(each, ast.Call) and called(each) in {"t", "N_"}]
    arguments = [each.args[0] for each in calls if each.args]
    return [each.value for each in arguments if isinstance(each, ast.Constant) and isinstance(each.value, str)]


def look(source: str, code: Code, path: str = "") -> Code:
    """Add what one module says."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = called(node)
        if name in {"t", "self", "N_", "n"}:
            sentences = node.args[: 2 if name == "n" else 1]
            constants = [str(each.value) for each in sentences if isinstance(each, ast.Constant) and each.value]
            if any(isinstance(each, ast.JoinedStr | ast.BinOp) for each in sentences):
                code.unextracted.append(f"{path}:{node.lineno}")
            elif len(constants) == len(sentences):
                code.plurals[constants[0]] = constants[1] if name == "n" else code.plurals.get(constants[0])
                given = {each.arg for each in node.keywords} | ({"n"} if name == "n" else set())
                if name != "N_" and None not in given and set(PLACEHOLDER.findall(constants[-1])) - given:
                    code.unfilled.append(f"{path}:{node.lineno}")
        elif name in {"Button", "Choice", "Link"}:
            code.labels |= set(words_in(node.args[0]))
        elif name in BESIDE and (len(node.args) > 1 or isinstance(node.args[0], ast.Starred)):
            code.halves |= {words for each in node.args for words in words_in(each)}
    code.halves |= {words for each in ast.walk(tree) if isinstance(each, ast.FunctionDef) for words in listed(each)}
    return code


def listed(function: ast.FunctionDef) -> list[str]:
    """What is put in a list whose labels stand beside each other: `buttons.append(Button(t("…")))`, `row(*buttons)`."""
    nodes = list(ast.walk(function))
    spread = [each for node in nodes if isinstance(node, ast.Call) and called(node) in BESIDE for each in node.args]
    lists = {each.value.id for each in spread if isinstance(each, ast.Starred) and isinstance(each.value, ast.Name)}
    found = []
    for node in nodes if lists else ():
        if isinstance(node, ast.Assign | ast.AugAssign):
            named = node.targets if isinstance(node, ast.Assign) else [node.target]
        elif isinstance(node, ast.Call) and called(node) == "append" and isinstance(node.func, ast.Attribute):
            named = [node.func.value]
        else:
            continue
        if any(isinstance(each, ast.Name) and each.id in lists for each in named):
            found += words_in(node)
    return found


@cache
def the_code() -> Code:
    """What all modules say."""
    code = Code()
    for path in python_files("bot", "handlers", "models"):
        look(read(path), code, str(path))
    return code


def test_every_sentence_can_be_found_by_the_translators():
    assert the_code().plurals
    assert not the_code().unextracted, "a sentence that is put together is not extracted, in silence"
    assert look('turn.t(f"Hello {name}")\nt("a" + b)\nt.n(f"{n} a", "b", n)', Code()).unextracted == [":1", ":2", ":3"]


def test_every_sentence_is_given_the_facts_that_it_names():
    assert not the_code().unfilled
    assert look('t("{a} and {b}", a=1)\nt("{a}", **facts)\nt.n("{n} of {b}", "{n} of {b}", n)', Code()).unfilled == [
        ":1",
        ":3",
    ]


# ── the catalogues ──


@cache
def catalogue(language: str) -> Catalog:
    """The translations of one language."""
    with (ROOT / "locales" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def pairs_of(message: Message) -> list[tuple[str, str]]:
    """Each form of a message, with what it translates: the singular or the plural."""
    if isinstance(message.id, tuple):
        return [(message.id[min(at, 1)], words) for at, words in enumerate(message.string or ())]
    return [(str(message.id), str(message.string))]


def translations(language: str) -> list[tuple[str, str]]:
    """Every sentence of the code with its translation."""
    return [pair for message in catalogue(language) if message.id for pair in pairs_of(message)]


def test_the_languages_are_those_that_there_are_files_of():
    assert {"nl", "fr", "de"} <= set(LANGUAGES)
    assert set(languages()) == {*LANGUAGES, SOURCE}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_exactly_the_sentences_of_the_code(language):
    known = {
        message.id[0] if isinstance(message.id, tuple) else message.id: message.id[1]
        if isinstance(message.id, tuple)
        else None
        for message in catalogue(language)
        if message.id
    }
    assert known == the_code().plurals, "make messages brings new sentences into the catalogues"
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated(language):
    found = catalogue(language)
    plural = [message for message in found if isinstance(message.id, tuple)]
    assert plural
    assert not [message.id for message in plural if len(pairs_of(message)) != found.num_plurals]
    assert not [message.id for message in found if message.id and message.fuzzy]
    assert not [english for english, words in translations(language) if not words]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_english(language):
    same = {english for english, words in translations(language) if english == words}
    assert same == SAME[language]


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "nl"])
def test_nothing_is_left_in_dutch(language):
    dutch = dict(translations("nl"))
    same = {english for english, words in translations(language) if dutch[english] == words}
    assert same - SAME[language] == SAME_AS_DUTCH.get(language, set())


def unlike(english: str, words: str) -> list[str]:
    """How a translation differs from what it translates, where it must not."""
    found = []
    if set(PLACEHOLDER.findall(english)) != set(PLACEHOLDER.findall(words)) or "{" in PLACEHOLDER.sub("", words):
        found.append("placeholders")
    if sorted(re.findall(r"\d+", english)) != sorted(re.findall(r"\d+", words)):
        found.append("numbers")
    if english.count("\n") != words.count("\n") or re.search(r"^\s|\s$|  | \n", words):
        found.append("white space")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_facts_numbers_and_lines_of_its_source(language):
    assert not [(words, bad) for english, words in translations(language) if (bad := unlike(english, words))]


@pytest.mark.parametrize(
    ("english", "words", "bad"),
    [
        ("{name} helps", "{naam} helpt", ["placeholders"]),
        ("{name} helps", "{name helpt", ["placeholders"]),
        ("Call 112", "Bel 113", ["numbers"]),
        ("One\ntwo", "Een twee", ["white space"]),
        ("One", "Een ", ["white space"]),
        ("Say {word} at {n} o'clock.", "Um {n} Uhr sagen Sie {word}.", []),
    ],
)
def test_what_differs_would_be_noticed(english, words, bad):
    assert unlike(english, words) == bad


# ── simple words ──


def sentences(words: str) -> list[str]:
    """The sentences of a text; each line is one at least."""
    return [each for each in re.split(r"(?<=[.!?])\s+|\n+", words) if each]


def too_hard(words: str, limit: int) -> list[str]:
    """What makes a text hard to read."""
    parts = sentences(words)
    found = [each for each in parts if len([word for word in each.split() if re.search(r"\w", word)]) > limit]
    if len(parts) > SENTENCES:
        found.append(f"{len(parts)} sentences")
    if words.count("?") > 1:
        found.append(f"{words.count('?')} questions")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_has_short_sentences_few_of_them_and_one_question(language):
    limit = WORDS.get(language, WORDS_ELSEWHERE)
    assert not [
        (words, hard)
        for english, words in translations(language)
        if not english.startswith(tuple(LONGER)) and (hard := too_hard(words, limit))
    ]
    assert all(any(english.startswith(start) for english in the_code().plurals) for start in LONGER)


def test_what_is_hard_to_read_would_be_noticed():
    assert too_hard("Een " * 15 + "woord.", 15)
    assert too_hard("Dag. Dag. Dag. Dag.", 15) == ["4 sentences"]
    assert too_hard("Kom je? Of niet?", 15) == ["2 questions"]
    assert not too_hard("Kom je? Dat is fijn. Tot dan!", 15)


# ── one word for one thing ──

# What is called otherwise in the glossary of CONTRIBUTING.md; a word between braces is a fact, not a word.
OTHER_WORDS = {
    "nl": r"vragers?|helpers?|(info)?nota|hulpvrager|cliënt|dossier|matchen|klant|wachtwoord|\d+[u:]\d\d"
    r"|veiligheidskopie(ën)?|.*’.*",
    "fr": r"(l'|une? |des |les )aidante?s?|volontaires?|habitante?s?|résidente?s?|demandeu(r|se)s?"
    r"|client|dossier|mot (de passe|de code)|.*’.*",
    "de": r"Helfer(in)?|Ehrenamtliche[rn]?|helfende[nr]? Person|(Be|An)wohner(in)?|Codewort|Klient|Akte|\d+\.\d\d"
    r"|Sicherheitskopien?",
}


def other_words(language: str, words: str) -> list[str]:
    """The words in it that stand for a thing that is called otherwise here."""
    found = re.finditer(rf"(?<!\w)({OTHER_WORDS[language]})(?!\w)", PLACEHOLDER.sub("{}", words), re.IGNORECASE)
    return [each[0] for each in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_thing_has_one_name(language):
    assert not [(words, found) for _, words in translations(language) if (found := other_words(language, words))]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "Je helper komt"),
        ("nl", "De vrager weet het"),
        ("nl", "Typ het zo: 14u30"),
        ("nl", "Om 14:30 uur"),
        ("nl", "In veiligheidskopieën"),
        ("nl", "je foto’s"),
        ("fr", "L'habitant décide"),
        ("fr", "C’est bon"),
        ("de", "Der Bewohner entscheidet"),
        ("de", "Um 14.30 Uhr"),
        ("de", "In Sicherheitskopien"),
    ],
)
def test_another_name_would_be_noticed(language, words):
    assert other_words(language, words)
    assert not other_words("nl", "{helper} helpt, zegt de bewoner om 14.30 uur")


# ── buttons ──


def too_long(label: str, limit: int) -> bool:
    """Whether a label does not fit, with facts of usual length in it."""
    return len(PLACEHOLDER.sub(lambda found: FACTS[found[1]], label)) > limit


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_fit_on_buttons(language):
    code, words = the_code(), dict(translations(language))
    assert code.labels
    assert code.labels > code.halves
    assert code.labels > LONG_LABELS.keys()
    assert not [words[each] for each in code.labels - LONG_LABELS.keys() if too_long(words[each], LABEL)]
    assert not [words[each] for each in code.halves - LONG_LABELS.keys() if too_long(words[each], HALF)]


def test_a_label_that_does_not_fit_would_be_noticed():
    assert too_long("Ga verder met mijn vragen", LABEL)
    assert too_long("Schrijf naar {name}", HALF)
    assert not too_long("Ga verder met mijn vraag", LABEL)
    found = look('row(Button(t("A"), "a"), Button(t("B") if c else t("C"), "b"))\nrow(Choice(t("D"), 1))', Code())
    assert (found.labels, found.halves) == ({"A", "B", "C", "D"}, {"A", "B", "C"})
    body = 'a = [Button(t("A"), 1)]; a.append(Button(t("B"), 2)); b = [Button(t("C"), 3)]; row(*a); row(b)'
    assert look(f"def show(): {body}", Code()).halves == {"A", "B"}


# ── commands ──


@cache
def commands() -> list[Command]:
    """Everything that can be typed with a stroke."""
    for module in pkgutil.walk_packages(handlers.__path__, "handlers."):
        importlib.import_module(module.name)
    return router.commands


def test_commands_have_names_that_telegram_takes_and_each_name_means_one_thing():
    meant: dict[str, str] = {}
    for each in commands():
        for name in set(each.names.values()):
            assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
            assert name not in meant, f"/{name} means two things"
            meant[name] = each.route.name
        assert set(each.names) == set(languages())


@pytest.mark.parametrize("language", languages())
def test_the_menu_says_in_each_language_what_a_command_does(language):
    menu = router.menu(language) if commands() else []
    assert menu
    assert not [each for each in menu if not 3 <= len(each["description"]) <= 256]


@pytest.mark.parametrize("language", languages())
def test_what_telegram_shows_before_anybody_begins_is_not_longer_than_it_takes(language):
    t = translator(language)
    assert 0 < len(NAME) <= 64
    assert 0 < len(t(SHORT)) <= 120
    assert 0 < len(t(DESCRIPTION)) <= 512


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_names_commands_by_their_name_in_its_language(language):
    named = {name: each.name(language) for each in commands() for name in each.names.values()}
    assert any(COMMAND.search(english) for english, _ in translations(language))
    for english, words in translations(language):
        assert [named[name] for name in COMMAND.findall(english)] == COMMAND.findall(words)


@pytest.mark.parametrize(
    ("name", "answer", "other"),
    [
        ("Omer", "J'attends encore la réponse d'Omer.", "quelqu'un d'autre qu'Omer"),
        ("Émilie", "J'attends encore la réponse d'Émilie.", "quelqu'un d'autre qu'Émilie"),
        ("Rosa", "J'attends encore la réponse de Rosa.", "quelqu'un d'autre que Rosa"),
        ("{who}", "J'attends encore la réponse de {who}.", "quelqu'un d'autre que {who}"),
    ],
)
def test_in_french_the_word_before_a_name_is_said_as_it_sounds(name, answer, other):
    t = translator("fr")
    assert t("I am waiting for the answer of {name}.", name=name) == answer
    assert other in t("Shall I look for somebody else than {name}? You need not say why.", name=name)
