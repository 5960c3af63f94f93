"""The documents say what the code does: commands, settings, exit codes, words, labels, links."""

import re
from itertools import chain
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po
from pydantic_core import PydanticUndefined

from bot import check, exits
from bot.main import app
from bot.settings import PREFIX, Settings
from handlers.routes import Command
from handlers.table import ROUTES
from tests.house.source import PACKAGES, ROOT, files

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
COMMANDS = (ROOT / "docs" / "commands.md").read_text()
README = (ROOT / "README.md").read_text()


def cells(section: str) -> list[list[str]]:
    """The rows of the first table below a heading, and of those that follow it there; without the heads."""
    text = COMMANDS.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]
    heads = {number - 1 for number, row in enumerate(rows) if set(row[0]) == {"-"}}
    return [row for number, row in enumerate(rows) if number not in heads and number - 1 not in heads]


def default_of(name: str) -> str:
    """As the documents write it."""
    default = Settings.model_fields[name.removeprefix(PREFIX).lower()].default
    if default is PydanticUndefined:
        return "required"
    return "none" if default is None else f"`{default}`"


def test_every_command_in_telegram_is_described() -> None:
    described = [row[0] for row in cells("In Telegram")]

    assert sorted(described) == sorted(f"`/{route.name}`" for route in ROUTES if isinstance(route, Command))


def test_every_command_of_the_command_line_is_described() -> None:
    described = {match[1] for row in cells("On the command line") if (match := re.match(r"`prework (\w+)", row[0]))}

    assert described == {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }


def test_every_exit_code_is_described() -> None:
    described = {int(row[0]) for row in cells("On the command line") if row[0].isdecimal()}

    assert described == {check.GOOD, exits.BUG, exits.BAD_INPUT, exits.DAMAGED, exits.UNREACHABLE}


def test_every_setting_is_described_with_its_default() -> None:
    described = {row[0].strip("`"): row[1] for row in cells("Settings")}

    assert described == {
        f"{PREFIX}{name.upper()}": default_of(f"{PREFIX}{name.upper()}") for name in Settings.model_fields
    }


def test_the_example_of_the_settings_names_the_same_ones() -> None:
    example = re.findall(rf"^#?({PREFIX}[A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
    empty = {"required": "", "none": ""}

    described = {row[0].strip("`"): empty.get(row[1], row[1].strip("`")) for row in cells("Settings")}

    assert dict(example) == described


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text())
    broken = [link for link in links if not link.startswith("https://") and not leads_somewhere(page, link)]

    assert broken == []


def leads_somewhere(page: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = page.parent / name if name else page
    return target.exists() and (not anchor or anchor in anchors(target))


def anchors(page: Path) -> set[str]:
    """Of the headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_led_to() -> None:
    linked = {
        (page.parent / link.partition("#")[0]).resolve()
        for page in PAGES
        for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text())
        if not link.startswith("https://")
    }

    assert [page.relative_to(ROOT).as_posix() for page in PAGES if page not in linked] == ["README.md"]


def test_the_decisions_are_numbered_and_listed_in_their_order() -> None:
    decisions = ROOT / "docs" / "decisions"
    pages = sorted(path.name for path in decisions.glob("[0-9]*.md"))

    assert [page.partition("-")[0] for page in pages] == [f"{number:02}" for number in range(1, len(pages) + 1)]
    assert re.findall(r"^- \[.+\]\((.+)\)$", (decisions / "README.md").read_text(), re.MULTILINE) == pages


def test_no_page_names_a_folder_of_somebodys_machine() -> None:
    somebodys = re.compile(r"(?<![\w.])(/home/|/root/|/Users/|/work/|/tmp/)")

    assert [page.name for page in PAGES if somebodys.search(page.read_text())] == []


def test_the_glossary_defines_words_that_the_code_uses() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    words = re.findall(r"\*\*(.+?)\*\*", glossary)
    code = squeezed(" ".join(path.read_text() for path in files(*PACKAGES)))

    assert len(words) > 50
    assert [word for word in words if squeezed(word) not in code] == []


def squeezed(text: str) -> str:
    """ "dead letter", "dead_letter", "DeadLetter" and a line break between the two are one word."""
    return re.sub(r"[\s_]", "", text).lower()


def test_the_names_of_code_in_the_architecture_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text()
    named = set(re.findall(rf"`((?:{'|'.join(PACKAGES)})(?:\.\w+)+)`", text))

    assert len(named) > 30
    assert [name for name in sorted(named) if not exists(name)] == []


def exists(dotted: str) -> bool:
    """Whether a module is there, and what is named in it."""
    parts = dotted.split(".")
    for most in range(len(parts), 0, -1):
        module = ROOT.joinpath(*parts[:most])
        path = module.with_suffix(".py") if not module.is_dir() else module / "__init__.py"
        if path.exists():
            return all(re.search(rf"\b{name}\b", path.read_text()) for name in parts[most:])
    return False


def test_the_tour_of_the_demo_uses_its_names_and_labels() -> None:
    tour = README.partition("## Try this in the demo")[2].partition("\n## ")[0]
    named = {re.sub(r"\s+", " ", label) for label in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", tour)}
    labels = [*people_of_the_demo(), *labels_of_the_bot(), *labels_of_the_page(), "PWG 1"]

    assert len(named) > 20
    assert [label for label in sorted(named) if not any(fits(label, one) for one in labels)] == []


def people_of_the_demo() -> list[str]:
    demo = yaml.safe_load((ROOT / "programme" / "demo.yaml").read_text())
    return [f"{person['first_name']} {person['last_name']}" for person in demo["people"]]


def labels_of_the_bot() -> list[str]:
    with (ROOT / "messages" / "locales" / "de.po").open("rb") as source:
        known = read_po(source)
    said = chain.from_iterable([m.id] if isinstance(m.id, str) else m.id for m in known if m.id)
    return [*said, "Deutsch"]


def labels_of_the_page() -> list[str]:
    static = ROOT / "sandbox" / "page" / "static"
    return [found for path in static.glob("*.js") for found in re.findall(r'"([^"\n]+)"', path.read_text())]


def fits(label: str, template: str) -> bool:
    """Whether a label may be this template, filled."""
    return re.fullmatch(re.sub(r"\\\{\w+\\\}", ".+", re.escape(template)), label) is not None
