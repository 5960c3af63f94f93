"""The questions to a presenter: what the talk is about, and for the slides."""

from domain.buttons.talks import AnswerRecording, Consent
from domain.talks import MOST_TYPED, Talk
from messages.dialogs import question
from messages.languages import speaker
from messages.markup import Button, Html, Message, Row, join, render

BIGGEST_MB = 20


def ask(talk: Talk, step: str, steps: tuple[str, ...], revision: int, language: str) -> Message:
    """One of the questions; what was answered before is shown, and stays if it is skipped."""
    say = speaker(language)
    before = {"title": talk.title, "abstract": talk.abstract, "bio": talk.bio}.get(step, "")
    text = _question(step, language)
    if before:
        text = join([text, say("So far:\n<blockquote>{before}</blockquote>", before=before)], "\n\n")
    number = steps.index(step) + 1 if step in steps else 1
    return question(
        text,
        language,
        step=number,
        of=len(steps),
        revision=revision,
        choices=_choices(step, revision, language),
        skippable=True,
    )


def _question(step: str, language: str) -> Html:
    say = speaker(language)
    match step:
        case "title":
            return say("What is the title of your talk? At most {most} characters.", most=MOST_TYPED["title"])
        case "abstract":
            return say(
                "What is it about? A few sentences for the announcement, at most {most} characters.",
                most=MOST_TYPED["abstract"],
            )
        case "bio":
            return say(
                "Who are you? Two or three sentences to introduce you, at most {most} characters.",
                most=MOST_TYPED["bio"],
            )
        case _:
            return say("May your talk be recorded and be shown later? You can change your mind until it begins.")


def _choices(step: str, revision: int, language: str) -> tuple[Row, ...]:
    if step in MOST_TYPED:
        return ()
    say = speaker(language)
    yes = Button(say.plain("Yes, it may"), AnswerRecording(Consent.YES, revision))
    return ((yes, Button(say.plain("No"), AnswerRecording(Consent.NO, revision))),)


def ask_slides(talk: Talk, revision: int, language: str) -> Message:
    """Which file? The limit is said before."""
    say = speaker(language)
    parts = [say("Send the slides here as a file (PDF or presentation), at most {most} MB.", most=BIGGEST_MB)]
    if talk.slides_name:
        parts.append(render("{said}", said=say("So far: {name}", name=talk.slides_name)))
    return question(join(parts, "\n\n"), language, step=1, of=1, revision=revision)
