"""What every service is handed: the open transaction, the moment, and, where a person acts, who."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.errors import NotAllowed
from domain.people import ANONYMOUS_ADMIN, Person
from domain.permissions import NOWHERE, Actor, Permission, Target, can
from domain.places import PRIVATE, Place, SharedZone
from domain.process import Process
from storage.database import Tx


@dataclass(frozen=True)
class Background:
    """One piece of work that nobody asked for: time has come, or something happened in a chat."""

    tx: Tx
    now: datetime
    process: Process

    @property
    def today(self) -> date:
        """The date at the process's place: groups open and close by it."""
        return self.now.astimezone(ZoneInfo(self.process.zone)).date()


@dataclass(frozen=True)
class Work(Background):
    """One piece of work that a person asked for: one transaction, one `now`, one actor, one place."""

    person: Person
    actor: Actor
    place: Place = PRIVATE

    @property
    def language(self) -> str:
        """What the person reads."""
        return self.person.language

    @property
    def zone(self) -> str:
        """The zone in which times are shown: the person's own, or in a group each reader's."""
        if not self.place.is_private:
            return SharedZone(self.process.zone)
        return self.person.zone or self.process.zone

    @property
    def by(self) -> int | None:
        """Who acts, for the audit; None where an administrator does not say who they are."""
        return None if self.person.id == ANONYMOUS_ADMIN else self.person.id

    def require(self, permission: Permission, target: Target = NOWHERE) -> None:
        """Raise NotAllowed unless the actor may do this to the object just loaded."""
        if not can(self.actor, permission, target):
            raise NotAllowed
