"""Dutch, as spoken in Flanders."""

from __future__ import annotations

from models.moment import Part

_UNITS = ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"]
_TEENS = ["tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"]
_TENS = {20: "twintig", 30: "dertig", 40: "veertig", 50: "vijftig"}
NUMBERS = {
    **dict(enumerate([*_UNITS, *_TEENS])),
    **_TENS,
    **{tens + unit: f"{_UNITS[unit]}en{name}" for tens, name in _TENS.items() for unit in range(1, 10)},
}
ORDINALS = {
    1: "eerste", 2: "tweede", 3: "derde", 4: "vierde", 5: "vijfde", 6: "zesde", 7: "zevende", 8: "achtste",
    9: "negende", 10: "tiende", **{n: f"{NUMBERS[n]}de" for n in range(11, 20)},
    **{n: f"{NUMBERS[n]}ste" for n in range(20, 32)},
}  # fmt: skip

WEEKDAYS = (
    "maandag, maandags, ma", "dinsdag, dinsdags, di", "woensdag, woensdags, woe, wo, wonsdag",
    "donderdag, donderdags, do, dond", "vrijdag, vrijdags, vr, vrij, vrydag", "zaterdag, zaterdags, za, zat",
    "zondag, zondags, zo, zon",
)  # fmt: skip
MONTHS = (
    "januari, jan", "februari, feb, febr", "maart, mrt", "april, apr", "mei", "juni, jun", "juli, jul",
    "augustus, aug", "september, sept, sep", "oktober, okt", "november, nov", "december, dec",
)  # fmt: skip

MORNING, NOON, AFTERNOON, EVENING = (Part.MORNING,), (Part.NOON,), (Part.AFTERNOON,), (Part.EVENING,)
# Written in one word behind a day: "dinsdagnamiddag". In Flanders "middag" is noon, elsewhere the afternoon.
TAILS = {
    "voormiddag": MORNING, "ochtend": MORNING, "morgen": MORNING, "vroeg": MORNING, "middag": NOON + AFTERNOON,
    "namiddag": AFTERNOON, "achtermiddag": AFTERNOON, "avond": EVENING,
}  # fmt: skip
TAILED = "maandag, dinsdag, woensdag, donderdag, vrijdag, zaterdag, zondag, morgen, overmorgen, gisteren, gister"
JOINED = {f"half{NUMBERS[n]}": ("half", NUMBERS[n]) for n in range(1, 13)}

