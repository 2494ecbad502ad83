"""Not an emergency line: words of need get a fixed answer at once, before and without the database."""

from __future__ import annotations

import re
import unicodedata

from bot.i18n import DEFAULT, N_, Translator
from models.whom import KIN


def _plain(text: str) -> str:
    """Without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


# In all languages at once: who is in need does not look at the language of the app.
_WORDS = re.compile(
    r"""\b(
      112 | hulpdiensten | ambulance | ziekenwagen | noodgeval | levensgevaar | reanim\w+ | bewusteloos | overdosis
    | vergiftigd | (ademt|adem)\s+(niet|nauwelijks)(\s+meer)?
    | (kan|krijg)\s+(niet\s+(meer\s+)?adem\w*|geen\s+(adem|lucht))
    | (bloedt|bloeding)\s+(hevig|hard|erg) | hartaanval | hartinfarct | beroerte
    | pijn\s+(in|op)\s+(mijn|de)\s+borst(kas)?
    | (het\s+)?huis\s+staat\s+in\s+brand | brand\s+in\s+(huis|de\s+keuken) | gaslek | gasgeur | (ruik|ruikt)\s+gas
    | ingebroken | inbrekers? | (in|binnen)\s+te\s+breken | breekt\s+(hier\s+|bij\s+\w+\s+)?(in|binnen)
    | iemand\s+in\s+(mijn|ons)\s+huis | (hij|ze|zij|man|vrouw)\s+slaat\s+(mij|me)
    | word\s+(geslagen|bedreigd|aangevallen)
    | (ben|is)\s+(lelijk\s+|zwaar\s+)?gevallen\s+en\s+kan\s+niet | kan\s+niet\s+(meer\s+)?(rechtstaan|opstaan)
    | urgence\s+vitale | crise\s+cardiaque | (ne\s+)?respire\s+(plus|pas) | peux\s+(plus|pas)\s+respirer
    | inconscient\w* | au\s+feu | incendie | fuite\s+de\s+gaz
    | overdose | saigne\s+beaucoup
    | il\s+me\s+frappe
    | (er\s+is|is\s+er|het\s+is|help,?|hier\s+is|in)\s+brand | brand\s*! | ^brand(?=\W*$) | (erg|zwaar)\s+verbrand
    | ik\s+stik | (hij|ze|zij|kind|baby|man|vrouw|moeder|vader)\s+stikt | aan\s+het\s+stikken | verslikt\s+en
    | hart\s+(aanval|infarct) | hartstilstand | borstpijn | hart\s+(klopt|slaat)\s+niet
    | (pillen|medicijnen|medicatie)\s+(in)?(genomen|geslikt) | te\s+veel\s+(pillen|medicijnen)
    | bloed\s+(heel\s+)?(hard|erg|hevig|veel) | (veel|zoveel)\s+bloed | bloedverlies
    | flauwgevallen | buiten\s+westen | stuipen | epilep\w+\s+aanval | (plots\w*|ineens)\s+verlamd | koolmonoxide
    | co-?vergiftiging | verdrink\w* | geelektrocuteerd | verkracht | neergestoken | slaat\s+mij
    | (bedreigt|wurgt)\s+(mij|me)
    | ca\s+brule | (y\s+a|prend)\s+(le\s+)?feu | (j'|s'|m')etouffe | au\s+secours | avc | infarctus | arret\s+cardiaque
    | (avale|pris)\s+(trop\s+de|tous\s+(mes|ses|les)|des)\s+(pilules|comprimes|medicaments)
    | mal\s+(a|dans)\s+la\s+poitrine
    | (saigne|saignes)\s+(fort|tres)\w* | perd(s)?\s+(du|beaucoup\s+de)\s+sang | evanouie? | (se|me)\s+noie | noyade
    | odeur\s+de\s+gaz | sens\s+le\s+gaz | m'agresse | me\s+tuer | empoisonnee?
    | ersticke?t?
    | feuer\s*! | ^feuer(?=\W*$) | (es\s+gibt|hier\s+ist|ist)\s+feuer | brennt\s+(es|das\s+haus|die\s+kuche)
    | (tabletten|pillen)\s+(genommen|geschluckt) | zu\s+viele\s+tabletten | blute\s+stark | viel\s+blut
    | brustschmerz\w* | schmerzen\s+in\s+der\s+brust | ohnmachtig | herzstillstand | rettungs(wagen|dienst)
    | vergift(et|ung)
    | schlagt\s+mich | ertrinkt? | krampfanfall | gesturzt\s+und\s+kann\s+nicht
    | choking | (there\s+is|there's)\s+a\s+fire | fire\s*! | on\s+fire | chest\s+pains? | cardiac\s+arrest
    | (took|swallowed)\s+(too\s+many|all\s+(my|the|his|her))\s+(pills|tablets) | overdosed
    | bleeding\s+(a\s+lot|hard|out)
    | passed\s+out | fainted | drowning | (is\s+having\s+a|having\s+a)\s+seizure | poisoned
    | smells?\s+(of\s+)?gas
    | (hits|beats|is\s+hitting|is\s+beating)\s+me | breaking\s+in(to)?
    | emergency | heart\s+attack | stroke | (can'?t|cannot)\s+breathe | not\s+breathing | unconscious
    | house\s+is\s+on\s+fire | gas\s+leak | bleeding\s+(heavily|badly)
    | einbrecher | einzubrechen | bricht\s+(hier\s+|bei\s+\w+\s+)?ein
    | notfall | notarzt | krankenwagen | herzinfarkt | schlaganfall | bewusstlos | atmet\s+nicht | keine\s+luft
    | es\s+brennt | gasgeruch | blutet\s+stark
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)

# Who thinks of ending their life, or says so of somebody: they first read who listens.
_SUICIDE = re.compile(
    r"""\b(?:
      zelfmoord\w* | zelfdoding
    | (?:wil|ga)\s+(?:dood|sterven|er\s+een\s+einde?\s+aan\s+maken) | wou\s+dat\s+ik\s+(?:dood|er\s+niet\s+meer\s+was)
    | mezelf\s+(?:iets\s+aan\s*doen|pijn\s+doen|van\s+kant\s+maken|ophangen|doden) | wil\s+er\s+niet\s+meer\s+zijn
    | niet\s+(?:meer\s+|verder\s+){1,2}(?:willen\s+|te\s+)?leven | zie\s+het\s+niet\s+meer\s+zitten | liever\s+dood
    | einde?\s+(?:maken\s+)?aan\s+(?:mijn|zijn|haar|het)\s+leven | (?:mijn|zijn|haar)\s+leven\s+(?:te\s+)?beeindigen
    | uit\s+het\s+leven\s+stappen | geen\s+zin\s+meer\s+(?:om\s+te|in\s+(?:het|mijn))\s+leven
    | leven\s+heeft\s+(?:voor\s+mij\s+)?geen\s+zin | leven\s+hoeft\s+(?:voor\s+mij\s+)?niet
    | (?:genoeg|moe)\s+van\s+(?:het|mijn)\s+leven | levensmoe | allemaal\s+geen\s+zin\s+meer
    | was\s+ik\s+maar\s+dood | weg\s+van\s+deze\s+wereld | liever\s+niet\s+meer\s+(?:leven|wakker\s+worden)
    | (?:maak|maken)\s+er\s+een\s+einde?\s+aan
    | suicid\w+ | veux\s+mourir | en\s+finir\s+avec\s+la\s+vie | veux\s+en\s+finir | envie\s+d'en\s+finir
    | fin\s+a\s+(?:(?:mes|ses)\s+jours|(?:ma|sa)\s+vie) | (?:veux|vais)\s+me\s+tuer
    | vie\s+n'a\s+plus\s+(?:de|aucun)\s+sens | n'en\s+(?:peux|puis)\s+plus\s+de\s+vivre | a\s+quoi\s+bon\s+vivre
    | (?:marre|assez|fatiguee?)\s+de\s+(?:la\s+vie|vivre) | prefere(?:rais)?\s+(?:mourir|etre\s+morte?)
    | (?:veux|veut|envie\s+de)\s+plus\s+(?:vivre|etre\s+la) | plus\s+envie\s+de\s+vivre | envie\s+de\s+mourir
    | selbstmord | suizid\w* | (?:will|mochte?)\s+sterben | mich\s+umbringen | mir\s+etwas\s+antun | lebensmude
    | nicht\s+mehr\s+(?:leben|weiterleben) | leben\s+(?:beenden|nehmen|ein\s+ende\s+setzen) | bringe?\s+mich\s+um
    | leben\s+hat\s+keinen\s+sinn | alles\s+keinen\s+sinn\s+mehr | weg\s+von\s+dieser\s+welt | leben\s+satt
    | (?:liebsten|lieber)\s+(?:ware|bin)\s+ich\s+tot
    | ware\s+(?:ich\s+)?(?:doch\s+|nur\s+|lieber\s+|am\s+liebsten\s+)?tot
    | kill\s+myself | want\s+to\s+(?:die|be\s+dead) | wish\s+i\s+(?:was|were)\s+dead | better\s+off\s+dead
    | tired\s+of\s+(?:life|living) | no\s+point\s+in\s+living | rather\s+be\s+dead
    | end\s+(?:my|it)\s+(?:life|all) | take\s+my\s+(?:own\s+)?life
    | (?:don't|do\s+not)\s+want\s+to\s+(?:live|be\s+(?:alive|here\s+any)) | (?:hurt|harm)\s+myself
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)

# What a lamp or a leaf may do without danger, a person may not: fall, lie on the floor, answer nothing.
_OF = r"(?:mijn|m'n|ons|onze|de|een|zijn|haar|ma|mon|sa|son|la|le|l'|un|une|notre|mein\w*|unser\w*|der|die|das|eine?)"
_OF_OR_ENGLISH = rf"(?:{_OF}|my|our|the|a|his|her)"
_OTHERS = (
    "baby|bebe|kindje|kleinkind|dame|heer|mevrouw|meneer|mens|persoon|bewoner|personne|monsieur|bewohner|person|lady"
    "|moeke|mami|papi|mamie|papy|kerl|guy|neighbor"
)
_NAMES = "mama|papa|maman|mum|mom|dad|oma|opa|bomma|bompa|moeder|vader|buurvrouw|buurman|mamie|iemand|jemand|quelqu'un"
_RELATIVE = (
    rf"(?<!\bvan\s)(?:{_OF_OR_ENGLISH}\s*(?:(?:oude?|vieux|vieille|alte[rn]?|old)\s+)?(?:{_plain(KIN)}|{_OTHERS})|{_NAMES}"
    r"|some(?:body|one))(?:\s+(?!zijn\b|haar\b|is\b|est\b|ist\b)[a-z]+)?"
)
_WHO = rf"(?:ik|hij|zij|ze|je|il|elle|ich|er|sie|i|he|she|{_RELATIVE})"
_DUTCH = rf"(?!er\b){_WHO}"  # which is not "he" there
# What is long ago is no need.
_SOME = r"(?:,?\s+(?!slaap|vorige?|verleden|geleden|letzte[ns]?|vor|dernier|last)[\w'-]+)"
_FLOOR = r"(?:grond|\w*vloer)"
_SOMEBODY = re.compile(
    rf"""\b(?:
      (?:{_DUTCH}\s+(?:ben|is)|(?:ben|is)\s+(?:ik|hij|zij|ze|{_RELATIVE})){_SOME}{{0,6}}?\s+(?:(?:om|neer)?gevallen|uitgegleden|gestruikeld)
    | {_DUTCH}(?:\s+die)?(?:\s+(?:van|uit|op|in)\s+\w+\s+\w+)?\s+gevallen\s+(?:is|ben)
    | {_DUTCH}\s+viel(?!\s+(?:mee|op|in\s+slaap))
    | ^gevallen(?=\W*$)
    | (?:{_DUTCH}\s+ligt?|ligt?\s+(?:ik|hij|zij|ze|{_RELATIVE})){_SOME}{{0,4}}?\s+op\s+de\s+{_FLOOR}
    | {_DUTCH}{_SOME}{{0,4}}?\s+op\s+de\s+{_FLOOR}\s+ligg?(?:t|en)?
    | {_DUTCH}{_SOME}{{0,8}}?\s+(?:zegt|spreekt|praat)\s+(?:niets|niks|niet)\s+meer
    | {_DUTCH}{_SOME}{{0,8}}?\s+(?:reageert|antwoordt|beweegt)\s+(?:\w+\s+)?(?:niets?|niks|nergens)
    | niet\s+(?:meer\s+)?(?:aanspreekbaar|bij\s+bewustzijn) | buiten\s+bewustzijn
    | (?:krijg|krijgen)\s+(?:hem|haar|{_RELATIVE})\s+niet\s+(?:meer\s+)?wakker | wordt\s+niet\s+(?:meer\s+)?wakker
    | (?:ge)?(?:raak|kan|kom)t?\s+niet\s+(?:meer\s+)?(?:recht|overeind|van\s+de\s+grond)
    | bloedt | (?:aan\s+het|blijft?)\s+bloeden | hersenbloeding
    | ik\s+bloed(?=\W*$|\s+(?:uit|aan|hard|erg|hevig|veel|zo|nog|en|heel|op)\b)
    | (?:ruik|ruikt|ruiken|riekt?|stinkt)(?:\s+\w+){{0,4}}?\s+gas | gas(?:lucht|reuk)
    | lekt\s+gas | gas\s+(?:lekt|ruiken|geroken) | naar\s+gas\s+(?:ruikt|stinkt)
    | {_WHO}\s+(?:me\s+|m'|s'|se\s+)?(?:suis|est){_SOME}{{0,3}}?\s+tombee?
      (?!\s+(?:malade|beaucoup\s+de|de\s+la|en\s+panne|amoureu\w+
      |d'accord|sur\s+v))
    | {_WHO}\s+viens?t?\s+de\s+tomber | (?:j'ai|(?:{_WHO})\s+a)\s+(?:fait\s+une\s+(?:\w+\s+)?)?chute
    | {_WHO}\s+(?:suis|est|git){_SOME}{{0,3}}?\s+(?:par\s+terre|au\s+sol|sur\s+le\s+sol|a\s+terre)
    | {_WHO}{_SOME}{{0,8}}?\s+(?:repond|reagit|bouge)\s+(?:plus|pas) | {_WHO}{_SOME}{{0,8}}?\s+(?:parle|dit)\s+plus
    | reveille\s+(?:plus|pas) | (?:sans|perdu)\s+connaissance | saignes?
    | (?:sens|sent|pue)(?:\s+\w+){{0,3}}?\s+gaz | odeur(?:\s+\w+){{0,2}}?\s+gaz | gaz\s+fuit
    | (?:{_WHO}\s+(?:bin|ist)|(?:bin|ist)\s+(?:ich|er|sie|{_RELATIVE})){_SOME}{{0,6}}?\s+(?:(?:hin|um|(?:hin
      |her)?(?:unter|runter))?gefallen|gest(?:u|ue)rzt)
    | (?:{_WHO}\s+liegt?e?|liegt?e?\s+(?:ich|er|sie|{_RELATIVE})){_SOME}{{0,5}}?\s+(?:am|auf\s+dem)\s+boden
    | {_WHO}{_SOME}{{0,8}}?\s+(?:(?:antwortet|reagiert|bewegt\s+sich)\s+nicht|sagt\s+nichts\s+mehr)
    | nicht\s+ansprechbar | wacht\s+nicht\s+(?:mehr\s+)?auf | blutet? | bluten(?=\W*$)
    | riech(?:t|e)(?:\s+\w+){{0,4}}?\s+gas | gas\s+(?:tritt\s+aus|riechen) | nach\s+gas\s+(?:riecht|stinkt)
    | {_WHO}(?:'ve|'s|\s+has|\s+have|\s+just|\s+had){{0,2}}\s+(?:fell|fallen|a\s+(?:bad\s+)?fall)(?!\s+(?:asleep
      |in\s+love|ill|behind|out))
    | {_WHO}(?:'m|'s|\s+(?:am|is|lies)){_SOME}{{0,3}}?\s+on\s+the\s+(?:floor|ground(?!\s+floor))
    | {_WHO}{_SOME}{{0,8}}?\s+(?:(?:doesn't|does\s+not|won't)\s+(?:answer|respond|react|move|wake)|(?:isn't
      |not)\s+(?:responding|moving|waking))
    | ^gas(?=\W*$) | gas\s*! | gas\s+riecht
    | unresponsive | (?:am|is|'m|'s|are|keeps|still|started)\s+bleeding(?!\s+(?:the|my|a|our)\b)
    | smell(?:s|ing)?(?:\s+\w+){{0,3}}?\s+gas | gas\s+smell
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)


# Who listens in which language: all that is not the same for everybody in Belgium. Read on 28 November 2026 in public
# pages, as they were stored then; nobody was called:
# - Dutch: 106, 1813 and 1712 were given with the task; 1712.be says itself that it is no emergency number.
# - French: 0800 32 123 (preventionsuicide.be; Brussels Times, February 2026), 107 (telefonhilfe.be on its partners;
#   RTBF, 2023), 0800 30 030 (ecouteviolencesconjugales.be; actionsociale.wallonie.be), 103 (RTBF, 2022; De Apotheker,
#   2026).
# - German: 108 (telefonhilfe.be: day and night, since 1994; brf.be).
# - English: 02 648 40 14 (Brussels Times, February 2026). The Community Help Service is said to have another number
#   since June 2026, beside which this one works until 2028; its own page could not be read. Look there before 2028.
# Look again every year, and before a language is added: one without an entry gets those of the first.
# Who listens to thoughts of suicide comes first.
LISTENING = {
    "nl": (
        N_("1813 – thoughts of suicide"),
        N_("106 – Tele-Onthaal, somebody who listens"),
        N_("1712 – violence and abuse, not for emergencies"),
    ),
    "fr": (
        N_("0800 32 123 – thoughts of suicide"),
        N_("107 – Télé-Accueil, somebody who listens"),
        N_("0800 30 030 – violence at home, not for emergencies"),
        N_("103 – Écoute-Enfants, for children"),
    ),
    "de": (N_("108 – Telefonhilfe, somebody who listens"),),
    "en": (
        N_("1813 – thoughts of suicide"),
        N_("02 648 40 14 – Community Help Service, somebody who listens"),
        N_("1712 – violence and abuse, not for emergencies"),
    ),
}

# Somebody lives there, or it costs as much.
_OTHER_112 = re.compile(
    r"""\b(
      (\w*(straat|laan|weg|plein|dreef|baan|lei|strasse|platz)|street|road|lane|(huis)?nummer|nr\.?|n°|numero|no\.?
      |kamer|bus|lijn|chambre|ligne|zimmer|linie|room|line)\s+112
    | (rue|avenue|chaussee|chemin|boulevard|place)(\s+[\w'-]+){1,5},?\s+112
    | 112,?\s*(euro|eur|€|jaar|cm|kg|km|ans|rue|avenue|chemin|jahre|years)
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)


def sounds_like_one(text: str) -> bool:
    """Whether these words may mean that somebody is in danger. Rather once too often than once too few."""
    plain = _without_addresses(text)
    return any(words.search(plain) is not None for words in (_WORDS, _SOMEBODY, _SUICIDE))


def _without_addresses(text: str) -> str:
    plain = _OTHER_112.sub(" ", _plain(text[:4096]).replace("’", "'"))  # as telephones write it
    return " ".join(plain.split())


def answer(t: Translator, text: str) -> str:
    """The fixed text, with the numbers where this language is spoken; first who listens, where `text` needs that."""
    listening = LISTENING.get(t.language, LISTENING[DEFAULT])
    first = []
    if _SUICIDE.search(_without_addresses(text)) is not None:
        first = [t(N_("You are not alone with this. Please call this number now:")), t(listening[0]), ""]
        listening = listening[1:]
    return "\n".join(
        (
            *first,
            t(N_("Are you in danger? Call 112 now.")),
            t(N_("Nobody watches this chat day and night. A voice message is not heard at once.")),
            "",
            t(N_("112 – ambulance and fire brigade. Cannot speak? Use the app 112 BE.")),
            t(N_("101 – police")),
            t(N_("1733 – doctor on duty")),
            t(N_("070 245 245 – poison centre")),
            *(t(number) for number in listening),
        )
    )
