"""Moments keep their meaning on both databases."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Column, MetaData, Table, select
from sqlalchemy.exc import StatementError

from storage.database import Database
from storage.types import BigId, UtcDateTime

MOMENTS = Table("moments", MetaData(), Column("id", BigId, primary_key=True), Column("at", UtcDateTime))

INSTANT = datetime(2022, 3, 22, 15, 0, 0, 123456, tzinfo=UTC)


async def _round_trip(database: Database, moment: datetime | None) -> datetime | None:
    async with database.write() as tx:
        await tx.run_sync(MOMENTS.create)
        await tx.execute(MOMENTS.insert().values(id=1, at=moment))
    async with database.read() as tx:
        found: datetime | None = await tx.scalar(select(MOMENTS.c.at))
    return found


@pytest.mark.parametrize(
    "moment",
    [
        INSTANT,
        INSTANT.astimezone(ZoneInfo("Europe/Berlin")),
        INSTANT.astimezone(timezone(-timedelta(hours=9, minutes=30))),
    ],
    ids=["utc", "berlin", "marquesas"],
)
async def test_a_moment_comes_back_in_utc(empty_database: Database, moment: datetime) -> None:
    found = await _round_trip(empty_database, moment)

    assert found == INSTANT
    assert found is not None
    assert found.tzinfo is UTC


async def test_no_moment_comes_back_as_none(empty_database: Database) -> None:
    assert await _round_trip(empty_database, None) is None


async def test_a_naive_moment_is_refused(empty_database: Database) -> None:
    with pytest.raises(StatementError, match="a naive datetime cannot be stored"):
        await _round_trip(empty_database, INSTANT.replace(tzinfo=None))


async def test_moments_compare_by_instant_across_zones(empty_database: Database) -> None:
    async with empty_database.write() as tx:
        await tx.run_sync(MOMENTS.create)
        rows = [{"id": hour, "at": INSTANT + timedelta(hours=hour)} for hour in range(4)]
        await tx.execute(MOMENTS.insert(), rows)
        border = (INSTANT + timedelta(hours=2)).astimezone(ZoneInfo("Asia/Kolkata"))

        found = (await tx.execute(select(MOMENTS.c.id).where(MOMENTS.c.at <= border).order_by(MOMENTS.c.id))).scalars()

        assert list(found) == [0, 1, 2]
