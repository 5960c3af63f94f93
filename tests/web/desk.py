"""An organiser in front of their pages: the link out of the chat, the cookie, the forms."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from http.cookies import SimpleCookie
from io import BytesIO
from urllib.parse import urlencode, urlsplit

from tests.chat.world import Visitor
from tests.web.site import Answer, Site, visible

PLACES = (
    "", "results", "programme", "texts", "texts/edit?note=about&language=de", "people", "broadcasts", "deliveries",
    "charts", "audit",
)  # fmt: skip
"""Every page, below /organisers/."""

DEEDS = (
    "results/accept",
    "results/changes",
    "results/publish",
    "deliveries/again",
    "deliveries/send",
    "broadcasts/stop",
    "broadcasts/again",
    "programme/preview",
    "programme/take",
    "texts/save",
    "texts/preview",
    "leave",
    "leave/everywhere",
)
"""Everything that a form can be sent to."""

FORM = "application/x-www-form-urlencoded"


async def post(site: Site, path: str, body: bytes | str = b"", **headers: str) -> Answer:
    """What a browser sends for a form."""
    data = BytesIO(body.encode() if isinstance(body, str) else body)
    headers = {"Content-Type": FORM, **headers}
    url = f"{site.root}{path}"
    async with site.http.post(url, data=data, headers=headers, allow_redirects=False) as answer:
        return Answer(answer.status, answer.headers, await answer.read())


async def ask_for_link(visitor: Visitor) -> str:
    """The path of the link that the bot sends."""
    await visitor.sends("/organise")
    await visitor.presses("Open in the browser")
    return link_in(visitor)


def link_in(visitor: Visitor) -> str:
    """The path of the newest link in the chat."""
    keyboard = visitor.screen.reply_markup
    assert keyboard is not None
    return urlsplit(str(keyboard["inline_keyboard"][0][0]["url"])).path


async def open_door(site: Site, path: str) -> Answer:
    """Press the one button behind a link."""
    return await post(site, path)


@dataclass
class Desk:
    """A browser that is signed in. `cookie`: as it sends it back."""

    site: Site
    cookie: str

    async def get(self, place: str = "", **headers: str) -> Answer:
        return await self.site.get(f"/organisers/{place}", **{"Cookie": self.cookie, **headers})

    async def read(self, place: str = "") -> str:
        answer = await self.get(place)
        assert answer.status == 200, (place, answer.text)
        return answer.text

    async def text(self, place: str = "") -> str:
        """What people read on a page, with single spaces."""
        return " ".join(" ".join(visible(await self.read(place))).split())

    async def form_token(self) -> str:
        found = re.search(r'name="token" value="([^"]+)"', await self.read())
        assert found is not None
        return found[1]

    async def sends(self, place: str, fields: Mapping[str, object] | None = None, **headers: str) -> Answer:
        """Send a form as our page makes it."""
        body = urlencode({"token": await self.form_token(), **(fields or {})})
        return await self.posts(place, body, **headers)

    async def posts(self, place: str, body: bytes | str, **headers: str) -> Answer:
        return await post(self.site, f"/organisers/{place}", body, **{"Cookie": self.cookie, **headers})

    async def uploads(self, place: str, fields: Mapping[str, str], name: str = "", content: bytes = b"") -> Answer:
        """Send a form with a file."""
        parts = [_part(f'name="{key}"', value.encode()) for key, value in fields.items()]
        if name:
            parts.append(_part(f'name="file"; filename="{name}"', content))
        body = b"".join(parts) + b"--edge--\r\n"
        return await self.posts(place, body, **{"Content-Type": "multipart/form-data; boundary=edge"})


def _part(disposition: str, content: bytes) -> bytes:
    return f"--edge\r\nContent-Disposition: form-data; {disposition}\r\n\r\n".encode() + content + b"\r\n"


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return unescape(found[1])


async def sign_in(site: Site, visitor: Visitor) -> Desk:
    """From /organise to the overview."""
    answer = await open_door(site, await ask_for_link(visitor))
    assert answer.status == 303, answer.text
    return Desk(site, cookie_in(answer))


def cookie_in(answer: Answer) -> str:
    """The cookie as a browser sends it back."""
    jar = SimpleCookie(answer.headers["Set-Cookie"])
    ((name, morsel),) = jar.items()
    return f"{name}={morsel.value}"
