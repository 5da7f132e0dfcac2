"""Where words may still stand that were taken away: files, log, exports."""

import zipfile
from pathlib import Path

from sqlalchemy import String, cast, func, or_, select

from app.db import Database
from app.keeping.tables import tables_of
from tests.support.company import Company


def hits(word: str, company: Company, export: Path) -> list[str]:
    """Every place in which the word still is."""
    return [*_in_files(word, company), *_in_tables(word, company), *_in_copy(word, export)]


def _in_files(word: str, company: Company) -> list[str]:
    """SQLite's file and write-ahead file; the server's log on either engine."""
    files = [file for file in company.server.folder.rglob("*") if file.is_file()]
    return [file.name for file in files if word.encode() in file.read_bytes()]


def _in_tables(word: str, company: Company) -> list[str]:
    db = Database(company.server.database_url)
    try:
        with db.engine.connect() as connection:
            return [
                table.name
                for table in tables_of(connection)
                if connection.execute(
                    select(func.count())
                    .select_from(table)
                    .where(or_(*(cast(column, String).contains(word) for column in table.c)))
                ).scalar()
            ]
    finally:
        db.close()


def _in_copy(word: str, export: Path) -> list[str]:
    with zipfile.ZipFile(export) as copy:
        return [name for name in copy.namelist() if word.encode() in copy.read(name)]
