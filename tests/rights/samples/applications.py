"""Samples of asking to join."""

from domain.buttons.applications import AskToJoin, Withdraw
from domain.buttons.dialogs import Back, HandIn, Skip
from domain.permissions import Permission, Target
from storage.database import Tx
from tests.rights import scene
from tests.rights.samples.dialogs import dialog
from tests.rights.samples.sample import Sample, Thing, group
from tests.rights.scene import GROUP_OF, OTHER, Side

ASK = (Permission.ASK_TO_JOIN,)


async def application(tx: Tx, me: int, side: Side) -> Thing | None:
    """Somebody's open application."""
    if side is Side.SIBLING:
        return None
    person, group_id = (me, OTHER) if side is Side.MINE else (scene.APPLIES, GROUP_OF[side])
    return Thing(await scene.application(tx, person, group_id), Target(group_id, author_id=person))


at_motivation = dialog("apply", "motivation", about=group, key="group_id")
at_affiliation = dialog("apply", "affiliation", about=group, key="group_id", data={"motivation": "Because."})
at_preview = dialog("apply", "preview", about=group, key="group_id", data={"motivation": "Because.", "affiliation": ""})

SAMPLES = [
    Sample(AskToJoin, lambda it: AskToJoin(it.id), group, ASK, public=True),
    Sample("apply", lambda _: "Because I work on it.", at_motivation, ASK),
    Sample("apply", lambda _: "Institute", at_affiliation, ASK),
    Sample(Skip, lambda it: Skip(it.revision), at_motivation, ASK),
    Sample(Back, lambda it: Back(it.revision), at_affiliation, ASK),
    Sample(HandIn, lambda it: HandIn(it.revision), at_preview, ASK),
    Sample(Withdraw, lambda it: Withdraw(it.id), application, (Permission.WITHDRAW,)),
]
