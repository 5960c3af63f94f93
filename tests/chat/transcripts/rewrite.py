"""Writes the transcripts anew, to be read before they are committed: pytest tests/chat/transcripts/rewrite.py.

Run only when it is named: its name is not that of a test file.
"""

from pathlib import Path

import pytest

from messages.languages import LANGUAGES
from tests.chat.transcripts.journeys import JOURNEYS, record

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", JOURNEYS)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_write(language: str, name: str, tmp_path: Path) -> None:
    text = await record(name, language, tmp_path)

    (HERE / language).mkdir(exist_ok=True)
    (HERE / language / f"{name}.txt").write_text(text, encoding="utf-8")
