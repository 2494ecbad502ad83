"""The words by which helper and resident know each other at the door: short, easy to say, hard to mishear.

They are the same, or nearly, in Dutch, French, German and English: the two need not speak one language. A word that was
given earlier is stored with its request, so that this list may change.
"""

CODE_WORDS = (
    "album", "alpha", "anorak", "atlas", "badminton", "baguette", "ballet", "ballon", "banjo", "beret", "bingo",
    "bongo", "bonobo", "bonsai", "bravo", "cactus", "camping", "cola", "collie", "confetti", "couscous",
    "croissant", "curry", "dahlia", "delta", "denim", "diamant", "domino", "duo", "emu", "espresso", "ferry",
    "festival", "flamenco", "gala", "garage", "golf", "gong", "gorilla", "hamster", "hockey", "horizon", "hotel",
    "impala", "indigo", "jaguar", "jazz", "judo", "karaoke", "karate", "ketchup", "kimono", "kiwi", "koala",
    "labrador", "lasagne", "laser", "limonade", "lotus", "magnolia", "mango", "melon", "metro", "mikado", "mimosa",
    "muffin", "nougat", "nylon", "okapi", "omega", "origami", "paella", "panda", "paprika", "parfum", "pasta",
    "patio", "piano", "pizza", "polka", "polo", "poncho", "pony", "puma", "puzzle", "pyjama", "quiz", "radar",
    "radio", "ravioli", "risotto", "robot", "rugby", "safari", "salami", "samba", "sauna", "ski", "sofa",
    "sombrero", "sorbet", "spaghetti", "studio", "sudoku", "sushi", "tandem", "tango", "tapas", "taxi", "tennis",
    "tiramisu", "tofu", "tombola", "tram", "trio", "tuba", "tunnel", "ukulele", "villa", "yoga", "zebra",
    "zeppelin",
)  # fmt: skip
