"""The words by which helper and resident know each other at the door: short, easy to say, hard to mishear."""

CODE_WORDS = (
    "appel", "bakker", "beker", "berg", "bezem", "bloem", "boter", "brood", "brug", "citroen", "deken", "druif",
    "eend", "egel", "fiets", "fluit", "haan", "hamer", "honing", "jas", "kaars", "kasteel", "kers", "klok",
    "koffie", "konijn", "kroon", "ladder", "lepel", "maan", "mand", "melk", "molen", "muts", "noot", "olifant",
    "oven", "paard", "panda", "paraplu", "peer", "pen", "piano", "regen", "ring", "roos", "schaap", "schip",
    "sjaal", "sleutel", "sneeuw", "soep", "spin", "ster", "stoel", "tafel", "tomaat", "trein", "tulp", "uil",
    "vlag", "vlinder", "wortel", "zebra", "zon", "zwaan",
)  # fmt: skip
