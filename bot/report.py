"""What `/healthz` and `/metrics` tell: how the doors are doing, what waits, and when something happens next."""

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.wiring import Bot
from storage import facts, inbox, outbox
from web.health import Report
from web.metrics import Numbers

log = structlog.get_logger()


async def make_report(bot: Bot) -> Report:
    """The report of this moment; a database that does not answer is a cause, not an error."""
    now, health = bot.clock.now(), bot.health
    status, causes = health.status(now), dict(health.troubles)
    next_due_at, deliveries = None, 0
    try:
        next_due_at = await bot.next_due_at()
        async with bot.database.read() as tx:
            deliveries = await outbox.count_due(tx, now)
    except (SQLAlchemyError, OSError) as error:
        status, causes["database"] = "failed", f"The database does not answer: {type(error).__name__}"
        log.warning("database_does_not_answer", error=type(error).__name__)
    return Report(
        status=status,
        causes=causes,
        next_due_at=next_due_at,
        backlog={"updates": bot.lanes.backlog, "deliveries": deliveries},
        last_poll_at=health.last_poll_at,
        last_update_at=health.last_update_at,
        last_send_at=health.last_send_at,
    )


async def count(bot: Bot) -> Numbers:
    """The numbers of this moment; raises what the database raises."""
    now = bot.clock.now()
    async with bot.database.read() as tx:
        oldest = await outbox.next_due_at(tx)
        return Numbers(
            status=bot.health.status(now),
            updates=await inbox.count_by_state(tx),
            deliveries=await outbox.count_by_kind(tx),
            oldest_due=max(0.0, (now - oldest).total_seconds()) if oldest else 0.0,
            refusals=bot.health.refusals,
            pauses=await facts.count_pauses(tx, now),
            backlog=bot.lanes.backlog,
        )
