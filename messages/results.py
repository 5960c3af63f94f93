"""How results are shown: the lists, the card, the file."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from domain.buttons.publications import ShowOutlets
from domain.buttons.results import ListResults, ShowResult
from domain.coauthors import CoauthorState
from domain.comments import ON_CARD, Comment
from domain.paging import ListPage
from domain.results import Contents, FileKind, Result, ResultState
from messages import dates
from messages.languages import Speaker, speaker
from messages.markup import MOST_TEXT, Button, Html, Message, join, render, rows, shortened, utf16_length
from messages.publications import on_card
from messages.result_deeds import Shown, deeds
from messages.result_parts import described
from messages.turning import by_time
from messages.ways import home, in_rows

MOST_REASON_IN_LIST = 150
"""The card says the whole reason; a page of the list has to fit into one message."""


MOST_HEADING = 80
"""Room for the line above the comments, and for what stands between them."""

MOST_NAME = 40
"""What is shown of the name of a co-author, or of whoever comments."""


# --- The list ---


def listed(
    published: Sequence[Result],
    own: Sequence[Result],
    before: Mapping[int, int],
    codes: Mapping[int, str],
    page: ListPage,
    zone: str,
    language: str,
) -> Message:
    """`/results`: what is published, and below it one's own on their way, with how many wait `before` each."""
    say = speaker(language)
    parts = [say("<b>Results of the working groups</b>")]
    parts += [_entry(number, result, codes, zone, say) for number, result in enumerate(published, 1)]
    if not published:
        parts.append(say("Nothing is published here yet."))
    if own:
        parts.append(
            join(
                [
                    say("<b>Yours, on their way</b>"),
                    *(_own_line(result, before.get(result.id, 0), say) for result in own),
                ]
            )
        )
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


def _own_line(result: Result, before: int, say: Speaker) -> Html:
    line = say("{title}: {state}", title=result.title, state=_own_state(result, say))
    return join([line, *_queue(before, say)], ". ") if before else line


def _queue(before: int, say: Speaker) -> list[Html]:
    """How many wait longer, if any do."""
    waiting = say.plural("{count} result is waiting before yours.", "{count} results are waiting before yours.", before)
    return [waiting] if before else []


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
        case ResultState.WITHDRAWN:
            return say("withdrawn: {reason}", reason=shortened(result.withdrawal, MOST_REASON_IN_LIST))
        case _:
            assert_never(result.state)


# --- The card ---


def card(shown: Shown, zone: str, language: str) -> Message:
    """Everything about one result that this reader may see, with what they can do."""
    say = speaker(language)
    if shown.result.state is ResultState.WITHDRAWN:
        return _withdrawn_card(shown, zone, say)
    state = [_state(shown, zone, say), on_card(shown.standings, language)]
    parts = [_heading(shown, say), described(shown.result, say), *state, *_coauthors(shown, say)]
    text = join([p for p in parts if p], "\n\n")
    text = join([text, *_comments(shown, MOST_TEXT - utf16_length(text), say)], "\n\n")
    return Message(text, rows(*deeds(shown, say), all_results(say)))


def _withdrawn_card(shown: Shown, zone: str, say: Speaker) -> Message:
    """For those who publish, also whether it is gone everywhere."""
    parts = [_withdrawn(shown.result, zone, say), on_card(shown.standings, say.language)]
    outlets = Button(say.plain("Where it stands"), ShowOutlets(shown.result.id)) if shown.standings else None
    return Message(join([p for p in parts if p], "\n\n"), rows(outlets, all_results(say)))


def _withdrawn(result: Result, zone: str, say: Speaker) -> Html:
    """What is left of it in public."""
    if result.withdrawn_at is None:
        return say("Withdrawn: {reason}", reason=result.withdrawal)
    when = dates.in_zone(result.withdrawn_at, zone, say.language)
    return say("Withdrawn on {when}: {reason}", when=when, reason=result.withdrawal)


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


def _state(shown: Shown, zone: str, say: Speaker) -> Html:
    result, who = shown.result, name_of(shown, shown.result.decided_by, say)
    match result.state:
        case ResultState.DRAFT:
            return say("A draft: nobody else sees it.")
        case ResultState.SUBMITTED:
            return join([say("Waits for an answer."), *_queue(shown.before, say)])
        case ResultState.CHANGES_ASKED:
            return say("{name} asks for changes:\n{reason}", name=who, reason=result.reason)
        case ResultState.ACCEPTED:
            accepted = say("Accepted by {name}. An organiser can publish it now.", name=who)
            return join([accepted, *_queue(shown.before, say)])
        case ResultState.PUBLISHED:
            return join([_published(result, zone, say), *_corrected(result, zone, say)])
        case ResultState.WITHDRAWN:
            return _withdrawn(result, zone, say)
        case _:
            assert_never(result.state)


def _published(result: Result, zone: str, say: Speaker) -> Html:
    if result.published_at is None:
        return say("Published.")
    return say("Published: {when}", when=dates.in_zone(result.published_at, zone, say.language))


def _corrected(result: Result, zone: str, say: Speaker) -> list[Html]:
    if result.corrected_at is None:
        return []
    when = dates.in_zone(result.corrected_at, zone, say.language)
    return [say("Corrected on {when}: {what}", when=when, what=result.correction)]


def _coauthors(shown: Shown, say: Speaker) -> list[Html]:
    """Who wrote it, too; and who has not said yet whether that is right."""
    lines = []
    if confirmed := _names(shown, CoauthorState.CONFIRMED, say):
        lines.append(say("Written together with {names}.", names=confirmed))
    if asked := _names(shown, CoauthorState.ASKED, say):
        lines.append(say("Named as a co-author, no answer yet: {names}.", names=asked))
    return [join(lines)] if lines else []


def _names(shown: Shown, state: CoauthorState, say: Speaker) -> str:
    named = [c.person_id for c in shown.coauthors if c.state is state]
    return ", ".join(shortened(name_of(shown, person, say), MOST_NAME) for person in named)


def _comments(shown: Shown, room: int, say: Speaker) -> list[Html]:
    """The last comments, each as long as there is room for it in the message (UTF-16 units)."""
    each = (room - MOST_HEADING) // ON_CARD - 2 * MOST_NAME
    if not shown.comments or each < MOST_NAME:
        return []
    lines = [_comment(comment, name_of(shown, comment.person_id, say), each, say) for comment in shown.comments]
    return [join([say("<b>Comments</b>"), *lines])]


def _comment(comment: Comment, name: str, most: int, say: Speaker) -> Html:
    text = shortened(comment.text, most if utf16_length(comment.text) <= most else most // 2)
    return say("{name}: {text}", name=shortened(name, MOST_NAME), text=text)


def all_results(say: Speaker) -> Button:
    """Back to the list."""
    return Button(say.plain("All results"), ListResults(0))


def name_of(shown: Shown, person_id: int | None, say: Speaker) -> str:
    """The name of somebody involved, also when they have had their data erased."""
    return shown.names.get(person_id or 0) or say.plain("somebody who has left")


def file(result: Contents) -> Message:
    """The file itself, as Telegram keeps it."""
    caption = render("<b>{title}</b>", title=result.title)
    if result.file_kind is FileKind.PHOTO:
        return Message(caption, photo=result.file_id)
    return Message(caption, document=result.file_id)
