"""The bare bot to compare with, as python-telegram-bot's documentation shows it: nothing kept, nothing checked."""

import os
import warnings
from typing import Any

from telegram import Update
from telegram.ext import Application, MessageHandler, filters


async def echo(update: Update, _context: Any) -> None:
    """Say the same."""
    assert update.message is not None
    assert update.message.text is not None
    await update.message.reply_text(update.message.text)


def main() -> None:
    """Poll until the process is told to end."""
    url = os.environ["BUREN_API_URL"]
    application = Application.builder().token(os.environ["BUREN_TOKEN"]).base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()
