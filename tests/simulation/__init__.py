"""Deterministic simulation: one seed decides what people do, what Telegram answers, and when the process dies."""
