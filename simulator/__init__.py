"""A local Telegram: a Bot API server for bots, telephones in the browser for people."""
