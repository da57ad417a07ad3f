"""When a call may be made again, and after how long."""

import random
import re
from datetime import UTC
from email.utils import parsedate_to_datetime

# Statuses that say "not now"; every other error says "not like this".
TEMPORARY = frozenset({408, 425, 429, 500, 502, 503, 504})
FIRST_GAP = 0.2
LONGEST_RETRY_AFTER = 900.0


def gap_after(attempt: int) -> float:
    """Doubles from one attempt to the next, give or take a quarter.

    Without the quarter, clients that failed together come back together.
    """
    return FIRST_GAP * 2 ** (attempt - 1) * random.uniform(0.75, 1.25)


def parse_retry_after(value: str | None, now: float) -> float | None:
    """Reads seconds or a date (RFC 9110 section 10.2.3) as seconds from now."""
    if value is None:
        return None
    if re.fullmatch("[0-9]{1,9}", value):
        return min(float(value), LONGEST_RETRY_AFTER)
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    at = date if date.tzinfo else date.replace(tzinfo=UTC)
    return min(max(0.0, at.timestamp() - now), LONGEST_RETRY_AFTER)
