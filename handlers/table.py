"""Everything that can be asked, feature by feature."""

from handlers import settings, start, webinars
from handlers.routes import Route

ROUTES: list[Route] = [
    *start.ROUTES,
    *webinars.ROUTES,
    *settings.ROUTES,
]
