"""Words that are no question for help: a greeting, thanks, "ok"; in all our languages at once."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.forms import BEFORE, STOPPING
from bot.legible import kinds_in, plain


class Small(StrEnum):
    """What kind of small talk."""

    GREETING = "greeting"
    THANKS = "thanks"
    YES_OR_NO = "yes_or_no"
    HELP = "help"
    STOP = "stop"
    PAUSE = "pause"
    NOT_NEEDED = "not needed"  # said to the bot or to who helps
    HUMAN = "human"  # whether the bot is one
    OFFER = "offer"  # they want to help others


_WHO = r"""
    (\s+(allemaal|iedereen|buren?|buurvrouw|buurman|mensen|jullie|u|daar|tous|toutes|le\s+monde|all|everyone|there|zusammen))?
"""
_WORDS = {
    Small.GREETING: r"""
        (hallo|hello|hey|hoi|hi|dag|dagje|goeiedag|goedendag|goede\s*dag|goeie\s*dag|goe(ie|de)?(n)?\s*(morgen|middag|avond|namiddag)
        |(een\s+)?goeie(n)?|salut|bonjour|bonsoir|coucou|allo|good\s+(morning|afternoon|evening|day)|guten\s+(tag|morgen|abend)
        |servus|gruss\s+gott|hoe\s+gaat\s+het(\s+(met\s+(je|u|jou)))?|alles\s+goed|ca\s+va|how\s+are\s+you|wie\s+geht('?s|\s+es))
    """,
    Small.THANKS: r"""
        ((heel\s+(erg\s+)?|veel\s+|hartelijk\s+|super\s+)?(bedankt|dank(\s*(je|u|jullie))?(\s*wel)?|merci|dankjewel|dankuwel|thx|thanks?)
        (\s+(hoor|je|u|allemaal|voor\s+alles|zeer|you(\s+(so|very)\s+much)?|a\s+lot|beaucoup|bien|schon|sehr))?
        |(vielen|herzlichen)\s+dank|danke(\s+(schon|sehr))?|(un\s+)?grand\s+merci
        |tot\s+(ziens|later|straks|morgen|gauw|snel|dan|volgende\s+(keer|week)|(maan|dins|woens|donder|vrij|zater|zon)dag)
        |daag|doei|ciao|slaapwel|goede?\s*nacht|(fijne|prettige|goede)\s+(dag|avond|middag|namiddag|week|weekend)(\s+nog)?
        |au\s+revoir|a\s+(demain|bientot|plus(\s+tard)?|tout\s+a\s+l'heure|la\s+prochaine)|bonne\s+(journee|soiree|nuit|semaine)
        |bis\s+(morgen|bald|spater|dann|gleich|zum\s+nachsten\s+mal)|tschuss|auf\s+wiedersehen|gute\s+nacht|schonen\s+(tag|abend)(\s+noch)?
        |(good)?bye|see\s+you(\s+(tomorrow|later|soon|then|around))?|good\s+night|have\s+a\s+(nice|good)\s+(day|evening))
    """,
    Small.YES_OR_NO: r"""
        (ok|oke|okay|okee|ja(ja)?|jawel|nee|neen|neenee|goed|prima|super|top|fijn|perfect|in\s+orde|is\s+goed|akkoord|begrepen|zeker|graag
        |yes|no|fine|great|sure|oui|non|d'?accord|parfait|tres\s+bien|nein|gut|alles\s+klar|test(en|ing)?)
    """,
    Small.HELP: r"""
        (help|hulp|aide|hilfe|info|uitleg|menu|hoe\s+(werkt|moet)\s+(dit|dat|het)|wat\s+moet\s+ik\s+(nu\s+)?doen
        |(ik\s+)?(versta|begrijp|snap)\s+(het|dit|dat|u|je|hier|er)\s+(niet(\s+goed)?|niets\s+van|niks\s+van)
        |(ik\s+vind\s+(dat|dit|het)|(dat|dit|het)\s+is)\s+(te\s+)?moeilijk
        |je\s+(ne\s+)?(vous\s+)?comprends?\s+(pas|rien)|c'est\s+(trop\s+)?(difficile|complique)
        |qu'est\s+ce\s+que\s+je\s+dois\s+faire|comment\s+ca\s+marche
        |ich\s+verstehe\s+((es|das|sie)\s+nicht|nichts|nicht)|das\s+ist\s+(mir\s+)?(zu\s+)?(schwer|schwierig)
        |was\s+(soll|muss)\s+ich\s+(tun|machen)|wie\s+geht\s+das
        |i\s+(don't|do\s+not)\s+understand(\s+(it|this|you))?|(this|it|that)\s+is\s+(too\s+)?(hard|difficult)
        |what\s+(should|do)\s+i\s+do|how\s+does\s+(this|it)\s+work)
    """,
    Small.HUMAN: r"""
        ((ben|bent)\s+(je|jij|u)|praat\s+ik\s+met|is\s+dit)\s+(een\s+)?(echte?\s+)?(mens|robot|computer|persoon|machine)
        |(etes\s+vous|es\s+tu|vous\s+etes|c'est)\s+(une?\s+)?(vraie?\s+)?(humain|robot|ordinateur|machine|personne)
        |(sind\s+sie|bist\s+du|ist\s+das)\s+(eine?\s+)?(echter?\s+)?(mensch|roboter|computer|maschine|person)
        |(are\s+you|is\s+this)\s+(an?\s+)?(real\s+)?(human|robot|computer|machine|bot|person)
    """,
    Small.PAUSE: r"""
        ((ik\s+)?((wil|neem|heb|zou)\s+)?((graag|even)\s+)*(een\s+)?(pauze|pause|break)(\s+(nemen|aub|graag|alsjeblieft))?
        |(je\s+(veux|voudrais|prends|fais)\s+|faire\s+)?(une\s+)?pause(\s+(s'il\s+vous\s+plait|svp))?
        |(ich\s+(mochte|mache|brauche|will)\s+)?(eine\s+)?pause(\s+(machen|bitte))?
        |(i\s+(want|need|take|would\s+like)\s+(to\s+take\s+)?)?(a\s+)?(break|pause)(\s+please)?)
    """,
    Small.STOP: rf"""
        {BEFORE}(
        ((ik|je|i|ich)\s+)?((wil|zou|moet|veux|voudrais|dois|want\s+to|would\s+like\s+to|must|mochte|will|muss)\s+)?((graag|gerne?)\s+)?
        ((mijn|de|deze)\s+vraag\s+((graag|terug)\s+)?(stoppen|annuleren|intrekken|afzeggen|schrappen|trekken)
        |(stop|annuleer|schrap)\s+(mijn|de|deze)\s+vraag
        |(annuler?|annulez|arreter?|arretez|retirer|supprimer)\s+(ma|la|cette)\s+demande
        |(cancel|stop|withdraw)\s+(my|the|this)\s+(request|question)
        |(meine|die|diese)\s+(an)?frage\s+(stornieren|stoppen|zuruckziehen|absagen|loschen|zuruck))
        |{STOPPING}
        |annuleer|annuleren|annuler|arrete[rz]?(\s+tout)?|cancel|quit|abbrechen
        |laat\s+(het\s+)?maar(\s+zo|\s+zitten)?|laisse[rz]?\s+tomber|never\s*mind|forget\s+it|vergiss\s+es|vergessen\s+sie\s+es|lass\s+(es|gut\s+sein))
    """,
    Small.NOT_NEEDED: r"""
        ((mijn|de|deze)\s+vraag\s+is|het\s+is|het|'?t\s+is|'?t|is|dat\s+is)?\s*((al|eigenlijk|toch)\s+)?(niet\s+meer\s+nodig|hoeft\s+niet\s+meer)(\s+hoor)?
        |ik\s+heb\s+(geen\s+hulp|het\s+niet)\s+meer\s+nodig|(de\s+)?hulp\s+is\s+niet\s+meer\s+nodig
        |(ce|cela|ca|c)?\s*'?\s*(n'est|est)?\s*plus\s+(necessaire|la\s+peine)|(je\s+n'en\s+ai|je\s+n'ai)?\s*plus\s+besoin(\s+d'aide)?
        |(it\s+is|it's|that\s+is|that's|is)?\s*(not|no\s+longer)\s+(needed|necessary)(\s+(any\s*more|any\s+longer))?
        |i\s+(do\s+not|don't)\s+need\s+(it|help)\s+any\s*more
        |(es|das)?\s*(ist\s+)?nicht\s+mehr\s+notig|ich\s+brauche\s+((es|das)\s+nicht|keine\s+hilfe)\s+mehr
    """,
}
_PATTERNS = {
    kind: re.compile(rf"(?:{words}{_WHO if kind is Small.GREETING else ''})(?=\s|$)", re.VERBOSE)
    for kind, words in _WORDS.items()
}


# Whoever would like to help says it in many ways; only that is asked then, whatever else stands beside it.
_OFFERS = re.compile(
    r"""\b(
      ik\s+(wil|zou|kan)\s+((?!(mij|me|ons|iemand|niet|niemand|mijn|dat)\b)\w+\s+){0,6}?helpen$
    | (ik\s+(wil|zou|kan)|(wil|zou|kan)\s+ik)\s+((ook|graag|wel|eens|misschien)\s+)*
      (helpen$ | vrijwillig\w*\s+(worden|zijn|werk\w*)
        | ((oude|andere)\s+)?(mensen|anderen|ouderen|buren)\s+(\w+\s+){0,3}?helpen)
    | als\s+vrijwilliger\s+(\w+\s+)?(helpen|aanmelden|opgeven|inschrijven) | vrijwilliger\s+worden
    | bied\s+mijn\s+hulp\s+aan
    | (etre|devenir)\s+benevole | proposer\s+mon\s+aide | coup\s+de\s+main\s+(aux|a\s+des|a\s+mes)
    | (voudrais|veux|aimerais|souhaite|peux)\s+(bien\s+)?
      aider(\s+(les|des|mes|aux)\s+(gens|personnes|voisins|autres)\b.*)?$
    | ehrenamtlich | freiwilliger?\s+werden | meine\s+hilfe\s+anbieten
    | (will|mochte|wurde|kann)\s+((gerne?|auch)\s+)*helfen$ | (qui\s+a\s+besoin\s+d'aide|wie\s+heeft\s+hulp\s+nodig)$
    | (wer\s+braucht\s+hilfe|who\s+needs\s+help)$ | i\s+can\s+help$
    | (will|mochte|wurde)\s+(\w+\s+){0,2}?(leuten|menschen|anderen|nachbarn|senioren)\s+(\w+\s+){0,3}?helfen
    | (become|be)\s+a\s+volunteer | offer\s+(my\s+)?help
    | (want|like)\s+to\s+(volunteer|help(\s+(people|others|neighbours|out)\b.*)?$)
    )""",
    re.VERBOSE,
)


# Whoever would like to help no more finds the way where their choices stand: a break, or the end.
_NO_MORE = re.compile(
    r"""\b(
      ik\s+(\w+\s+){0,3}?(stop(pen)?\s+(\w+\s+){0,2}?(als\s+vrijwillig\w+ | met\s+helpen)
        | geen\s+vrijwilliger\s+meer)
    | ik\s+(wil|wou|zou)\s+(\w+\s+)?niet\s+(meer|langer)\s+helpen
    | (je|j)\b['\s]*(\w+\s+){0,3}?((arreter|arrete|cesser)\s+(d'etre\s+benevole | le\s+benevolat | d'aider)
        | plus\s+etre\s+benevole | (veux|voudrais|souhaite)\s+plus\s+aider)
    | ich\s+(\w+\s+){0,3}?(kein(e)?\s+freiwilliger?\s+mehr | nicht\s+mehr\s+helfen | aufhoren\s+zu\s+helfen)
    | i\s+(\w+\s+){0,3}?(stop\s+(volunteering | being\s+a\s+volunteer | helping) | no\s+longer\s+want\s+to\s+help)
    )$""",
    re.VERBOSE,
)


def wants_to_stop(text: str) -> bool:
    """Whether a volunteer says that they want to help no more: not somebody else, and not only with one task."""
    return "?" not in text and _NO_MORE.search(plain(text.replace("’", "'"))) is not None


def small(text: str) -> Small | None:
    """What kind of small talk this is, if it is nothing but that: "tot morgen, bedankt!" is thanks, whatever else.

    Politeness beside something takes nothing away from it: "het is niet meer nodig, bedankt". Only who thanks for help
    does not ask for it: "bedankt hulp" may be meant for who helped.
    """
    kinds, words = kinds_in(text, _PATTERNS), plain(text.replace("’", "'"))
    if {Small.THANKS, Small.HELP} <= kinds:
        return None
    if wanted := kinds - {*_TOGETHER}:
        return wanted.pop() if len(wanted) == 1 else None
    if (said := next((each for each in _TOGETHER if each in kinds), None)) is not None:
        return said
    return Small.OFFER if "?" not in text and _OFFERS.search(words) else None


_TOGETHER = (Small.THANKS, Small.YES_OR_NO, Small.GREETING)  # what goes together, and which of them is answered
