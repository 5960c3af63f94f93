"""Buttons with which cards of webinars get into other chats."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("wc")
@dataclass(frozen=True)
class PostToChat(Action):
    """Post the card of a webinar into the chat of its group."""

    webinar_id: int
