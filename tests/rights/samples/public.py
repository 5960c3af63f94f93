"""Samples of what everybody can ask: coming in, webinars, groups, settings."""

from domain.buttons.broadcasts import StartMessages, StopMessages
from domain.buttons.dialogs import Cancel
from domain.buttons.groups import Leave, LeaveForSure, ListGroups, ShowGroup
from domain.buttons.privacy import AskErase, Erase, TakeOwnData
from domain.buttons.screens import Open, Page
from domain.buttons.settings import AskLanguage, AskLeads, AskZone, SetLanguage, SetZone, ToggleLead
from domain.buttons.webinars import (
    FollowAll,
    ListWebinars,
    RemindMe,
    ShowFollowed,
    ShowWebinar,
    Subscribe,
    UnfollowAll,
    Unsubscribe,
)
from domain.permissions import Permission
from domain.webinars import Scope
from tests.rights.asking import Outcome
from tests.rights.page import Shape
from tests.rights.samples.dialogs import dialog
from tests.rights.samples.sample import Sample, always, draft_webinar, followed, group, myself, nothing, webinar

BOT, PUBLIC, MINE = (Permission.USE_BOT,), (Permission.SEE_PUBLIC,), (Permission.SUBSCRIBE,)
RUN = (Permission.RUN_EVENTS,)
OWN = (Permission.OWN_DATA,)

SAMPLES = [
    Sample("/start", lambda _: "/start", nothing, BOT),
    Sample("/start", lambda it: f"/start w_{it.id}", webinar, PUBLIC, public=True, shape=Shape.START_LINK),
    Sample("/start", lambda it: f"/start w_{it.id}", draft_webinar, RUN, refusal=Outcome.NO, shape=Shape.START_LINK),
    Sample("/start", lambda it: f"/start g_{it.id}", group, PUBLIC, public=True, shape=Shape.START_LINK),
    Sample("/help", lambda _: "/help", nothing, BOT),
    Sample("/privacy", lambda _: "/privacy", nothing, BOT),
    Sample("/cancel", lambda _: "/cancel", nothing, BOT),
    Sample("/stop", lambda _: "/stop", nothing, BOT),
    *[Sample(Open, always(Open(page)), nothing, BOT) for page in Page],
    Sample(Cancel, always(Cancel()), nothing, BOT),
    *[Sample(type(button), always(button), myself, OWN) for button in (TakeOwnData(), AskErase(), Erase())],
    Sample(StopMessages, always(StopMessages()), nothing, BOT),
    Sample(StartMessages, always(StartMessages()), nothing, BOT),
    Sample("/webinars", lambda _: "/webinars", nothing, PUBLIC),
    Sample(ListWebinars, always(ListWebinars(0)), nothing, PUBLIC),
    Sample(ShowWebinar, lambda it: ShowWebinar(it.id), webinar, PUBLIC, public=True),
    Sample(ShowWebinar, lambda it: ShowWebinar(it.id), draft_webinar, RUN, refusal=Outcome.NO),
    Sample(RemindMe, lambda it: RemindMe(it.id), webinar, PUBLIC, public=True),
    Sample(Subscribe, lambda it: Subscribe(it.id, Scope.WEBINAR), followed, MINE, public=True),
    Sample(Subscribe, lambda it: Subscribe(it.id, Scope.GROUP), followed, MINE, public=True),
    Sample(Unsubscribe, lambda it: Unsubscribe(it.id), followed, MINE, public=True),
    Sample(ShowFollowed, always(ShowFollowed()), myself, MINE),
    Sample(FollowAll, always(FollowAll()), myself, MINE),
    Sample(UnfollowAll, always(UnfollowAll()), myself, MINE),
    Sample("/join", lambda _: "/join", nothing, PUBLIC),
    Sample(ListGroups, always(ListGroups(0)), nothing, PUBLIC),
    Sample(ShowGroup, lambda it: ShowGroup(it.id), group, PUBLIC, public=True),
    Sample(Leave, lambda it: Leave(it.id), group, PUBLIC, public=True),
    Sample(LeaveForSure, lambda it: LeaveForSure(it.id), group, PUBLIC, public=True),
    Sample("/settings", lambda _: "/settings", nothing, BOT),
    Sample(AskLanguage, always(AskLanguage()), nothing, BOT),
    Sample(SetLanguage, always(SetLanguage("de")), nothing, BOT),
    Sample(AskZone, always(AskZone()), nothing, BOT),
    Sample(SetZone, always(SetZone("Africa/Accra")), nothing, BOT),
    Sample(AskLeads, always(AskLeads()), nothing, BOT),
    Sample(ToggleLead, always(ToggleLead(1440)), nothing, BOT),
    Sample("zone", lambda _: "Accra", dialog("zone", "city"), BOT),
]
