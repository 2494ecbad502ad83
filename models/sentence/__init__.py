"""What a whole sentence asks for: which kind of help it is, heard from lists of words that anybody can read."""

from models.sentence.hearing import Talk, Understood, understand

__all__ = ["Talk", "Understood", "understand"]
