"""What the organisers' weekly summary says."""

from collections.abc import Sequence

from domain.buttons.digest import StopDigest, WantDigest
from domain.buttons.organise import ShowProgress
from domain.digest import AT, News
from messages import dates
from messages.languages import Speaker, speaker
from messages.markup import Button, Html, Message, join, rows
from messages.organise import Entry, entry, to_cockpit
from messages.ways import in_pairs

MOST_GROUPS = 6
"""So many fit into one message, the worst first; the cockpit shows all."""


def digest(entries: Sequence[tuple[Entry, News]], wanted: int, zone: str, language: str) -> Message:
    """Every group as it stands, those in trouble first, each with the news of the week."""
    say = speaker(language)
    worst_first = sorted(entries, key=lambda one: -one[0][2].light)
    shown, left = worst_first[:MOST_GROUPS], worst_first[MOST_GROUPS:]
    parts = [say("<b>The week in the groups</b>")]
    parts += [_with_news(one, news, wanted, zone, say) for one, news in shown]
    if left:
        parts.append(say.plural("{count} more group in the cockpit.", "{count} more groups in the cockpit.", len(left)))
    groups = in_pairs([Button(group.code, ShowProgress(group.id)) for (group, _, _), _ in shown])
    off = Button(say.plain("No more summaries"), StopDigest())
    return Message(join(parts, "\n\n"), rows(*groups, to_cockpit(language), off))


def _with_news(one: Entry, news: News, wanted: int, zone: str, say: Speaker) -> Html:
    counted = _news(news, say)
    new = say("New: {news}", news=join(counted, ", ")) if counted else say("Nothing new this week.")
    return join([entry(one, wanted, zone, say.language), new])


def _news(news: News, say: Speaker) -> list[Html]:
    counted = [
        (news.members, say.plural("{count} member", "{count} members", news.members)),
        (news.requests, say.plural("{count} request", "{count} requests", news.requests)),
        (news.webinars, say.plural("{count} webinar held", "{count} webinars held", news.webinars)),
        (news.sessions, say.plural("{count} session held", "{count} sessions held", news.sessions)),
        (news.results, say.plural("{count} result", "{count} results", news.results)),
    ]
    return [said for count, said in counted if count]


def choice(*, wanted: bool, zone: str, language: str) -> Message:
    """Whether to get it; `zone`: that of the process."""
    say = speaker(language)
    text = say(
        "<b>Weekly summary</b>\nEvery Monday at {time} ({city}): how each group is doing, and what is new.",
        time=f"{AT:%H:%M}",
        city=dates.city(zone, language),
    )
    state = say("You get it.") if wanted else say("You do not get it.")
    turn = Button(
        say.plain("No more summaries") if wanted else say.plain("Send it to me"), WantDigest(0 if wanted else 1)
    )
    return Message(join([text, state], "\n\n"), rows(turn, to_cockpit(language)))


def chosen(*, wanted: bool, language: str) -> str:
    """The toast after it was turned on or off."""
    say = speaker(language)
    if wanted:
        return say.plain("You will get it on Mondays.")
    return say.plain("You will not get it any more. /organise turns it on again.")
