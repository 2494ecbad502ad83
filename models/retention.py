"""How long what is kept. Whoever changes a number here changes it in the bot, and in docs/privacy (`models.stored`)."""

from datetime import timedelta

CONTENT = timedelta(days=30)  # the words, files and places of a question, after its end
UNUSED = timedelta(days=365)  # an account, after its last use
TO_ANSWER = timedelta(days=30)  # before that: so long somebody has to say that they stay
COPIES = timedelta(days=35)  # what somebody had erased must not live on in copies
DIALOGUE = timedelta(days=3)  # answers of what was not finished
SHOWN = timedelta(hours=47)  # a photo, voice message or place in a chat: Telegram lets a bot delete for 48
FILE_STAYS = timedelta(hours=40)  # the file of `/mijngegevens`, and until somebody looks
SEEN = timedelta(days=3)  # Telegram repeats an update for a day at most
DEAD = timedelta(days=30)  # what went wrong: so long an operator may look at it
TYPED = timedelta(days=30)  # the buttons below a message, for who types them
LETTERS = timedelta(days=60)  # letters that are over: so long their message may still have to be changed
HISTORY = timedelta(days=3653)  # ten years: so long one may have to answer for what was done
