"""Limits of how often one network address may do something, in memory for minutes, never stored."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

# At most so many keys are in memory; the oldest are dropped first.
MOST = 50_000


def network(address: str) -> str:
    """Return an address as it is counted: of IPv6 the half that one household has.

    >>> network("2001:db8:1:2:3:4:5:6"), network("192.0.2.1"), network("?")
    ('2001:db8:1:2::', '192.0.2.1', '')
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return ""
    if isinstance(ip, IPv6Address):
        return str(IPv6Address(int(ip) >> 64 << 64))
    return str(ip)


class Quota:
    """At most ``times`` within each window of ``seconds``, for each key."""

    def __init__(
        self, times: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.times, self.seconds, self._clock = times, seconds, clock
        self._lock = threading.Lock()
        self._counts: dict[bytes, tuple[float, int]] = {}
        # Kept in memory as keyed hashes, so that it names nobody; a restart forgets it.
        self._salt = secrets.token_bytes(16)

    def allows(self, *words: str) -> bool:
        """Count one more for the key that ``words`` make; say whether it is within the quota."""
        key = hashlib.blake2b("\0".join(words).encode(), key=self._salt, digest_size=12).digest()
        moment = self._clock()
        with self._lock:
            start, count = self._counts.pop(key, (moment, 0))
            if moment - start >= self.seconds:
                start, count = moment, 0
            # Moved to the end: the first keys are the ones seen longest ago.
            self._counts[key] = (start, count + 1)
            while len(self._counts) > MOST:
                del self._counts[next(iter(self._counts))]
        return count < self.times
