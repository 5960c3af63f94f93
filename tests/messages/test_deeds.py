"""Every action that is noted has a sentence of its own."""

import ast
from datetime import UTC, datetime

import pytest

from domain.audit import Deed
from messages.deeds import said
from messages.languages import speaker
from tests.house.source import dotted, files, parsed

NOW = datetime(2022, 3, 14, tzinfo=UTC)


_NOTING = {"note", "_note", "_store", "_order", "_save"}
"""`facts.note`, and the functions beside it that are handed the action."""


def noted_actions() -> list[str]:
    """The names of actions that stand in calls of those functions."""
    found: set[str] = set()
    for path in files("services"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in _NOTING:
                words = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                found.update(word for word in words if isinstance(word, str) and "_" in word)
    return sorted(found)


@pytest.mark.parametrize("action", noted_actions())
def test_an_action_is_said_in_a_sentence(action: str) -> None:
    deed = Deed(NOW, False, "Olga", action, "What", "PWG 3", ())

    sentence = said(deed, speaker("en"))

    assert action.replace("_", " ") not in sentence
    assert sentence.endswith(".")


def test_who_and_what_are_escaped_and_a_group_is_named_where_it_says_more() -> None:
    deed = Deed(NOW, False, "<Olga>", "group_changed", "PWG & 3", "PWG & 3", ())
    other = Deed(NOW, False, "Olga", "declined", "Anna", "PWG 3", ())

    assert said(deed, speaker("en")) == "<b>&lt;Olga&gt;</b> changed the group PWG &amp; 3."
    assert said(other, speaker("en")) == "<b>Olga</b> declined the request of Anna (PWG 3)."


def test_what_nobody_did_the_bot_did_and_who_has_left_is_somebody() -> None:
    by_itself = Deed(NOW, True, "", "promoted", "Anna", "", ())
    has_left = Deed(NOW, False, "", "left", "PWG 3", "PWG 3", ())

    assert said(by_itself, speaker("en")) == "The bot gave a free seat to Anna."
    assert said(has_left, speaker("en")) == "<b>Somebody who has left</b> left PWG 3."


def test_an_action_from_the_future_is_named_as_it_is() -> None:
    deed = Deed(NOW, False, "Olga", "tea_made", "", "", ())

    assert said(deed, speaker("en")) == "<b>Olga</b>: tea made –"
