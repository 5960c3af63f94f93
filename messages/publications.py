"""How publishing looks: the post in the channel, where a result stands, what failed."""

import re
from collections.abc import Sequence
from html import unescape
from typing import assert_never

from domain.buttons.publications import Preview, ShowOutlets, ShowText, TryOutlet
from domain.buttons.results import PublishResult, ShowResult
from domain.groups import Group
from domain.publications import Form, Outlet, Progress, Standing, form_of
from domain.results import Result, ResultState
from domain.social import Network
from messages import dates, groups
from messages.languages import Speaker, speaker
from messages.markup import MOST_TEXT, Button, Html, Message, join, render, rows, shortened, utf16_length
from messages.result_parts import kind
from messages.ways import in_rows

MOST_CAPTION = 1024
"""Length limit of the text below a file, in UTF-16 units, after the markup is taken out."""

MOST_REASON = 200


# --- The post ---------------------------------------------------------------------------------


def post(result: Result, group: Group | None, page: str | None, zone: str, languages: Sequence[str]) -> Message:
    """The post of a result. `page`: its address on the public page; `languages`: the first leads, a second follows."""
    say = speaker(languages[0])
    if result.state is ResultState.WITHDRAWN:
        return Message(_withdrawn(result, group, say))
    form = form_of(result)
    before = [render("<b>{title}</b>", title=result.title), _frame(result, group, zone, languages)]
    after = [*_ways(result, page, say), *_correction(result, say)]
    most = MOST_CAPTION if form.has_file else MOST_TEXT
    text = _fitted(before, result.summary, after, most)
    match form:
        case Form.DOCUMENT:
            return Message(text, document=result.file_id)
        case Form.PHOTO:
            return Message(text, photo=result.file_id)
        case Form.TEXT:
            return Message(text)
        case _:
            assert_never(form)


def _frame(result: Result, group: Group | None, zone: str, languages: Sequence[str]) -> Html:
    """What it is and whose, in each language; and since when."""
    lines = [_sort(result, group, speaker(language)) for language in languages]
    if result.published_at is not None:
        lines.append(Html(dates.for_everybody(result.published_at, zone, languages[0])))
    return join(lines)


def _sort(result: Result, group: Group | None, say: Speaker) -> Html:
    named = groups.in_full(group, say.language)
    return render("<i>{sort}</i>", sort=" · ".join(filter(None, (kind(result.kind, say), named))))


def _ways(result: Result, page: str | None, say: Speaker) -> list[Html]:
    ways = [say("Link: {link}", link=result.link)] if result.link else []
    if page:
        ways.append(say('<a href="{page}">On the public page</a>', page=page))
    return ways


def _correction(result: Result, say: Speaker) -> list[Html]:
    return [say("Corrected: {what}", what=shortened(result.correction, 300))] if result.correction else []


def _withdrawn(result: Result, group: Group | None, say: Speaker) -> Html:
    told = say("A result of {group} that stood here was withdrawn.", group=group.code if group else "–")
    return join([told, render("{why}", why=result.withdrawal)], "\n\n") if result.withdrawal else told


def _fitted(before: list[Html], summary: str, after: list[Html], most: int) -> Html:
    """The parts with as much of the summary as there is room for."""
    room = most - sum(_length(part) + 2 for part in (*before, *after))
    kept = summary
    while utf16_length(kept) > room:
        cut = shortened(kept, len(kept) - max(1, utf16_length(kept) - room)).rstrip("…")
        kept = f"{cut.rpartition(' ')[0] or cut[:-1]}…"  # at a word, where there is one
    return join([*before, *([render("{kept}", kept=kept)] if kept else []), *after], "\n\n")


def _length(part: Html) -> int:
    return utf16_length(unescape(re.sub(r"<[^>]*>", "", part)))


# --- Where it stands --------------------------------------------------------------------------


def named(outlet: Outlet, say: Speaker) -> str:
    """What an outlet is called."""
    match outlet:
        case Outlet.PAGE:
            return say.plain("Public page and feeds")
        case Outlet.FILE:
            return say.plain("File on the page")
        case Outlet.CHANNEL:
            return say.plain("Channel")
        case Outlet.HOMEPAGE:
            return say.plain("Conference homepage")
        case _:
            assert_never(outlet)


