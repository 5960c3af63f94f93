"""What a result says, piece by piece: its kind and language, title, summary, file."""

from typing import assert_never

from domain.results import Accessible, Contents, Result, ResultKind
from messages.languages import Speaker, locale_of
from messages.markup import Html, join, render


def described(result: Result, say: Speaker) -> Html:
    """Its kind and language, and all there is to read."""
    return join([render("<i>{sort}</i>", sort=_sort(result, say)), contents(result, say)], "\n\n")


def _sort(result: Result, say: Speaker) -> str:
    sort = say.plain("{kind} in {language}", kind=kind(result.kind, say), language=language_name(result.language, say))
    return f"{sort} · {accessible(result.accessible, say)}" if result.has_file else sort


def kind(one: ResultKind, say: Speaker) -> str:
    """What sort of text it is."""
    match one:
        case ResultKind.STATEMENT:
            return say.plain("Statement")
        case ResultKind.BRIEF:
            return say.plain("Research brief")
        case ResultKind.MINUTES:
            return say.plain("Minutes")
        case ResultKind.RECOMMENDATION:
            return say.plain("Recommendation")
        case ResultKind.SLIDES:
            return say.plain("Slides")
        case ResultKind.OTHER:
            return say.plain("Text")
        case _:
            assert_never(one)


def language_name(code: str, say: Speaker) -> str:
    """Such as "German"."""
    named: str = locale_of(say.language).languages.get(code, code)
    return named


def accessible(one: Accessible, say: Speaker) -> str:
    """Whether everybody can read the file."""
    match one:
        case Accessible.YES:
            return say.plain("accessible")
        case Accessible.NO:
            return say.plain("not accessible")
        case Accessible.TO_FOLLOW:
            return say.plain("accessible version to follow")
        case _:
            assert_never(one)


def contents(result: Contents, say: Speaker) -> Html:
    """Title, summary, and the link or the name of the file."""
    parts = [render("<b>{title}</b>", title=result.title), render("{summary}", summary=result.summary)]
    if result.link:
        # As text, not as a button: Telegram refuses whole messages for a button whose address it does not like.
        parts.append(say("Link: {link}", link=result.link))
    elif result.file_id:
        parts.append(say("File: {name}", name=result.file_name or ""))
    return join([p for p in parts if p], "\n\n")
