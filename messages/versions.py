"""How an earlier version of a result is shown."""

from domain.buttons.results import ShowResult, ShowVersion, ShowVersionFile
from domain.paging import ListPage
from domain.results import Version
from messages import dates
from messages.languages import speaker
from messages.markup import Button, Message, join, rows
from messages.result_parts import contents
from messages.turning import by_time


def shown(version: Version, by: str, page: ListPage, zone: str, language: str) -> Message:
    """One version, with who made it and when."""
    say = speaker(language)
    heading = say(
        "Version {version}, by {name}, {when}",
        version=version.version,
        name=by or say.plain("somebody who has left"),
        when=dates.in_zone(version.at, zone, language),
    )
    file = Button(say.plain("File"), ShowVersionFile(version.result_id, page.number)) if version.file_id else None
    turn = by_time(page, lambda to: ShowVersion(version.result_id, to), language)
    back = Button(say.plain("Show the result"), ShowResult(version.result_id))
    return Message(join([heading, contents(version, say)], "\n\n"), rows(file, turn, back))