def standing(one: Standing, language: str) -> Html:
    """One outlet in one line: "Channel: on its way"."""
    say = speaker(language)
    line = render("{outlet}: {progress}", outlet=named(one.outlet, say), progress=_progress(one, say))
    reason = shortened(one.reason, MOST_REASON)
    return render("{line} ({reason})", line=line, reason=reason) if reason else line


def _progress(one: Standing, say: Speaker) -> str:
    match one.progress:
        case Progress.OWED:
            return say.plain("on its way")
        case Progress.DONE:
            return say.plain("done")
        case Progress.FAILED:
            return say.plain("failed")
        case Progress.WITHDRAWN:
            return say.plain("withdrawn")
        case Progress.MISSING:
            return say.plain("not there")
        case Progress.NOT_SET:
            return say.plain("not set up")
        case _:
            assert_never(one.progress)


def on_card(standings: Sequence[Standing], language: str) -> Html:
    """For the card of a result, as organisers see it; empty where it is not public."""
    if not standings:
        return Html("")
    say = speaker(language)
    return join([say("<b>Where it stands</b>"), *(standing(one, language) for one in standings)])


def outlets(result: Result, standings: Sequence[Standing], language: str) -> Message:
    """Outlet by outlet, with *Try again* where something failed."""
    say = speaker(language)
    heading = render("<b>{title}</b>", title=result.title)
    tries = [
        Button(say.plain("Try again: {outlet}", outlet=named(one.outlet, say)), TryOutlet(result.id, one.outlet))
        for one in standings
        if one.can_be_tried
    ]
    is_out = result.state is ResultState.PUBLISHED
    texts = Button(say.plain("Texts for social networks"), ShowText(result.id, Network.X, language))
    return Message(
        join([heading, join(standing(one, language) for one in standings)], "\n\n"),
        rows(*tries, texts if is_out else None, _back(result, say)),
    )


def trying(language: str, *, is_owed: bool) -> str:
    """The toast after *Try again*."""
    say = speaker(language)
    return say.plain("It is tried again.") if is_owed else say.plain("There is nothing to try again.")


def trouble(result: Result, outlet: Outlet, reason: str, language: str) -> Message:
    """To the organisers: one outlet did not take it."""
    say = speaker(language)
    text = say(
        "{outlet}: “{title}” could not be brought there.\n{reason}",
        outlet=named(outlet, say),
        title=result.title,
        reason=shortened(reason, MOST_REASON),
    )
    return Message(text, rows(Button(say.plain("Where it stands"), ShowOutlets(result.id))))


# --- Before it is published -------------------------------------------------------------------


def preview(result: Result, outlet: Outlet, shown: Html, *, can_publish: bool, language: str) -> Message:
    """How it will look in one outlet, with the others a tap away."""
    say = speaker(language)
    heading = say("Preview: <b>{outlet}</b>. Nothing is published yet.", outlet=named(outlet, say))
    others = [Button(named(one, say), Preview(result.id, one)) for one in Outlet if one not in {outlet, Outlet.FILE}]
    publish = Button(say.plain("Publish"), PublishResult(result.id, result.version)) if can_publish else None
    return Message(join([heading, shown], "\n\n"), rows(*in_rows(others, 2), publish, _back(result, say)))


def page_preview(result: Result, addresses: Sequence[str], language: str) -> Html:
    """Where it will stand on the public page."""
    say = speaker(language)
    if not addresses:
        return say("The public page has no address yet (BOT_PUBLIC_URL).")
    heading = say("It will stand here, in the lists of the page, and in the Atom and JSON feeds:")
    parts = [heading, *(render("{address}", address=address) for address in addresses)]
    if result.file_id:
        parts.append(say("The file is fetched from Telegram once, and can be downloaded there."))
    return join(parts)


def channel_preview(post_text: Html | None, language: str) -> Html:
    """What the channel will show."""
    say = speaker(language)
    return post_text if post_text is not None else say("No channel is set (BOT_PUBLISH_CHAT_ID).")


def homepage_preview(body: str | None, host: str, language: str) -> Html:
    """What the homepage will be sent."""
    say = speaker(language)
    if body is None:
        return say("No conference homepage is set: an owner does that in /organise.")
    return join([say("This is posted to {host}, signed:", host=host), render("<pre>{body}</pre>", body=body[:3000])])


def _back(result: Result, say: Speaker) -> Button:
    return Button(say.plain("Back"), ShowResult(result.id))
