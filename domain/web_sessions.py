"""Being signed in on the organisers' pages: how long links and sessions last, and what is kept of their secrets."""

import hashlib
import hmac
from datetime import timedelta

LINK_LIFETIME = timedelta(minutes=5)
SESSION_LIFETIME = timedelta(hours=8)

TOKEN_BYTES = 16
"""128 bits: nobody guesses one while it lasts."""


def hash_of(token: str) -> str:
    """By what a link or a session is found: its token itself is never stored."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def form_token(session: str) -> str:
    """What every form of a session carries: only our own pages can know it."""
    return hmac.new(session.encode("utf-8", "surrogatepass"), b"form", hashlib.sha256).hexdigest()


def is_form_token(session: str, said: str) -> bool:
    """Whether a form was one of this session's; takes as long for a wrong one as for the right one."""
    return hmac.compare_digest(form_token(session).encode(), said.encode("utf-8", "surrogatepass"))
