"""Writes a message text as safe HTML for the chat page, the inverse of reading it."""

import html
from collections.abc import Iterable
from datetime import UTC, datetime

from sandbox.formatted import Entity, span_of
from sandbox.links import checked_link


def to_html(text: str, entities: Iterable[Entity]) -> str:
    """Return safe HTML of a text: everything escaped, only our tags, links only to http, https and tg.

    Line ends stay as they are (show them with `white-space: pre-wrap`).
    """
    units = text.encode("utf-16-le", "surrogatepass")
    spans = sorted(_clipped(entities, len(units) // 2), key=lambda span: (span[0], -span[1]))
    edges = sorted({0, len(units) // 2} | {edge for span in spans for edge in span[:2]})
    parts: list[str] = []
    open_spans: list[tuple[int, int, Entity]] = []
    for edge, following in zip(edges, [*edges[1:], edges[-1]], strict=True):
        open_spans = _reopened(open_spans, edge, spans, parts, units)
        parts.append(html.escape(units[2 * edge : 2 * following].decode("utf-16-le", "replace"), quote=False))
    return "".join(parts)


def _clipped(entities: Iterable[Entity], length: int) -> list[tuple[int, int, Entity]]:
    spans = [(max(0, start), min(end, length), entity) for entity in entities for start, end in [span_of(entity)]]
    return [span for span in spans if span[0] < span[1]]


def _reopened(
    open_spans: list[tuple[int, int, Entity]],
    edge: int,
    spans: list[tuple[int, int, Entity]],
    parts: list[str],
    units: bytes,
) -> list[tuple[int, int, Entity]]:
    """Close what ends at this edge and open what begins; what crosses is closed and opened again."""
    first_ended = next((depth for depth, span in enumerate(open_spans) if span[1] <= edge), len(open_spans))
    crossing = [span for span in open_spans[first_ended:] if span[1] > edge]
    parts.extend(_tags(span, units)[1] for span in reversed(open_spans[first_ended:]))
    opening = crossing + [span for span in spans if span[0] == edge]
    parts.extend(_tags(span, units)[0] for span in opening)
    return open_spans[:first_ended] + opening


def _tags(span: tuple[int, int, Entity], units: bytes) -> tuple[str, str]:
    start, end, entity = span
    kind = str(entity["type"])
    shown = units[2 * start : 2 * end].decode("utf-16-le", "replace")
    match kind:
        case "text_link" | "url":
            return _link(checked_link(str(entity.get("url") or shown)))
        case "email":
            return f'<a href="mailto:{html.escape(shown)}">', "</a>"
        case "date_time":
            return _time_tag(entity["unix_time"]), "</time>"
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
        case "spoiler":
            return '<span class="tg-spoiler">', "</span>"
        case "custom_emoji":
            return f'<tg-emoji emoji-id="{html.escape(str(entity["custom_emoji_id"]))}">', "</tg-emoji>"
        case "pre" if entity.get("language"):
            language = html.escape(str(entity["language"]))
            return f'<pre><code class="language-{language}">', "</code></pre>"
        case "bold" | "italic" | "underline" | "strikethrough" | "code" | "pre" | "blockquote":
            tag = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s"}.get(kind, kind)
            return f"<{tag}>", f"</{tag}>"
        case _:
            return f'<span class="entity-{html.escape(kind)}">', "</span>"


def _link(link: str | None) -> tuple[str, str]:
    if link is None or link.lower().startswith("ton:"):
        return "<span>", "</span>"
    return f'<a href="{html.escape(link)}" target="_blank" rel="noopener noreferrer">', "</a>"


def _time_tag(unix: int) -> str:
    moment = datetime.fromtimestamp(unix, UTC)
    return f'<time datetime="{moment:%Y-%m-%dT%H:%M:%SZ}" title="{moment:%Y-%m-%d %H:%M} UTC">'
