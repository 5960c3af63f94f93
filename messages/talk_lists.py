"""What coordinators see of the talks of their group: all of them, and one with what its presenter has handed in."""

from collections.abc import Sequence
from typing import assert_never

from domain.buttons.talks import EditTalk, GetSlides, ListTalks, SendSlides, ShowTalk
from domain.events import Event
from domain.groups import Group
from domain.paging import ListPage
from domain.people import Person
from domain.talks import Step, Talk, TalkState
from messages import dates, groups, manage
from messages.languages import Speaker, pick, speaker
from messages.markup import Button, Html, Message, join, render, rows, shortened
from messages.talks import Shown, where
from messages.turning import by_page
from messages.ways import in_pairs


def view(shown: Shown, zone: str, language: str) -> Message:
    """For the coordinators: what the presenter has answered so far."""
    say = speaker(language)
    talk = shown.talk
    done = join(render("• {line}", line=_state_of(step, talk, say)) for step in Step)
    said = [
        say("Title: {title}", title=talk.title) if talk.title else None,
        render("{text}", text=talk.abstract) if talk.abstract else None,
        render("{text}", text=talk.bio) if talk.bio else None,
    ]
    parts = [
        say("<b>{name}</b> speaks at", name=shown.presenter.name),
        where(shown, zone, say),
        say("Declined.") if talk.state is TalkState.DECLINED else done,
        *(one for one in said if one is not None),
    ]
    slides = Button(say.plain("Get the slides"), GetSlides(talk.id)) if talk.slides_id else None
    edit = (
        Button(say.plain("Title and abstract"), EditTalk(talk.id)),
        Button(say.plain("Slides"), SendSlides(talk.id)),
    )
    back = Button(say.plain("All talks"), ListTalks(shown.event.group_id, 0))
    return Message(join(parts, "\n\n"), rows(slides, edit if talk.state is not TalkState.DECLINED else None, back))


def _state_of(step: Step, talk: Talk, say: Speaker) -> str:
    done = talk.has(step)
    match step:
        case Step.CONFIRM:
            return say.plain("Has confirmed") if done else say.plain("Has not confirmed")
        case Step.DETAILS:
            return say.plain("Has told everything about the talk") if done else say.plain("Something is still missing")
        case Step.SLIDES:
            return say.plain("Slides are here") if done else say.plain("No slides yet")
        case Step.CHECK:
            return say.plain("Technical check done") if done else say.plain("No technical check yet")
        case _:
            assert_never(step)


def slides(talk: Talk, language: str) -> Message:
    """The slides, with whose they are."""
    text = render("{name}", name=talk.slides_name or speaker(language).plain("Slides"))
    return Message(text, document=talk.slides_id)


def listed(
    group: Group,
    entries: Sequence[tuple[Talk, Event, Person | None]],
    page: ListPage,
    zone: str,
    language: str,
) -> Message:
    """A page of the talks at the coming events of a group."""
    say = speaker(language)
    heading = say("{group}: talks", group=groups.name(group, language))
    back = manage.back(group.id, language)
    if not entries:
        return Message(join([heading, say("Nobody is invited to speak yet. See “Invite people”.")], "\n\n"), rows(back))
    lines = [_line(n, *entry, zone, say) for n, entry in enumerate(entries, 1)]
    buttons = [
        Button(shortened(f"{n} · {person.name if person else '?'}", 20), ShowTalk(talk.id))
        for n, (talk, _, person) in enumerate(entries, 1)
    ]
    turn = by_page(page, lambda to: ListTalks(group.id, to), language)
    return Message(join([heading, *lines], "\n\n"), rows(*in_pairs(buttons), turn, back))


def _line(number: int, talk: Talk, event: Event, person: Person | None, zone: str, say: Speaker) -> Html:
    states = {
        TalkState.ASKED: say.plain("not confirmed"),
        TalkState.CONFIRMED: say.plain("confirmed"),
        TalkState.DECLINED: say.plain("declined"),
    }
    return render(
        "{n}. <b>{name}</b>, {state}\n{title}\n{when}",
        n=number,
        name=person.name if person else "?",
        state=states[talk.state],
        title=pick(event.titles, say.language),
        when=dates.in_zone(event.starts_at, zone, say.language),
    )
