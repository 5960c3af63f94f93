"""Ready texts for social networks, for organisers to copy."""

from typing import assert_never

from domain.buttons.publications import ShowOutlets, ShowText
from domain.groups import Group
from domain.results import Result
from domain.social import MOST, MOST_COPIED, Network, compose, hashtag, length
from messages.languages import LANGUAGES, Speaker, pick, speaker
from messages.markup import Button, CopyButton, Message, join, render, rows, utf16_length
from messages.result_parts import kind, language_name


def name_of(network: Network) -> str:
    """The network's own name."""
    match network:
        case Network.X:
            return "X"
        case Network.MASTODON:
            return "Mastodon"
        case Network.LINKEDIN:
            return "LinkedIn"
        case _:
            assert_never(network)


def text_for(result: Result, group: Group | None, address: str | None, network: Network, language: str) -> str:
    """A post in one language; the title and the summary stay in the language they are written in."""
    say = speaker(language)
    opening = say.plain("New from {group}:", group=group.code) if group else say.plain("New:")
    title = result.title
    if result.language != language:
        title += " " + say.plain("(in {language})", language=language_name(result.language, say))
    return compose(opening, title, result.summary, address, _tags(result, group, say), network)


def _tags(result: Result, group: Group | None, say: Speaker) -> list[str]:
    theme = pick(group.titles, say.language) if group else ""
    short = theme.split(" – ")[0].split(":")[0].split(",")[0]
    return [tag for tag in (hashtag(short), hashtag(kind(result.kind, say))) if tag]


def alt_text(result: Result, group: Group | None, language: str) -> str:
    """What a picture of the first page shows, for those who do not see it."""
    say = speaker(language)
    return say.plain(
        "First page of a text: “{title}”. {kind}, {group}.",
        title=result.title,
        kind=kind(result.kind, say),
        group=group.code if group else "–",
    )


def screen(
    result: Result, group: Group | None, address: str | None, network: Network, chosen: str, language: str
) -> Message:
    """One text, ready to copy; a tap on it copies it, too. `chosen`: its language, `language`: the reader's."""
    say = speaker(language)
    text, alt = text_for(result, group, address, network, chosen), alt_text(result, group, chosen)
    heading = say(
        "<b>{network}</b>, {language}: {count} of {most} characters",
        network=name_of(network),
        language=LANGUAGES[chosen][0],
        count=length(text, network),
        most=MOST[network],
    )
    parts = [
        heading,
        render("<pre>{text}</pre>", text=text),
        say("Alt text of a picture:"),
        render("<pre>{alt}</pre>", alt=alt),
    ]
    copies = tuple(
        CopyButton(label, copied)
        for label, copied in ((say.plain("Copy"), text), (say.plain("Copy the alt text"), alt))
        if utf16_length(copied) <= MOST_COPIED
    )
    if utf16_length(text) > MOST_COPIED:
        parts.append(say("Tap the text to copy it."))
    return Message(join(parts, "\n\n"), rows(copies, *_others(result, network, chosen, say)))


def _others(result: Result, network: Network, chosen: str, say: Speaker) -> list[tuple[Button, ...] | Button]:
    networks = tuple(Button(name_of(one), ShowText(result.id, one, chosen)) for one in Network if one is not network)
    languages = tuple(
        Button(own, ShowText(result.id, network, code)) for code, (own, _) in LANGUAGES.items() if code != chosen
    )
    return [networks, languages, Button(say.plain("Back"), ShowOutlets(result.id))]
