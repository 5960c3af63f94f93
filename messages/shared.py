"""What a whole group reads: the same words for all, and ways into everybody's private chat."""

from collections.abc import Callable, Collection
from dataclasses import replace

from domain.buttons.coding import Action
from messages.languages import speaker
from messages.markup import AnyButton, Button, LinkButton, Message, rows


def for_all(message: Message, shared: Collection[type[Action]], address: Callable[[Action], str | None]) -> Message:
    """The message without what only one person may press; `address`: where a button leads in private, if anywhere."""

    def kept(button: AnyButton) -> AnyButton | None:
        if not isinstance(button, Button) or type(button.action) in shared:
            return button
        url = address(button.action)
        return LinkButton(button.label, url) if url else None

    kept_rows = (tuple(b for b in (kept(button) for button in row) if b is not None) for row in message.buttons)
    return replace(message, buttons=rows(*kept_rows))


def in_private(link: str, language: str, *, is_anonymous: bool) -> Message:
    """Asked in a group for something that belongs into the private chat."""
    say = speaker(language)
    if is_anonymous:
        text = say("You write as the group, so I cannot see who you are. Please do this in our private chat.")
    else:
        text = say("Please do this in our private chat.")
    return Message(text, rows(LinkButton(say.plain("Open the private chat"), link)))
