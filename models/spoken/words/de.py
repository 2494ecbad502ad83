"""German, as spoken in East Belgium."""

from __future__ import annotations

from models.moment import Part

_UNITS = [
    "null",
    "ein",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "dreizehn",
    "vierzehn",
    "fünfzehn",
    "sechzehn",
]
_TEENS = ["siebzehn", "achtzehn", "neunzehn"]
_TENS = {20: "zwanzig", 30: "dreißig", 40: "vierzig", 50: "fünfzig"}
NUMBERS = {
    **dict(enumerate([*_UNITS, *_TEENS])),
    **_TENS,
    **{tens + unit: f"{_UNITS[unit]}und{name}" for tens, name in _TENS.items() for unit in range(1, 10)},
}
_FIRST = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
ORDINALS = {
    n: ", ".join(f"{_FIRST.get(n, NUMBERS[n] + ('t' if n < 20 else 'st'))}e{ending}" for ending in ("", "n", "r", "s"))
    for n in range(1, 32)
}

WEEKDAYS = (
    "montag, montags, mo", "dienstag, dienstags, di", "mittwoch, mittwochs, mi", "donnerstag, donnerstags, do",
    "freitag, freitags, fr", "samstag, samstags, sonnabend, sa", "sonntag, sonntags, so",
)  # fmt: skip
MONTHS = (
    "januar, jänner, jan", "februar, feber, feb", "märz, mrz", "april, apr", "mai", "juni, jun", "juli, jul",
    "august, aug", "september, sept, sep", "oktober, okt", "november, nov", "dezember, dez",
)  # fmt: skip

MORNING, NOON, AFTERNOON, EVENING = (Part.MORNING,), (Part.NOON,), (Part.AFTERNOON,), (Part.EVENING,)
TAILS = {
    "vormittag": MORNING, "morgen": MORNING, "früh": MORNING, "mittag": NOON, "nachmittag": AFTERNOON,
    "abend": EVENING,
}  # fmt: skip
TAILED = "montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonntag"
JOINED = {f"halb{NUMBERS[n]}": ("halb", NUMBERS[n]) for n in range(2, 13)} | {"halbeins": ("halb", "eins")}

