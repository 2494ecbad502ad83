"""The words of each language: one module a language, rows of (kind, value, phrases); `grammar.py` has the kinds."""

from models.spoken.words import de, en, fr, nl

LANGUAGES = {"nl": nl, "fr": fr, "en": en, "de": de}
