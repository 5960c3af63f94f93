"""Samples of making and changing webinars."""

from datetime import timedelta

from domain import event_json
from domain.buttons.dialogs import Back, HandIn, Skip
from domain.buttons.scheduling import Choose, TurnWeek
from domain.buttons.webinar_editing import (
    ChangePart,
    ChangeWebinar,
    GoOnWithDraft,
    GoToPreview,
    KeepDraft,
    ListOver,
    NewWebinar,
    Postpone,
    RunWebinar,
    ShowIn,
    Trouble,
    TurnHosts,
)
from domain.permissions import Permission
from domain.webinar_edits import Answer, Edit, to_json
from domain.webinar_parts import Part, Step
from storage import events, tables
from storage.database import Tx
from tests.rights.samples.dialogs import dialog
from tests.rights.samples.sample import Maker, Sample, Thing, draft_webinar, group, webinar
from tests.rights.scene import NOW, Side

RUN = (Permission.RUN_EVENTS,)


async def complete_draft(tx: Tx, me: int, side: Side) -> Thing | None:
    """A draft that can be announced."""
    thing = await draft_webinar(tx, me, side)
    if thing is not None:
        texts = {"abstracts": {"en": "An abstract.", "de": "Eine Zusammenfassung."}}
        this = tables.events.update().where(tables.events.c.id == thing.id)
        await tx.execute(this.values(starts_at=NOW + timedelta(days=9), **texts))
    return thing


def editing(step: Step, part: Part, about: Maker = webinar, **answers: Answer) -> Maker:
    """The dialog of changing a webinar, at this question."""

    async def made(tx: Tx, me: int, side: Side) -> Thing | None:
        thing = await about(tx, me, side)
        stored = await events.get(tx, thing.id) if thing else None
        if thing is None or stored is None:
            return None
        given = {Step(name): answer for name, answer in answers.items()}
        edit = Edit(stored.group_id, stored.id, part, event_json.to_json(stored), given)
        return await dialog("webinar", step, about=about, data=to_json(edit))(tx, me, side)

    made.__name__ = f"webinar at {step}, {part} of {about.__name__}"
    return made


async def _nothing_yet(tx: Tx, me: int, side: Side) -> Thing | None:
    """The dialog about a webinar of which nothing is stored."""
    thing = await group(tx, me, side)
    if thing is None:
        return None
    return await dialog("webinar", Step.TITLE_EN, about=group, data=to_json(Edit(thing.id)))(tx, me, side)


moving = editing(Step.DAY, Part.MOVE)
longer = editing(Step.PREVIEW, Part.LENGTH, minutes=90)
announcing = editing(Step.PREVIEW, Part.ALL, complete_draft)

SAMPLES = [
    Sample(NewWebinar, lambda it: NewWebinar(it.id), group, RUN),
    Sample(ListOver, lambda it: ListOver(it.id, 0), group, RUN),
    Sample(RunWebinar, lambda it: RunWebinar(it.id), webinar, RUN),
    Sample(RunWebinar, lambda it: RunWebinar(it.id), draft_webinar, RUN),
    Sample(GoOnWithDraft, lambda it: GoOnWithDraft(it.id), draft_webinar, RUN),
    Sample(ChangeWebinar, lambda it: ChangeWebinar(it.id), webinar, RUN),
    Sample(ChangePart, lambda it: ChangePart(it.id, Part.LINK), webinar, RUN),
    Sample(Trouble, lambda it: Trouble(it.id), webinar, RUN),
    Sample(Postpone, lambda it: Postpone(it.id, 15), webinar, RUN),
    Sample("webinar", lambda _: "A title", _nothing_yet, RUN),
    Sample("webinar", lambda _: "Another title", editing(Step.TITLE_EN, Part.ALL, draft_webinar), RUN),
    Sample("webinar", lambda _: "01.04.2022 10:00", moving, RUN),
    Sample("webinar", lambda _: "90", editing(Step.MINUTES, Part.LENGTH), RUN),
    Sample("webinar", lambda _: "https://meet.example.org/new", editing(Step.LINK, Part.LINK), RUN),
    Sample(Choose, lambda it: Choose(it.revision, 2), editing(Step.AUDIENCE, Part.AUDIENCE), RUN),
    Sample(TurnWeek, lambda it: TurnWeek(it.revision, 1), moving, RUN),
    Sample(TurnHosts, lambda it: TurnHosts(it.revision, 0), editing(Step.MODERATOR, Part.MODERATOR), RUN),
    Sample(ShowIn, lambda it: ShowIn(it.revision, "de"), announcing, RUN),
    Sample(GoToPreview, lambda it: GoToPreview(it.revision), editing(Step.MINUTES, Part.ALL, complete_draft), RUN),
    Sample(KeepDraft, lambda it: KeepDraft(it.revision), announcing, RUN),
    Sample(Skip, lambda it: Skip(it.revision), editing(Step.TITLE_DE, Part.TITLE), RUN),
    Sample(Back, lambda it: Back(it.revision), longer, RUN),
    Sample(HandIn, lambda it: HandIn(it.revision), longer, RUN),
    Sample(HandIn, lambda it: HandIn(it.revision), announcing, RUN),
]
