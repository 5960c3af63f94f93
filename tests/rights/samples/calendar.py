"""Samples of calendars: what everybody may take with them, what a group may, and one's own address."""

from domain.buttons.calendar import EndAddress, NewAddress, SessionFile, WebinarFile
from domain.permissions import Permission
from tests.rights.asking import Outcome
from tests.rights.page import Shape
from tests.rights.samples.sample import Sample, always, draft_webinar, myself, session, webinar

PUBLIC, RUN, MATERIAL = (Permission.SEE_PUBLIC,), (Permission.RUN_EVENTS,), (Permission.SEE_MATERIAL,)
MINE = (Permission.OWN_DATA,)

SAMPLES = [
    Sample(WebinarFile, lambda it: WebinarFile(it.id), webinar, PUBLIC, public=True),
    Sample(WebinarFile, lambda it: WebinarFile(it.id), draft_webinar, RUN, refusal=Outcome.NO),
    Sample("/start", lambda it: f"/start k_{it.id}", webinar, PUBLIC, public=True, shape=Shape.START_LINK),
    Sample("/start", lambda it: f"/start k_{it.id}", draft_webinar, RUN, refusal=Outcome.NO, shape=Shape.START_LINK),
    Sample(SessionFile, lambda it: SessionFile(it.id), session, MATERIAL),
    Sample(NewAddress, always(NewAddress()), myself, MINE),
    Sample(EndAddress, always(EndAddress()), myself, MINE),
]
