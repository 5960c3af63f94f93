"""What people can ask: a request in, a reply out; no Telegram types, no network."""
