"""Buttons that let organisers in on their pages in the browser, and out."""

from dataclasses import dataclass

from domain.buttons.coding import Action, coded


@coded("obw")
@dataclass(frozen=True)
class OpenBrowser(Action):
    """A link that lets whoever asks in, once."""


@coded("obt")
@dataclass(frozen=True)
class OpenTexts(Action):
    """The same, straight to the texts of the public page."""


@coded("obx")
@dataclass(frozen=True)
class SignOutEverywhere(Action):
    """No browser is signed in any more."""
