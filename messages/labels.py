"""A label and what it labels, with the colon set as the reader's language does."""

from messages.languages import Speaker
from messages.markup import Html


def labelled(label: str | Html, value: object, say: Speaker) -> Html:
    """Such as "Coming: 3"; in French a narrow space stands before the colon."""
    return say("{label}: {value}", label=label, value=value)