WORDS = (
    ("number", 1, "eins, eine, einer, einem, einen"),
    ("number", 2, "zwo"),
    ("day_offset", 0, "heute, heute noch, noch heute, später, nachher, gleich, heut, später heute, im laufe des tages"),
    ("day_offset", 0, "bald, heute später, heute im laufe des tages"),
    ("day_offset", 1, "morgen, morgigen tag, mrgn"),
    ("day_offset", 2, "übermorgen, über morgen"),
    ("gone", None, "gestern, vorgestern, gestern abend, vorhin, gestern früh, gestern morgen, eben"),
    ("asap", None, "jetzt, sofort, so schnell wie möglich, so bald wie möglich, möglichst bald, baldmöglichst"),
    ("asap", None, "schnellstmöglich, jetzt gleich, umgehend, dringend"),
    ("asap", None, "so schnell es geht, möglichst schnell, möglichst sofort, jetzt sofort, so rasch wie möglich"),
    ("part", MORNING, "vorm, vormittag, vormittags, am vormittag, am morgen, morgens, früh am morgen, frühmorgens"),
    ("part", MORNING, "in der früh, in der frühe, vor mittag, am frühen morgen"),
    ("part", MORNING, "vor dem mittag, vor dem mittagessen, im laufe des vormittags, am späten vormittag"),
    ("part", MORNING, "diesen morgen, früh morgens"),
    ("part", NOON, "mittag, mittags, am mittag, zu mittag, gegen mittag, um die mittagszeit, mittagszeit, über mittag"),
    ("part", NOON, "in der mittagspause, mittagspause, zur mittagszeit"),
    ("part", AFTERNOON, "nachm, nachmittag, nachmittags, am nachmittag, nach mittag, nach dem mittag"),
    ("part", AFTERNOON, "nach dem mittagessen"),
    ("part", AFTERNOON, "nach dem essen, im laufe des nachmittags"),
    ("part", EVENING, "nach der arbeit, abend, abends, am abend, nach dem abendessen, im laufe des abends, zum abend"),
    ("part", EVENING, "nach feierabend"),
    ("part", EVENING, "feierabend"),
    ("part_after", MORNING, "morgen, früh, zeitig"),
    ("whole_day", None, "tagsüber, im laufe des tages, den ganzen tag, ganzen tag, zu jeder zeit, egal um wieviel uhr"),
    ("whole_day", None, "zu jeder uhrzeit, jederzeit"),
    ("whole_day", None, "egal wann, ganztags, zu jeder tageszeit"),
    ("whole_day", None, "uhrzeit egal, die uhrzeit ist egal, egal um wie viel uhr, irgendwann, zu irgendeiner zeit"),
    ("whole_day", None, "zeit egal, ganztägig, irgendwann am tag"),
    ("any", None, "egal, ist egal, das ist egal, ist mir egal, mir egal, egal wann, egal welcher tag"),
    ("any", None, "der tag ist egal, spielt keine rolle, das spielt keine rolle"),
    ("any", None, "irgendwann, jederzeit, wann sie wollen, wann sie möchten, wann sie können, wann es ihnen passt"),
    ("any", None, "wenn es passt, wann immer sie wollen, wann es passt"),
    ("any", None, "jeder tag ist gut, jeder tag passt, keine präferenz, ich habe keine präferenz, nicht wichtig"),
    ("any", None, "ganz egal, es ist egal, wann du willst, wann du kannst"),
    ("any", None, "es ist mir egal, das ist mir egal, wann immer es passt, an irgendeinem tag, irgendein tag"),
    ("any", None, "tag egal, immer, es eilt nicht, nicht dringend, wie sie möchten"),
    ("any", None, "völlig egal, keine eile, gleich wann, wenn sie zeit haben, jeder tag ist recht"),
    ("any", None, "mir ist jeder tag recht, mir ist es egal, wann auch immer, wenn jemand kann"),
    ("week_unit", 0, "woche, wochen"),
    ("day_unit", None, "tag, tage, tagen"),
    ("month_unit", None, "monat, monate, monaten"),
    ("oclock", None, "uhr, h, uur, u"),
    ("hour_span", None, "stunde, stunden, std, stündchen"),
    ("minute_unit", None, "minute, minuten, min"),
    ("span_minutes", 30, "halbe stunde, halben stunde, eine halbe stunde, einer halben stunde"),
    ("span_minutes", 90, "anderthalb stunden, eineinhalb stunden, ein einhalb stunden"),
    ("span_minutes", 150, "zweieinhalb stunden"),
    ("span_minutes", 15, "viertelstunde, einer viertelstunde, viertel stunde, einer viertel stunde"),
    ("span_minutes", 45, "dreiviertelstunde, einer dreiviertelstunde, dreiviertel stunde, drei viertel stunde"),
    # A week, counted with both ends.
    ("span_days", (7, 8), "acht tagen, 8 tagen, acht tage"),
    ("week", 2, "übernächste woche, übernächster woche, übernächsten woche, die woche darauf"),
    ("week", 2, "in der übernächsten woche"),
    ("weekend", 0, "wochenende, wochenend, we"),
    ("workdays", None, "unter der woche, werktags, an einem werktag, wochentags, an einem wochentag, werktag"),
    ("next", None, "nächste, nächsten, nächster, nächstes, nächstem, nächst"),
    ("next_but_one", None, "übernächste, übernächsten, übernächster, übernächstes"),
    ("coming", None, "kommende, kommenden, kommender, kommendes, kommendem, der kommende"),
    ("this", None, "diese, diesen, dieser, dieses, diesem"),
    ("last", None, "letzte, letzten, letzter, letztes, vorige, vorigen, voriger, vergangene, vergangenen, vergangener"),
    ("in", None, "in, innerhalb von, binnen, in etwa, in ungefähr, in den nächsten"),
    ("ago", None, "vor"),
    ("half", "before", "halb"),
    ("quarter", None, "viertel"),
    ("quarter_of", None, "viertel"),
    ("three_quarters_of", None, "dreiviertel, drei viertel"),
    ("to", None, "vor"),
    ("past", "on the clock", "nach"),
    ("midnight", None, "mitternacht"),
    ("noon_clock", None, "punkt zwölf"),
    ("at", None, "um"),
    ("around", None, "gegen, ab, ungefähr um, um etwa, etwa um, circa, ca, zirka, nach, so um, so gegen"),
    ("around", None, "so gegen etwa, um circa, um ungefähr, etwa, ungefähr"),
    ("around", None, "frühestens um, frühestens, von, punkt, um punkt, genau um, kurz nach, kurz vor, am besten um"),
    ("around", None, "lieber um, erst um, zirka um, um ca"),
    ("before", None, "vor, bis vor"),
    ("until", "included", "bis, spätestens, bis spätestens, spätestens am, spätestens bis, bis zum"),
    ("between", None, "zwischen, von, irgendwann zwischen"),
    ("and", None, "und, bis"),
    ("or", None, "oder, oder auch, und, oder am, oder um"),
    ("begin", None, "anfang, zu beginn, beginn, am anfang, zu beginn der, am anfang der, früh, anfang der"),
    ("mid", None, "mitte, in der mitte, mitte der, zur mitte"),
    ("end", None, "ende, am ende, gegen ende, am ende der, ende der, gegen ende der, spät"),
    ("edge", None, "früh am, früher, frühen, am frühen, spät am, später, späten, am späten, anfang, ende, mitte, spät"),
    ("edge", None, "früh, in den frühen, am zeitigen"),
    ("every", None, "jeden, jede, jedes, alle, wöchentlich, täglich, immer"),
    ("not", None, "nicht, kein, keine, nie, außer, niemals, wenn, falls"),
    ("day_before", None, "am tag vor, tag vor, der tag vor, einen tag vor"),
    ("day_after", None, "am tag nach, tag nach, der tag nach, einen tag nach"),
    ("night", None, "nacht, in der nacht, nachts, heute nacht"),
    ("the", None, "der, den, dem, am"),
    ("noise", None, "am, im, in, der, den, dem, die, das, an, zu, zum, zur, des, für, um, gegen, an den, in der, von"),
    ("noise", None, "auf, für den, irgendwann, ab, während, vom"),
    ("filler", None, "so früh wie möglich, sagen wir, gleich, bitte, danke, ja, ok, okay, gern, gerne, wenn möglich"),
    ("filler", None, "am liebsten, vielleicht"),
    ("filler", None, "wenn es geht"),
    ("filler", None, "falls möglich, wäre gut, wäre schön, lieber"),
    ("filler", None, "passt mir, passt, geht, passt gut, ist gut, möglichst, also, ich möchte, ginge, wäre ideal"),
    ("filler", None, "am besten, eventuell, halt, aber, dann, oder so, nur"),
    ("greeting", None, "guten morgen, guten tag, guten abend, gute nacht, schönen tag, schönen abend"),
    ("greeting", None, "schönes wochenende, bis morgen, morgen zusammen"),
    ("greeting", None, "schönen nachmittag"),
    # An hour may stand before these, while something to count may not.
    ("goes_on", None, "mit, bei, zu, mein, meine, meinen, jemand, kann, kommen"),
    ("goes_on", None, "gehen, mir, mich, ich, sie, wir, und, weil, denn"),
    ("goes_on", None, "zum, zur, bitte, muss, möchte, habe, einen, ist"),
    ("goes_on", None, "beim, vorbeikommen, abholen, helfen, fahren, losfahren, anfangen, dann"),
)  # fmt: skip

