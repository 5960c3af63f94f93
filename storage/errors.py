"""What can be wrong with the database, each with the sentence a person can act on."""


class StorageError(Exception):
    """The database cannot be used; `str()` says why and what to do."""


class AlreadyRunning(StorageError):
    """Another process works on this database."""

    def __init__(self, where: str) -> None:
        super().__init__(f"Prework is already running on {where}. Stop it first; two would send everything twice.")


class DatabaseUnwritable(StorageError):
    """The folder or the file cannot be created or opened."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"The database {path} cannot be opened ({reason}). Make its folder writable or set BOT_DATABASE_URL."
        )


class DatabaseUnreachable(StorageError):
    """The database server does not answer or refuses us."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"The database {where} cannot be reached ({reason}).")


class SchemaTooNew(StorageError):
    """The database was written by a newer Prework."""

    def __init__(self, found: str, known: str) -> None:
        super().__init__(
            f"The database has schema {found}, this program knows {known} at most. Install the newer Prework again."
        )


class SchemaTooOld(StorageError):
    """The database must be migrated first."""

    def __init__(self, found: str | None, known: str) -> None:
        super().__init__(f"The database has schema {found or 'none'}, this program needs {known}. Run: prework migrate")


class DatabaseDamaged(StorageError):
    """The integrity check failed."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"The database {where} is damaged ({reason}). Restore the newest good backup.")