WORDS = (
    ("day_offset", 0, "vandaag, heden, vandaag nog, nog vandaag, straks, dadelijk, later vandaag, seffens"),
    ("day_offset", 0, "vandaag de dag"),
    ("day_offset", 0, "in de loop van de dag, nu dadelijk, strakjes, vndaag, zo meteen, vanaf vandaag"),
    ("day_offset", 1, "morgen, de dag van morgen, mrgn, mrogen, s anderendaags"),
    ("day_offset", 2, "overmorgen, over morgen, de dag na morgen, dag na morgen"),
    ("gone", None, "gisteren, gister, eergisteren, eergister, gisterenavond, gisteravond, daarnet, verleden, zonet"),
    ("asap", None, "nu, meteen, direct, onmiddellijk, zo snel mogelijk, zo rap mogelijk, zsm, zo vlug mogelijk"),
    ("asap", None, "liefst nu, nu direct"),
    ("asap", None, "zo spoedig mogelijk, zo gauw mogelijk, dringend, nu meteen, liefst meteen"),
    ("asap", None, "liefst zo snel mogelijk"),
    ("part", MORNING, "voormiddag, ochtend, s morgens, smorgens, s ochtends, sochtends, voor de middag, in de vroegte"),
    ("part", MORNING, "voor de noen, vm, s voormiddags, in de morgen, ochtends, in de loop van de voormiddag"),
    ("part", MORNING, "deze morgen"),
    ("part", NOON, "zo rond de middag, zo tegen de middag, middag, s middags, smiddags, rond de middag"),
    ("part", NOON, "tegen de middag, over de middag, op de middag, noen"),
    ("part", NOON, "middaguur, lunch, lunchpauze, tijdens de middag, middagpauze, lunchtijd, rond de noen, etenstijd"),
    ("part", AFTERNOON, "namiddag, na de middag, achtermiddag, s namiddags, snamiddags, na de noen, nm, nanoen"),
    ("part", AFTERNOON, "in de loop van de namiddag, na het middageten, achternoen"),
    ("part", EVENING, "avond, s avonds, savonds, na het avondeten, na het werk, in de loop van de avond, na het eten"),
    ("part", EVENING, "valavond"),
    ("part_after", MORNING, "morgen, vroeg, vroeg in de morgen"),
    ("today_part", MORNING, "vanmorgen, vanochtend, vanvoormiddag, deze morgen"),
    ("today_part", NOON + AFTERNOON, "vanmiddag"),
    ("today_part", AFTERNOON, "vannamiddag, vanachtermiddag"),
    ("today_part", EVENING, "vanavond, van avond, vnavond"),
    ("whole_day", None, "overdag, in de loop van de dag, de hele dag, heel de dag, hele dag, gans de dag"),
    ("whole_day", None, "eender welk uur, gelijk welk uur"),
    ("whole_day", None, "op elk uur"),
    ("whole_day", None, "op eender welk moment van de dag, het uur maakt niet uit, uur maakt niet uit"),
    ("whole_day", None, "het uur is gelijk"),
    ("any", None, "maakt niet uit, maakt me niet uit, maakt mij niet uit, maakt niets uit, maakt niks uit"),
    ("any", None, "om het even"),
    ("any", None, "het maakt niet uit, dat maakt niet uit, de dag maakt niet uit, om het even wanneer"),
    ("any", None, "wanneer dan ook"),
    ("any", None, "gelijk wanneer, eender wanneer, gelijk welke dag, eender welke dag, kies maar, kiest u maar"),
    ("any", None, "kies jij maar"),
    ("any", None, "wanneer het past, wanneer het je past, wanneer je kan, wanneer je kunt, wanneer jullie kunnen"),
    ("any", None, "als het past"),
    ("any", None, "wanneer jullie tijd hebben, wanneer je tijd hebt, als je tijd hebt, geen voorkeur, is gelijk"),
    ("any", None, "t is gelijk"),
    ("any", None, "het is mij gelijk, het is gelijk, alles is goed, elke dag is goed, alle dagen zijn goed"),
    ("any", None, "altijd goed, ik heb geen voorkeur"),
    ("any", None, "wanneer maakt niet uit, maakt niet uit wanneer, t maakt niet uit, niet dringend, geen haast"),
    ("any", None, "ik ben altijd thuis"),
    ("any", None, "het is me gelijk, boeit niet, altijd, wanneer het kan, iedereen past, kan altijd"),
    ("any", None, "dag maakt niet uit, iedere dag is goed"),
    ("week_unit", 0, "week, weken, wk, de week"),
    ("day_unit", None, "dag, dagen, dagje, daagjes"),
    ("month_unit", None, "maand, maanden"),
    ("oclock", None, "uur, uren, u, h, uhr, uurtje"),
    ("hour_span", None, "uur, uren, u, uurtje, uurtjes"),
    ("minute_unit", None, "minuut, minuten, min, minuutjes"),
    ("span_minutes", 30, "half uur, halfuur, half uurtje, halfuurtje, een half uur, een half uurtje"),
    ("span_minutes", 90, "anderhalf uur, een uur en half, een uur en een half"),
    ("span_minutes", 150, "twee en een half uur, tweeeneenhalf uur, twee uur en half, tweeenhalf uur"),
    ("span_minutes", 60, "het uur, uurtje"),
    ("span_minutes", 15, "kwartier, een kwartier, kwartiertje, een kwartiertje"),
    ("span_minutes", 45, "drie kwartier"),
    ("week", 2, "de week na volgende week, week na volgende week, de week daarna, overvolgende week, de week erop"),
    ("weekend", 0, "weekend, weekeinde, het weekend, weekeind"),
    ("workdays", None, "doordeweeks, in de week, op een weekdag, weekdag, op weekdagen, werkdagen, op een werkdag"),
    ("next", None, "volgende, volgend, volg"),
    ("next_but_one", None, "overvolgende, over volgende"),
    ("coming", None, "komende, komend, aanstaande, eerstvolgende, eerstkomende, aankomende, as, aanst, de eerste"),
    ("this", None, "deze, dit, van deze"),
    ("last", None, "vorige, vorig, verleden, laatste, afgelopen, voorbije"),
    ("in", None, "over, binnen, binnen de"),
    ("ago", None, "geleden"),
    ("half", "before", "half"),
    ("quarter", None, "kwart, een kwart, kwartier, een kwartier"),
    ("to", None, "voor"),
    ("past", "on the clock", "na, over"),
    ("and_half", None, "en half, en een half"),
    ("midday", None, "middag, noen"),
    ("midnight", None, "middernacht"),
    ("at", None, "om, klokslag"),
    ("around", None, "rond, tegen, omstreeks, rond de, om de, een stuk of, te, ongeveer, iets voor, iets na, stipt"),
    ("around", None, "een uur of, tegen een uur of, rond een uur of, zo rond, zo tegen, rond een, circa, ca, zo om"),
    ("around", None, "om ongeveer"),
    ("around", None, "tegen ongeveer, precies om, stipt om, liefst om, vanaf, van af, na, ten vroegste om"),
    ("around", None, "ten vroegste, pas om, liefst rond"),
    ("before", None, "voor, ten laatste om, voor ten laatste"),
    ("until", "included", "ten laatste, uiterlijk, tot, tot en met, ten laatste op, uiterlijk op"),
    ("between", None, "tussen, tss, tssn, tusse, van, ergens tussen"),
    ("and", None, "en, tot, a"),
    ("or", None, "of, ofwel, of anders, en, of op, of om"),
    ("begin", None, "begin, in het begin, vroeg in, vroege, vroeg"),
    ("mid", None, "midden, half"),
    ("end", None, "einde, eind, op het einde, tegen het einde, late, laat in, laat"),
    ("edge", None, "vroeg in, vroege, vroeg, late, laat in, laat, begin, einde, eind"),
    ("every", None, "elke, iedere, alle, telkens, wekelijks, dagelijks, ieder, elk"),
    ("not", None, "niet, geen, nooit, behalve, zeker niet, uitgezonderd, tenzij, als, indien"),
    ("day_before", None, "de dag voor, dag voor, de dag ervoor"),
    ("day_after", None, "de dag na, dag na, daags na"),
    ("night", None, "nacht, vannacht, s nachts, snachts, in de nacht, midden in de nacht"),
    ("the", None, "de, den"),
    ("noise", None, "zo in de, zo rond de, zo tegen de, zo in, vanaf, de, het, den, op, in, van, s, tijdens, voor"),
    ("noise", None, "tegen, in de, van de, op de, op den, in den"),
    ("noise", None, "rond"),
    ("noise", None, "dan, er, n, t, om, om de"),
    ("filler", None, "zo vroeg mogelijk, laten we zeggen, zeg maar, liefst, graag, aub, alsjeblieft, alstublieft, ja"),
    ("filler", None, "ok, oke, dank je, bedankt, aja, als het kan"),
    ("filler", None, "indien mogelijk, misschien"),
    ("filler", None, "bij voorkeur, eventueel, gewoon, is goed, zou goed zijn, zou ideaal zijn, past, past het best"),
    ("filler", None, "dat past, ik kan, ik wil, kan"),
    ("filler", None, "als dat kan, indien mogelijk, zou fijn zijn, het liefst, of zo, ofzo, ongeveer, goed, dan, maar"),
    ("filler", None, "nog, wel, eh, euh, dus, doe maar"),
    ("greeting", None, "goedemorgen, goeiemorgen, goede morgen, goeie morgen, goedemiddag, goede middag, goeiemiddag"),
    ("greeting", None, "goedenavond, goeienavond"),
    ("greeting", None, "goede avond, goeie avond, goedenamiddag, tot morgen, fijne avond, fijne dag, prettig weekend"),
    ("greeting", None, "fijn weekend, goede nacht"),
    ("greeting", None, "goedendag, in het midden"),
    # An hour may stand before these, while something to count may not.
    ("goes_on", None, "naar, met, bij, aan, mijn, iemand, kan, komen, gaan"),
    ("goes_on", None, "een, mij, me, even, brengen, ik, zijn, moet, wil"),
    ("goes_on", None, "mag, en, die, want, thuis, je, jullie, u, wordt"),
    ("goes_on", None, "afspraak"),
)  # fmt: skip

