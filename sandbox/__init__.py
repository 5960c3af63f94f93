"""A local Telegram: Bot API server and chat page for the demo and the tests. The bot never imports it."""
