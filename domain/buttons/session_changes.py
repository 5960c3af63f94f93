"""Buttons of changing a session."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("vc")
@dataclass(frozen=True)
class ChangeSession(Action):
    """Begin to change a session: asks what."""

    session_id: int
