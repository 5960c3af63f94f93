"""The cookie by which the browser of an organiser is known, and whether a request comes from our own pages."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from domain.web_sessions import SESSION_LIFETIME

NAME = "prework"


class Cookie:
    """HttpOnly and SameSite=Strict; over https also Secure and bound to this host.

    A name that begins with `__Host-` no other host of the same domain can set (RFC 6265bis, 4.1.3.2).
    """

    def __init__(self, web_url: str) -> None:
        parts = urlsplit(web_url)
        self.is_secure = parts.scheme == "https"
        self.name = f"__Host-{NAME}" if self.is_secure else NAME
        self.path = "/" if self.is_secure else f"{parts.path}/organisers"

    def read(self, request: Request) -> str:
        """The token of the session; "" where there is none."""
        return request.cookies.get(self.name, "")

    def give(self, response: Response, token: str) -> None:
        """Let the browser keep the token as long as the session lasts."""
        seconds = int(SESSION_LIFETIME.total_seconds())
        response.set_cookie(
            self.name, token, seconds, path=self.path, secure=self.is_secure, httponly=True, samesite="strict"
        )

    def take(self, response: Response) -> None:
        """Let the browser forget it."""
        response.delete_cookie(self.name, self.path, secure=self.is_secure, httponly=True, samesite="strict")


def is_ours(request: Request) -> bool:
    """Whether the browser says that a page of this host asks; browsers that say nothing are taken at their cookie."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
