"""How Bigroom may be run: the houses in which the contract, the races and the kills are tried."""

from dataclasses import dataclass


@dataclass(frozen=True)
class House:
    """A database, and the processes that serve it."""

    database: str | None
    """URL; None: SQLite in the data folder of the server."""
    bus: str = "memory://"
    processes: int = 1
    runs_in: tuple[str, ...] = ()
    """Words before the command of each process."""
