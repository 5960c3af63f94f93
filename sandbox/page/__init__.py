"""The chat page: the local Telegram in the browser, to try the bot as any of its invented people."""

from sandbox.page.routes import attach as add_routes

__all__ = ["add_routes"]
