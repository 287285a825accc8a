"""Count tries to sign in, in the database, so that limits hold across processes and restarts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import CursorResult, delete, func, select

from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import AttemptRow


@dataclass(frozen=True)
class Limit:
    """At most ``times`` within ``within``."""

    times: int
    within: timedelta


# From one network address, whatever the account.
ADDRESS = Limit(30, timedelta(minutes=15))
# At one account from one address.
PAIR = Limit(8, timedelta(minutes=15))
# At one account from all addresses together, those left out from which it was signed in to.
ACCOUNT = Limit(60, timedelta(hours=1))
# Letters asked for one account, by anybody.
RESET_MAIL = Limit(3, timedelta(hours=1))
# Tries are deleted after this time.
RETENTION = timedelta(hours=24)


@dataclass(frozen=True)
class AttemptResult:
    """``wait``: seconds until the next try is allowed, 0 when this one is."""

    wait: int
    rows: tuple[int, ...] = ()


def attempt(keys: Sequence[tuple[str, Limit]]) -> AttemptResult:
    """Count a try under each key before it is checked, so that simultaneous tries count one
    another.

    A try beyond the limit is not counted, so that further ones do not lengthen the wait.
    """
    moment = now()
    rows = [AttemptRow(key=key, at=moment) for key, _limit in keys]
    db.session.add_all(rows)
    commit()
    numbers = tuple(row.id for row in rows)
    waits: list[int] = []
    for key, limit in keys:
        since = moment - limit.within
        count, oldest = db.session.execute(
            select(func.count(AttemptRow.id), func.min(AttemptRow.at)).where(
                AttemptRow.key == key, AttemptRow.at > since
            )
        ).one()
        if count > limit.times:
            waits.append(max(1, int((oldest + limit.within - moment).total_seconds()) + 1))
    if waits:
        forgive(numbers)
        return AttemptResult(max(waits))
    return AttemptResult(0, numbers)


def forgive(rows: Sequence[int]) -> None:
    """Delete the counted tries of somebody who turned out to be right."""
    if rows:
        db.session.execute(delete(AttemptRow).where(AttemptRow.id.in_(rows)))
        commit()


def use_once(key: str) -> bool:
    """Mark the one-time secret with the digest ``key`` (64 hexadecimal digits) as used; say whether
    it was unused. Commits.

    The mark stays for a day, longer than any such secret is valid.
    """
    with writing(f"once {key}"):
        query = select(AttemptRow.id).where(AttemptRow.key == key).limit(1)
        if db.session.scalar(query) is not None:
            return False
        db.session.add(AttemptRow(key=key, at=now()))
        commit()
    return True


def prune_attempts() -> int:
    """Forget what is older than a day; return how many tries that were."""
    result = db.session.execute(delete(AttemptRow).where(AttemptRow.at < now() - RETENTION))
    commit()
    return result.rowcount if isinstance(result, CursorResult) else 0
