"""Words that say that help is for somebody else: "voor mijn moeder", "pour ma voisine Maria"."""

from __future__ import annotations

import re
from typing import NamedTuple

from models.helped import Relation

# Who is helped, and what who asks is to them; None: a daughter or a son, or that is not clear.
_PEOPLE: dict[str, Relation | None] = {
    r"moeder|mama|moeke|ma|vader|papa|vake|pa|schoon(?:moeder|vader|ouders)|ouders": None,
    r"oma|opa|bomma|bompa|groot(?:moeder|vader)|tante|nonkel|oom|zus|broer|nicht|neef": None,
    r"mère|maman|père|papa|parents|belle-mère|beau-père|grand-(?:mère|père)|tante|oncle|sœur|soeur|frère": None,
    r"mutter|mama|vater|papa|eltern|schwieger(?:mutter|vater|eltern)|oma|opa|tante|onkel|schwester|bruder": None,
    r"mother|mum|mom|father|dad|parents|mother-in-law|father-in-law|grand(?:mother|father)|gran|aunt|uncle": None,
    r"sister|brother": None,
    r"man|vrouw|partner|echtgenoot|echtgenote|mari|femme|époux|épouse|compagnon|compagne": Relation.PARTNER,
    r"ehe(?:mann|frau)|frau|mann|partnerin|husband|wife|spouse": Relation.PARTNER,
    r"zoon|dochter|kind|fils|fille|enfant|sohn|tochter|son|daughter|child": Relation.PARENT,
    r"buur|buurman|buurvrouw|overbuur|voisin|voisine|nachbar|nachbarn|nachbarin|neighbour|neighbor": Relation.NEIGHBOUR,
    r"vriend|vriendin|ami|amie|freund|freundin|friend": Relation.FRIEND,
    r"pati[eë]nte?|patiente?|patientin|patienten|patient": Relation.CARER,
}
_MY = {
    "nl": r"(?:voor|namens)\s+(?:mijn|m['’]n|onze|ons)",
    "fr": r"pour\s+(?:ma|mon|mes|notre)",
    "de": r"für\s+(?:meine[nr]?|mein|unsere[nr]?|unser)",
    "en": r"(?:on behalf of|for)\s+(?:my|our)",
}
# Or they are who needs something.
_NEEDS = (
    r"zoekt|heeft|wil|wou|zou|wenst|vraagt|moet|kan|kunnen|willen|zoeken|hebben|moeten|zouden"
    r"|cherche|a besoin|voudrait|veut|aimerait|souhaite|demande|doit|ne (?:peut|sait)|n['’]arrive|a du mal"
    r"|cherchent|ont besoin|voudraient|sucht|suchen|braucht|brauchen|möchte|möchten|will|wollen|würde|muss|kann|hätte"
    r"|benötigt|needs?|is looking|wants?|would|can(?:not|['’]t)|has to|have to|is unable|are looking"
)
_MINE = r"mijn|m['’]n|onze|ons|ma|mon|notre|meine|mein|unsere|unser|my|our"
_OLD = r"(?:\s+(?:oude?|oudere?|bejaarde|zieke|vieux|vieille|alten?|kranken?|old|elderly))?"
KIN = "|".join(_PEOPLE)
# The name is what follows with a capital; in German each noun has one.
_FOR = re.compile(
    rf"\b(?i:(?P<my>{'|'.join(_MY.values())}){_OLD}\s+(?P<who>{KIN}))\b(?:\s+(?P<name>[A-ZÀ-Ý][\w'’-]+))?"
)
# "Mijn dochter kan niet komen" is why somebody asks, not for whom.
_NOT_COMING = (
    r"(?!(?:\s+[\w'’-]+){0,3}?\s+"
    r"(?:komen|helpen|meegaan|brengen|rijden|venir|aider|conduire|kommen|helfen|fahren|come|help|drive)\b)"
)
# Their name, where they live or how old they are may stand between: "mijn moeder Maria in Kerkhoek wil".
_BETWEEN = r"(?P<between>(?:,?\s+(?!en\b|et\b|und\b|and\b|ik\b|je\b|ich\b|i\b|die\s+mij\b)[\w'’-]+){0,6}?),?"
_NEEDED = re.compile(
    rf"\b(?i:(?:{_MINE}){_OLD}\s+(?P<who>{KIN}))(?:\s+(?P<name>[A-ZÀ-Ý][\w'’-]+))?(?i:{_BETWEEN}\s+(?:{_NEEDS})\b{_NOT_COMING})"
)
_ELSE = re.compile(
    r"\b(?:voor (?:iemand|een) ander(?:s)?|pour quelqu['’]un d['’]autre|für jemand(?:en)? ander\w*"
    r"|for some(?:body|one) else)\b",
    re.IGNORECASE,
)


class Whom(NamedTuple):
    """For whom it is, as far as the words say: what who asks is to them, their first name."""

    relation: Relation | None = None
    name: str | None = None


def heard_whom(text: str) -> Whom | None:
    """What `text` says about somebody else whom the help is for; `None` where it names nobody."""
    found = _FOR.search(text)
    if found is not None:
        german = re.match(_MY["de"], found["my"], re.IGNORECASE)
        return Whom(_relation(found["who"]), None if german else found["name"])
    found = _NEEDED.search(text)
    if found is not None:
        return Whom(_relation(found["who"]), found["name"])
    return Whom() if _ELSE.search(text) else None


_CALLED = re.compile(
    rf"^\s*(?:(?P<who>(?:{_MINE}){_OLD}\s+(?:{KIN})|ze|zij|hij|elle|il|sie|er|she|he)\s+(?:heet|s['’]appelle|hei(?:ß|ss)t|is\s+called)"
    r"|(?:haar|zijn|de)\s+naam\s+is|son\s+(?:pré)?nom\s+est|(?:her|his|the)\s+name\s+is)\s+(?=\S)",
    re.IGNORECASE,
)


def named_in(typed: str) -> Whom:
    """The name in what somebody types who is asked for it: `mijn moeder Maria` is Maria."""
    if (called := _CALLED.match(typed)) is not None:
        kin = re.search(rf"(?:{KIN})$", called["who"] or "", re.IGNORECASE)
        return Whom(_relation(kin[0]) if kin is not None else None, typed[called.end() :].strip(" .!"))
    found = re.fullmatch(rf".*?\b(?:{_MINE}){_OLD}\s+(?P<who>{KIN}),?\s+(?P<name>.+)", typed, re.IGNORECASE)
    return Whom(_relation(found["who"]), found["name"]) if found is not None else Whom(None, typed)


def _relation(who: str) -> Relation | None:
    return next(each for people, each in _PEOPLE.items() if re.fullmatch(people, who.casefold()))
