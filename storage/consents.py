"""Consents: rows that are only ever added."""

from sqlalchemy import select

from domain.consents import Consent, Purpose
from storage.database import Tx
from storage.tables import consents


async def add(tx: Tx, person_id: int, consent: Consent) -> None:
    """Keep a yes or a no."""
    await tx.execute(consents.insert().values(person_id=person_id, **vars(consent)))


async def last(tx: Tx, person_id: int, purpose: Purpose) -> Consent | None:
    """What a person said last; None if they never said anything."""
    said = (consents.c.person_id == person_id, consents.c.purpose == purpose.value)
    columns = [consents.c[name] for name in Consent.__dataclass_fields__]
    row = (await tx.execute(select(*columns).where(*said).order_by(consents.c.id.desc()).limit(1))).one_or_none()
    return Consent(**{**row._mapping, "purpose": purpose}) if row else None