FEASTS = {
    "new year's day": "nieuwjaar, nieuwjaarsdag, nieuwjaardag",
    "epiphany": "driekoningen, drie koningen",
    "valentine": "valentijn, valentijnsdag",
    "ash wednesday": "aswoensdag",
    "good friday": "goede vrijdag",
    "easter": "pasen, paaszondag, eerste paasdag",
    "easter monday": "paasmaandag, tweede paasdag, maandag van pasen",
    "labour day": "dag van de arbeid, feest van de arbeid",
    "mother's day": "moederdag, moederkesdag",
    "father's day": "vaderdag, vaderkesdag",
    "ascension": (
        "hemelvaart, hemelvaartsdag, ons heer hemelvaart, onze lieve heer hemelvaart, olh hemelvaart, "
        "rerum novarum"
    ),
    "whit sunday": "pinksteren, pinksterzondag, eerste pinksterdag, sinksen",
    "whit monday": "pinkstermaandag, tweede pinksterdag, sinksenmaandag",
    "flemish day": "feest van de vlaamse gemeenschap, guldensporenslag, vlaamse feestdag",
    "national day": "nationale feestdag, de nationale feestdag",
    "assumption": (
        "onze lieve vrouw hemelvaart, olv hemelvaart, o l v hemelvaart, half oogst, halfoogst, maria hemelvaart, "
        "moederdag in antwerpen"
    ),
    "french community day": "feest van de franse gemeenschap",
    "all saints": "allerheiligen, aller heiligen",
    "all souls": "allerzielen",
    "armistice": "wapenstilstand, sint maarten, wapenstilstandsdag, sint maartensdag",
    "king's feast": "koningsdag, feest van de dynastie, koningsfeest",
    "saint nicholas": "sinterklaas, sint niklaas, sint nicolaas, de sint, sinterklaasdag",
    "christmas eve": "kerstavond, kerst avond, de avond voor kerst, kerstdag avond",
    "christmas": "kerst, kerstmis, kerstdag, eerste kerstdag, kerstmisdag",
    "second day of christmas": "tweede kerstdag, 2e kerstdag, 2de kerstdag, tweede kerst, sint stefanus",
    "new year's eve": "oudejaar, oudjaar, oudejaarsavond, oudjaarsavond, oudejaarsdag, oudejaarsnacht",
    "halloween": "halloween",
}  # fmt: skip
