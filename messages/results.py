"""How results are shown: the lists, the card, the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from domain.buttons.results import (
    AcceptResult,
    AskChanges,
    ListResults,
    PublishResult,
    ResumeDraft,
    Revise,
    ShowFile,
    ShowResult,
)
from domain.paging import ListPage
from domain.results import FileKind, Result, ResultState
from messages import dates
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, join, render, rows, shortened
from messages.turning import by_time
from messages.ways import home, in_rows

MOST_REASON_IN_LIST = 150
"""The card says the whole reason; a page of the list has to fit into one message."""


@dataclass(frozen=True)
class Shown:
    """A result as one reader sees it. `names`: those of the people involved, by id."""

    result: Result
    group_code: str
    names: Mapping[int, str]
    is_own: bool
    may_review: bool
    may_publish: bool


# --- The list ---


def listed(
    published: Sequence[Result],
    own: Sequence[Result],
    codes: Mapping[int, str],
    page: ListPage,
    zone: str,
    language: str,
) -> Message:
    """`/results`: what is published, and below it one's own on their way."""
    say = speaker(language)
    parts = [say("<b>Results of the working groups</b>")]
    parts += [_entry(number, result, codes, zone, say) for number, result in enumerate(published, 1)]
    if not published:
        parts.append(say("Nothing is published here yet."))
    if own:
        parts.append(join([say("<b>Yours, on their way</b>"), *(_own_line(result, say) for result in own)]))
    reading = tuple(
        Button(say.plain("{number} · Read", number=number), ShowResult(result.id))
        for number, result in enumerate(published, 1)
    )
    mine = [Button(shortened(result.title), ShowResult(result.id)) for result in own]
    turn = by_time(page, ListResults, language)
    return Message(join(parts, "\n\n"), rows(*in_rows(reading, 3), *mine, turn, home(say)))


def _entry(number: int, result: Result, codes: Mapping[int, str], zone: str, say: Speaker) -> Html:
    origin = [codes.get(result.group_id or 0, "")]
    if result.published_at is not None:
        origin.append(dates.in_list(result.published_at, zone, say.language))
    return render(
        "{number}. <b>{title}</b>\n{origin}", number=number, title=result.title, origin=" · ".join(filter(None, origin))
    )


def _own_line(result: Result, say: Speaker) -> Html:
    return say("{title}: {state}", title=result.title, state=_own_state(result, say))


def _own_state(result: Result, say: Speaker) -> Html:
    match result.state:
        case ResultState.DRAFT:
            return say("a draft, not sent")
        case ResultState.SUBMITTED:
            return say("sent, waits for an answer")
        case ResultState.CHANGES_ASKED:
            return say("changes asked for: {reason}", reason=shortened(result.reason, MOST_REASON_IN_LIST))
        case ResultState.ACCEPTED:
            return say("accepted, waits to be published")
        case ResultState.PUBLISHED:
            return say("published")
        case _:
            assert_never(result.state)


# --- The card ---


def card(shown: Shown, zone: str, language: str) -> Message:
    """Everything about one result that this reader may see, with what they can do."""
    say = speaker(language)
    parts = [_heading(shown, say), contents(shown.result, say), _state(shown, zone, say)]
    return Message(join([p for p in parts if p], "\n\n"), rows(*_deeds(shown, say), all_results(say)))


def _heading(shown: Shown, say: Speaker) -> Html:
    if not shown.may_review:
        return say("Interim result of {group}", group=shown.group_code)
    author = name_of(shown, shown.result.author_id, say)
    version = shown.result.version
    return say(
        "Interim result of {group}, by {author}, version {version}",
        group=shown.group_code,
        author=author,
        version=version,
    )


def contents(result: Result, say: Speaker) -> Html:
    """Title, summary, and the link or the name of the file."""
    parts = [render("<b>{title}</b>", title=result.title), render("{summary}", summary=result.summary)]
    if result.link:
        # As text, not as a button: Telegram refuses whole messages for a button whose address it does not like.
        parts.append(say("Link: {link}", link=result.link))
    elif result.file_id:
        parts.append(say("File: {name}", name=result.file_name or ""))
    return join([p for p in parts if p], "\n\n")


def _state(shown: Shown, zone: str, say: Speaker) -> Html:
    result, who = shown.result, name_of(shown, shown.result.decided_by, say)
    match result.state:
        case ResultState.DRAFT:
            return say("A draft: nobody else sees it.")
        case ResultState.SUBMITTED:
            return say("Waits for an answer.")
        case ResultState.CHANGES_ASKED:
            return say("{name} asks for changes:\n{reason}", name=who, reason=result.reason)
        case ResultState.ACCEPTED:
            return say("Accepted by {name}. An organiser can publish it now.", name=who)
        case ResultState.PUBLISHED if result.published_at is not None:
            return say("Published: {when}", when=dates.in_zone(result.published_at, zone, say.language))
        case ResultState.PUBLISHED:
            return say("Published.")
        case _:
            assert_never(result.state)


def _deeds(shown: Shown, say: Speaker) -> list[tuple[Button, ...]]:
    result = shown.result
    deeds: list[tuple[Button, ...]] = []
    if result.file_id:
        deeds.append((Button(say.plain("File"), ShowFile(result.id)),))
    if shown.may_review and result.state is ResultState.SUBMITTED:
        accept = Button(say.plain("Accept"), AcceptResult(result.id, result.version))
        changes = Button(say.plain("Ask for changes"), AskChanges(result.id, result.version))
        deeds.append((accept, changes))
    if shown.may_publish and result.state is ResultState.ACCEPTED:
        deeds.append((Button(say.plain("Publish"), PublishResult(result.id, result.version)),))
    if shown.is_own and result.state is ResultState.CHANGES_ASKED:
        deeds.append((Button(say.plain("Revise"), Revise(result.id)),))
    if shown.is_own and result.state is ResultState.DRAFT:
        deeds.append((Button(say.plain("Go on with the draft"), ResumeDraft(result.id)),))
    return deeds


def all_results(say: Speaker) -> Button:
    """Back to the list."""
    return Button(say.plain("All results"), ListResults(0))


def name_of(shown: Shown, person_id: int | None, say: Speaker) -> str:
    """The name of somebody involved, also when they have had their data erased."""
    return shown.names.get(person_id or 0) or say.plain("somebody who has left")


def file(result: Result) -> Message:
    """The file itself, as Telegram keeps it."""
    caption = render("<b>{title}</b>", title=result.title)
    if result.file_kind is FileKind.PHOTO:
        return Message(caption, photo=result.file_id)
    return Message(caption, document=result.file_id)
