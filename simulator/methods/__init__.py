"""The methods of the Bot API that the local Telegram understands; importing this registers them all."""

from simulator.methods import chats, editing, media, profile, sending, taps, updates
from simulator.methods.base import METHODS, Call, Method

__all__ = ["METHODS", "Call", "Method", "chats", "editing", "media", "profile", "sending", "taps", "updates"]
