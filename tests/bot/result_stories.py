"""Who hands in which result in which language, and what is said about it: the cast of `result_walk`."""

from collections.abc import Mapping
from dataclasses import dataclass

ORGANISER = "Olga Organiser"

PDF = b"%PDF-1.7 invented".ljust(240_000)


@dataclass(frozen=True)
class Story:
    """`reader`: somebody of the public; `has_groups`: the author belongs to several. What people say is theirs.

    `material`: the name of a file, a link, or nothing.
    """

    language: str
    author: str
    group: str
    coordinator: str
    reader: str
    has_groups: bool
    title: str
    summary: str
    material: str
    question: str
    answer: str
    corrected: str
    correction: str
    reason: str

    @property
    def has_file(self) -> bool:
        """Whether there is one to download."""
        return self.material.endswith(".pdf")


STORIES: Mapping[str, Story] = {
    "en": Story(
        language="en",
        author="Indah Contoh",
        group="PWG 2",
        coordinator="Kofi Template",
        reader="Anna Example",
        has_groups=False,
        title="What work will be in 2035",
        summary=(
            "Platforms, remote work and machines change who is needed where. We asked five ports what they expect, and "
            "drew three futures from it. The brief says what each of them asks of cities, schools and employers, and "
            "of the recognition of what people have learnt elsewhere. (An invented example.)"
        ),
        material="work-2035.pdf",
        question="Which cities did you ask?",
        answer="Five ports, on three continents.",
        corrected="What work may be in 2035",
        correction="The title promised too much: these are futures, not a forecast.",
        reason="A partner has not agreed to the survey yet.",
    ),
    "de": Story(
        language="de",
        author="Moritz Muster",
        group="PWG 3",
        coordinator="Kurt Mustermann",
        reader="Bernd Beispiel",
        has_groups=True,
        title="Wohin, wenn das Wasser kommt?",
        summary="Vier Küstenstädte im Vergleich: wer bleibt, wer geht, und wen man fragt. (Ein erfundenes Beispiel.)",
        material="https://results.example.org/kuesten",
        question="Ist Rotterdam dabei?",
        answer="Ja, im zweiten Teil.",
        corrected="Wohin, wenn das Meer steigt?",
        correction="Im Titel stand das falsche Wort.",
        reason="Eine Abbildung durfte nicht gezeigt werden.",
    ),
    "fr": Story(
        language="fr",
        author="Margot Modèle",
        group="PWG 3",
        coordinator="Kurt Mustermann",
        reader="Chloé Exemple",
        has_groups=False,
        title="Partir avant la sécheresse",
        summary="Ce que l’on décide dans six villages, et avec qui. (Un exemple inventé.)",
        material="",
        question="Quels villages sont au nord ?",
        answer="Les deux premiers.",
        corrected="Partir avant la grande sécheresse",
        correction="Un mot manquait dans le titre.",
        reason="Un village ne veut plus être nommé.",
    ),
}