FEASTS = {
    "new year's day": "neujahr, neujahrstag",
    "epiphany": "dreikönige, dreikönigstag, heilige drei könige",
    "valentine": "valentinstag, valentin",
    "ash wednesday": "aschermittwoch",
    "good friday": "karfreitag",
    "easter": "ostern, ostersonntag",
    "easter monday": "ostermontag",
    "labour day": "tag der arbeit, maifeiertag",
    "mother's day": "muttertag",
    "father's day": "vatertag",
    "ascension": "christi himmelfahrt, himmelfahrt, himmelfahrtstag",
    "whit sunday": "pfingsten, pfingstsonntag",
    "whit monday": "pfingstmontag",
    "flemish day": "tag der flämischen gemeinschaft",
    "national day": "nationalfeiertag, nationaler feiertag",
    "assumption": "mariä himmelfahrt, maria himmelfahrt",
    "french community day": "tag der französischen gemeinschaft",
    "all saints": "allerheiligen",
    "all souls": "allerseelen",
    "armistice": "waffenstillstand, waffenstillstandstag, sankt martin, st martin, martinstag",
    "king's feast": (
        "fest des königs, königsfest, tag der deutschsprachigen gemeinschaft, "
        "fest der deutschsprachigen gemeinschaft"
    ),
    "saint nicholas": "nikolaus, nikolaustag, sankt nikolaus, st nikolaus",
    "christmas eve": "heiligabend, heiliger abend, heilig abend, weihnachtsabend, heiligen abend",
    "christmas": "weihnachten, weihnachtstag, erster weihnachtstag, ersten weihnachtstag, 1 weihnachtstag, weihnacht",
    "second day of christmas": "zweiter weihnachtstag, zweiten weihnachtstag, 2 weihnachtstag, stephanstag, stefanstag",
    "new year's eve": "silvester, silvesterabend, sylvester",
    "halloween": "halloween",
}  # fmt: skip
