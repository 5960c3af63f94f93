"""What the organisers' pages in the browser say of things; their fixed words are in `messages.organiser_labels`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.audit import Deed
from domain.broadcasts import Audience, Broadcast, BroadcastState, Fate
from domain.events import EventState
from domain.letters import DeadLetter, Undelivered
from domain.organise import Light, Reason
from domain.people import Person
from domain.results import ResultState
from domain.retries import MayNot
from messages import dates
from messages.audit import changed
from messages.deeds import said
from messages.kinds import kind_of
from messages.languages import Speaker, pick, speaker
from messages.letters import fate, happened, reader, twice, why_not
from messages.markup import Html, clean
from messages.organise import light, why


class News(StrEnum):
    """What is said above a page about what was just done there."""

    ACCEPTED = "accepted"
    CHANGES_ASKED = "changes_asked"
    PUBLISHED = "published"
    TOO_LATE = "too_late"
    RETRIED = "retried"
    RESENT = "resent"
    NOT_RESENT = "not_resent"
    STOPPED = "stopped"
    WAS_OVER = "was_over"
    SENT_AGAIN = "sent_again"
    NOTHING_UNCERTAIN = "nothing_uncertain"
    IMPORTED = "imported"
    WRITTEN = "written"
    TAKEN_OFF = "taken_off"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Words:
    """Puts things into words for one reader; times in their zone."""

    language: str
    zone: str

    @property
    def _say(self) -> Speaker:
        return speaker(self.language)

    def title(self, texts: Mapping[str, str]) -> str:
        """What is stored in several languages."""
        return pick(texts, self.language)

    def when(self, moment: datetime | None) -> str:
        """A moment; a dash where there is none."""
        return dates.in_zone(moment, self.zone, self.language) if moment else "–"

    def day(self, day: date) -> str:
        """A day, as short as it can be."""
        return dates.short_day(day, self.language)

    def wall(self, wall: datetime, zone: str) -> str:
        """What clocks in a zone show (naive), and where."""
        return dates.in_zone(wall.replace(tzinfo=ZoneInfo(zone)), zone, self.language)

    def event(self, state: EventState) -> str:
        """Where a webinar stands."""
        known = {
            EventState.DRAFT: self._say.plain("draft"),
            EventState.ANNOUNCED: self._say.plain("announced"),
            EventState.CANCELLED: self._say.plain("cancelled"),
        }
        return known[state]

    def light(self, one: Light) -> str:
        """The traffic light."""
        return light(one, self.language)

    def why(self, reason: Reason) -> str:
        """A reason for it."""
        return why(reason, self.language)

    def reach(self, person: Person) -> str:
        """Whether somebody can be written to, and if not, why."""
        if person.started_at is None:
            return self._say.plain("never pressed Start")
        if person.blocked_at is not None:
            return self._say.plain("has blocked the bot")
        if person.stopped_at is not None:
            return self._say.plain("has stopped all messages")
        return self._say.plain("can be reached")

    def role(self, role: str) -> str:
        """What somebody is."""
        known = {
            "guest": self._say.plain("guest"),
            "coordinator": self._say.plain("coordinator"),
            "organiser": self._say.plain("organiser"),
            "owner": self._say.plain("owner"),
        }
        return known.get(role, role)

    def state(self, state: ResultState) -> str:
        """Where a result stands."""
        return self._say.plain("accepted") if state is ResultState.ACCEPTED else self._say.plain("waits for a review")

    def deed(self, deed: Deed) -> Html:
        """Who did what."""
        return said(deed, self._say)

    def changes(self, deed: Deed) -> list[Html]:
        """What was different afterwards."""
        return [changed(one, self.zone, self._say) for one in deed.changes]

    def sender(self, letter: DeadLetter, name: str) -> str:
        """Whom an update came from."""
        return name or (self._say.plain("a group chat") if letter.lane < 0 else self._say.plain("somebody"))

    def error(self, letter: DeadLetter) -> str:
        """What went wrong, without the reference before it."""
        return letter.error.partition(": ")[2]

    def reader(self, message: Undelivered, name: str) -> str:
        """For whom a message was."""
        return reader(message, name, self._say)

    def kind(self, kind: str) -> str:
        """What sort of message it was."""
        return kind_of(kind, self._say)

    def fate(self, message: Undelivered) -> str:
        """What became of it."""
        return fate(message, self._say)

    def happened(self, message: Undelivered) -> str:
        """Why."""
        return happened(message, self._say)

    def why_not(self, reason: MayNot) -> str:
        """Why it is not sent again."""
        return why_not(reason, self._say)

    @property
    def twice(self) -> str:
        """What to think of before what is uncertain is sent again."""
        return twice(self._say)

    def run(self, state: BroadcastState) -> str:
        """Where a broadcast stands."""
        known = {
            BroadcastState.DRAFT: self._say.plain("draft"),
            BroadcastState.ASKED: self._say.plain("waits for a second organiser"),
            BroadcastState.SENDING: self._say.plain("going out"),
            BroadcastState.PAUSED: self._say.plain("paused"),
            BroadcastState.STOPPED: self._say.plain("stopped"),
            BroadcastState.DONE: self._say.plain("done"),
        }
        return known[state]

    def audience(self, broadcast: Broadcast, codes: Mapping[int, str]) -> str:
        """Whom it is for."""
        match broadcast.audience:
            case Audience.EVERYBODY:
                return self._say.plain("everybody")
            case Audience.GROUP:
                return codes.get(broadcast.target_id, "–")
            case Audience.WEBINAR:
                return self._say.plain("followers of a webinar")

    def counted(self, fate: Fate) -> str:
        """What became of messages of a broadcast."""
        known = {
            Fate.SENT: self._say.plain("arrived"),
            Fate.UNREACHABLE: self._say.plain("unreachable"),
            Fate.FAILED: self._say.plain("failed"),
            Fate.UNCERTAIN: self._say.plain("uncertain"),
            Fate.CANCELLED: self._say.plain("stopped before sending"),
            Fate.WAITING: self._say.plain("waiting"),
        }
        return known[fate]

    def text(self, broadcast: Broadcast) -> Html:
        """The message itself."""
        return clean(broadcast.html)

    def news(self, news: News) -> str:
        """What came of a press on a page."""
        say = self._say.plain
        known = {
            News.ACCEPTED: say("Accepted. It can be published now."),
            News.CHANGES_ASKED: say("The author has your words."),
            News.PUBLISHED: say("Published."),
            News.TOO_LATE: say("Somebody was faster, or it has changed. Here is how it stands."),
            News.RETRIED: say("It is being handled once more."),
            News.RESENT: say("It goes out again."),
            News.NOT_RESENT: say("It was not sent again. The list says how it stands."),
            News.STOPPED: say("Stopped. Nothing more goes out."),
            News.WAS_OVER: say("It was over already."),
            News.SENT_AGAIN: say("It goes out again to those who may not have it."),
            News.NOTHING_UNCERTAIN: say("There is nobody left who may not have it."),
            News.IMPORTED: say("Taken over."),
            News.WRITTEN: say("Saved. The public page shows it."),
            News.TAKEN_OFF: say("Saved. The text is off the public page."),
            News.UNCHANGED: say("It stands there like this already."),
        }
        return known[news]
