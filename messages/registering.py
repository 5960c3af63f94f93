"""What is said about registering for a webinar."""

from datetime import datetime
from typing import assert_never

from domain.buttons.registering import ExportRegistrations, Register, TakeBack
from domain.buttons.webinars import ShowWebinar
from domain.events import Event
from domain.registering import (
    AlreadyThere,
    Booking,
    NotOpen,
    Queued,
    Registered,
    RegisterOutcome,
    is_open,
)
from messages import dates
from messages.languages import pick, speaker
from messages.markup import Button, Html, Message, join, render, rows


def places(event: Event, booking: Booking, now: datetime, language: str) -> Html:
    """Whether there is room, where one registers."""
    say = speaker(language)
    if not is_open(event, now):
        return Html("")
    if event.capacity is None:
        return say("Please register.")
    if booking.is_full(event):
        return say("All places are taken. There is a waiting list.")
    free = event.capacity - booking.taken - booking.waiting
    return say.plural("Please register: {count} place is free.", "Please register: {count} places are free.", free)


def standing(booking: Booking, language: str) -> Html:
    """What the person is."""
    say = speaker(language)
    if booking.is_registered:
        return say("You are registered.")
    if booking.is_waiting:
        return say("You are on the waiting list, number {position}.", position=booking.position)
    return Html("")


def counts(event: Event, booking: Booking, language: str) -> Html:
    """How many come, for those who run it."""
    if not (event.registers or booking.taken):
        return Html("")
    say = speaker(language)
    return say("Registered: {taken}. Waiting: {waiting}.", taken=booking.taken, waiting=booking.waiting)


def button(event: Event, booking: Booking, now: datetime, language: str) -> Button | None:
    """What can be done about it now."""
    say = speaker(language)
    if not is_open(event, now):
        return None
    if booking.is_registered:
        return Button(say.plain("Cancel my registration"), TakeBack(event.id))
    if booking.is_waiting:
        return Button(say.plain("Leave the waiting list"), TakeBack(event.id))
    label = say.plain("Join the waiting list") if booking.is_full(event) else say.plain("Register")
    return Button(label, Register(event.id))


def export_button(event: Event, booking: Booking, language: str) -> Button | None:
    """Who comes, as a file, for those who run it."""
    if not (booking.taken or booking.waiting):
        return None
    return Button(speaker(language).plain("Registrations as a file"), ExportRegistrations(event.id))


def registered(outcome: RegisterOutcome, language: str) -> str:
    """The toast after *Register*."""
    say = speaker(language)
    match outcome:
        case Registered():
            return say.plain("You are registered. We will remind you.")
        case Queued(position=position):
            return say.plain("You are on the waiting list, number {position}.", position=position)
        case AlreadyThere():
            return say.plain("You have registered already.")
        case NotOpen():
            return say.plain("One cannot register for this webinar now.")
        case _:
            assert_never(outcome)


def withdrawn(language: str) -> str:
    """The toast after *Cancel my registration*."""
    return speaker(language).plain("Your registration is taken back.")


def moved_up(event: Event, zone: str, language: str) -> Message:
    """Told once to whoever waited and has a place now."""
    say = speaker(language)
    title = render("<b>{title}</b>", title=pick(event.titles, language))
    when = render("{when}", when=dates.in_zone(event.starts_at, zone, language))
    text = join([say("A place has become free: you are registered."), join([title, when])], "\n\n")
    details = Button(say.plain("Details"), ShowWebinar(event.id))
    return Message(text, rows((details, Button(say.plain("I cannot come"), TakeBack(event.id)))))
