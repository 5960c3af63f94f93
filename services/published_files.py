"""The file of a published result: asked for at Telegram once, downloaded, served, and taken away again."""

import hashlib
from datetime import datetime

from domain.buttons.coding import encode
from domain.buttons.publications import FileFound
from domain.deliveries import back_off, owe
from domain.publications import MOST_FILE, Outlet, Progress, is_out, media_type_of, shown_name_of, subject_of
from domain.results import Result
from services import cards, homepage
from services.troubles import tell
from services.work import Background
from storage import facts, files, outbox, publications, results
from storage.files import PublishedFile
from storage.publications import Publication


async def follow(work: Background, result: Result) -> bool:
    """See to the file of a result; returns whether it is on its way, so that the homepage waits for it."""
    subject = subject_of(result.id)
    if not is_out(result) or result.file_id is None:
        await files.remove(work.tx, result.id)
        await publications.drop(work.tx, subject, Outlet.FILE)
        return False
    known = (await publications.get(work.tx, subject)).get(Outlet.FILE)
    if known is None or known.content_hash != _name_of(result.file_id):
        await fetch(work, result)
        return True
    return known.progress is Progress.OWED


def _name_of(file_id: str) -> str:
    """Names a file by Telegram's id, which is too long for a button."""
    return hashlib.sha256(file_id.encode()).hexdigest()[:32]


async def fetch(work: Background, result: Result) -> None:
    """Owe the file of a result: ask Telegram where it is."""
    if result.file_id is None:
        return
    mark = _name_of(result.file_id)
    owed = Publication(subject_of(result.id), Outlet.FILE, Progress.OWED, None, mark)
    await publications.put(work.tx, owed, work.now)
    await _ask_place(work, result.id, result.file_id, work.now)


async def _ask_place(work: Background, result_id: int, file_id: str, not_before: datetime) -> None:
    mark = _name_of(file_id)
    key, follow = f"getFile:{result_id}:{mark}:{work.now.isoformat()}", encode(FileFound(result_id, mark))
    call = owe("file", key, not_before, method="getFile", payload={"file_id": file_id}, follow=follow)
    await outbox.add(work.tx, [call], work.now)


async def ask_again(work: Background, result_id: int, mark: str, attempt: int) -> None:
    """Where Telegram had named did not work: a place counts for an hour only."""
    result = await _owed_file(work, result_id, mark)
    if result is None or result.file_id is None:
        return
    await publications.set_place(work.tx, subject_of(result_id), mark, None)
    await _ask_place(work, result_id, result.file_id, work.now + back_off(attempt))


async def note_place(work: Background, result_id: int, mark: str, place: str, size: int) -> None:
    """Telegram said where it keeps a file: it is downloaded next."""
    if size > MOST_FILE:
        await note_missing(work, result_id, mark, "larger than 20 MB")
    else:
        await publications.set_place(work.tx, subject_of(result_id), mark, place)


async def note_missing(work: Background, result_id: int, mark: str, reason: str) -> None:
    """The file cannot be had: the organisers hear of it, the homepage is told without it."""
    result = await _owed_file(work, result_id, mark)
    if result is None:
        return
    failed = Publication(subject_of(result_id), Outlet.FILE, Progress.FAILED, None, mark, reason)
    await publications.put(work.tx, failed, work.now)
    await homepage.owe_notice(work, result)
    await tell(work, result, Outlet.FILE, reason)
    await cards.refresh(work.tx, subject_of(result_id), work.now)


async def note_lost(work: Background, name: str) -> None:
    """A file lies in the folder no more: it is fetched anew."""
    lost = await files.get(work.tx, name)
    result = await results.get(work.tx, lost.result_id) if lost else None
    if lost is None or result is None:
        return
    await files.remove(work.tx, result.id)
    if is_out(result):
        await fetch(work, result)


async def store_file(work: Background, result_id: int, mark: str, name: str, size: int) -> bool:
    """A file lies in the folder under this name: it is public now. False if it is not wanted any more."""
    result = await _owed_file(work, result_id, mark)
    if result is None:
        return False
    shown_name = shown_name_of(result.file_name or "")
    kept = PublishedFile(name, result_id, result.version, shown_name, media_type_of(shown_name), size, work.now)
    await files.replace(work.tx, kept)
    done = Publication(subject_of(result_id), Outlet.FILE, Progress.DONE, None, mark)
    await publications.put(work.tx, done, work.now)
    await facts.note(work.tx, work.now, None, "file_stored", subject_of(result_id), None, {"size": size})
    await homepage.owe_notice(work, result)
    await cards.refresh(work.tx, subject_of(result_id), work.now)
    return True


async def _owed_file(work: Background, result_id: int, mark: str) -> Result | None:
    """The result, if it is public and this is the file that it still waits for."""
    known = (await publications.get(work.tx, subject_of(result_id))).get(Outlet.FILE)
    if known is None or known.progress is not Progress.OWED or known.content_hash != mark:
        return None
    result = await results.get(work.tx, result_id)
    return result if result is not None and is_out(result) else None


async def get(work: Background, name: str) -> PublishedFile | None:
    """A file that everybody may have."""
    return await files.get(work.tx, name)
