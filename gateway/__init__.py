"""The network of Telegram: one door in (inbox), one door out (outbox)."""
