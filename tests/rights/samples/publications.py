"""Samples of publishing in other places, and of the conference homepage."""

from domain.buttons.publications import (
    DropHomepage,
    EditHomepage,
    Preview,
    RenewSecret,
    ShowOutlets,
    ShowText,
    TryOutlet,
)
from domain.permissions import Permission
from domain.publications import Outlet
from domain.social import Network
from services.homepage import ADDRESS, SECRET
from storage import facts
from storage.database import Tx
from tests.rights.samples.dialogs import dialog
from tests.rights.samples.results import accepted, published
from tests.rights.samples.sample import Sample, Thing, always, nothing
from tests.rights.scene import Side

PUBLISH, SET = (Permission.PUBLISH_RESULT,), (Permission.SET_HOMEPAGE,)


async def homepage(tx: Tx, me: int, side: Side) -> Thing | None:
    """The homepage, once it is set."""
    await facts.put(tx, ADDRESS, "https://conference.example.org/notices")
    await facts.put(tx, SECRET, "s" * 32)
    return await nothing(tx, me, side)


SAMPLES = [
    Sample(Preview, lambda it: Preview(it.id, Outlet.CHANNEL), accepted, PUBLISH),
    Sample(ShowOutlets, lambda it: ShowOutlets(it.id), published, PUBLISH),
    Sample(TryOutlet, lambda it: TryOutlet(it.id, Outlet.HOMEPAGE), published, PUBLISH),
    Sample(ShowText, lambda it: ShowText(it.id, Network.X, "en"), published, PUBLISH),
    Sample(EditHomepage, always(EditHomepage()), nothing, SET),
    Sample("homepage", lambda _: "https://conference.example.org/in", dialog("homepage", "address"), SET),
    Sample(RenewSecret, always(RenewSecret()), homepage, SET),
    Sample(DropHomepage, always(DropHomepage()), homepage, SET),
]
