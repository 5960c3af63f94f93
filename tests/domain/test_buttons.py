"""Buttons: what goes out comes back, and nothing else gets in."""

from dataclasses import fields
from enum import StrEnum
from typing import Any, get_type_hints
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.buttons.coding import Action, Unreadable, code_of, decode, encode, every
from domain.buttons.settings import SetZone
from messages.languages import LANGUAGES

ALL = sorted(every(), key=lambda action: action.__name__)

LARGEST_ID = 2**52 - 1
"""Telegram's largest user id; ours count from 1 and stay far below."""


def values_of(kind: type[Any], field: str) -> list[Any]:
    """Values of a field that can occur, the longest among them."""
    if issubclass(kind, StrEnum):
        return list(kind)
    if kind is int:
        return [0, 1, LARGEST_ID]
    return {
        "zone": sorted(available_timezones()),
        "language": list(LANGUAGES),
        "token": ["x" * 22],
        "mark": ["f" * 32],
    }[field]


def examples(action: type[Action]) -> list[Action]:
    """Buttons of a kind with the longest values, and one for each value of each field."""
    hints = get_type_hints(action)
    choices = {f.name: values_of(hints[f.name], f.name) for f in fields(action)}  # type: ignore[arg-type]
    longest = {name: max(values, key=lambda v: len(str(v))) for name, values in choices.items()}
    varied = [action(**(longest | {name: value})) for name, values in choices.items() for value in values]
    return [action(**longest), *varied]


EXAMPLES = [example for action in ALL for example in examples(action) if not isinstance(example, SetZone)]


@pytest.mark.parametrize("action", ALL, ids=lambda action: action.__name__)
def test_every_button_comes_back_as_it_went_out_and_fits(action: type[Action]) -> None:
    for example in examples(action):
        data = encode(example)

        assert decode(data) == example
        assert 1 <= len(data.encode()) <= 64


def test_codes_are_unique_and_never_change_their_meaning() -> None:
    codes = {code_of(action): action.__name__ for action in ALL}

    assert len(codes) == len(ALL)
    assert codes | FIRST_RELEASE | SECOND_RELEASE | THIRD_RELEASE == codes


FIRST_RELEASE = {
    "o": "Open", "c": "Cancel", "b": "Back", "as": "Skip", "ah": "HandIn",
    "wl": "ListWebinars", "wd": "ShowWebinar", "wr": "RemindMe", "ws": "Subscribe", "wu": "Unsubscribe",
    "wf": "ShowFollowed", "wa": "FollowAll", "wx": "UnfollowAll",
    "gd": "ShowGroup", "gj": "AskToJoin", "gw": "Withdraw", "gl": "Leave", "gly": "LeaveForSure",
    "aa": "Accept", "ad": "Decline",
    "rg": "ChooseGroup", "rd": "ResumeDraft", "rn": "NewDraft", "rs": "ShowResult", "ra": "AcceptResult",
    "rc": "AskChanges", "re": "Revise",
    "xa": "ChooseAudience", "xs": "StartBroadcast", "xp": "StopBroadcast", "xr": "RetryUncertain",
    "xy": "PreviewOnly", "xo": "StopMessages", "xb": "StartMessages",
    "sl": "AskLanguage", "sl1": "SetLanguage", "sz": "AskZone", "sz1": "SetZone", "sr": "AskLeads",
    "sr1": "ToggleLead",
}  # fmt: skip
"""Cards with these codes are out there; a code may be added, never given another meaning."""

SECOND_RELEASE = {
    "ql": "ListRoles", "qn": "BeginGrant", "qr": "PickRole", "qgp": "TurnGroups", "qg": "PickGroup",
    "qpp": "TurnPeople", "qp": "PickPerson", "qt": "AskTake", "qty": "TakeForSure", "qh": "ListHeirs",
    "qha": "AskHandOver", "qhy": "HandOverAndLeave", "qhs": "HandOverAndStay", "qd": "AskStepDown",
    "qdy": "StepDownForSure", "qng": "NameCoordinator",
    "il": "ListInvites", "ig": "InviteGuests", "igm": "MakeGuestInvite", "ip": "InvitePresenter",
    "ipm": "MakePresenterInvite", "ir": "RevokeInvite", "iy": "AcceptInvite", "in": "DeclineInvite",
    "tk": "ShowTalk", "ty": "ConfirmTalk", "tn": "AskDecline", "tny": "DeclineTalk", "te": "EditTalk",
    "tr": "AnswerRecording", "ts": "SendSlides", "tg": "GetSlides", "tw": "CheckWorks", "tf": "CheckFails",
    "tm": "ListTalks",
    "zl": "ListChores", "zd": "TickOff", "zk": "TickOffInList", "nt": "ShowTiming", "nc": "ChooseTiming",
}  # fmt: skip

THIRD_RELEASE = {
    "ua": "AskSpeakers", "um": "ListOwnQuestions", "ut": "TakeQuestionBack", "uo": "OpenQuestions",
    "ul": "ListQuestions", "uq": "ShowQuestion", "uv": "MoveQuestion", "us": "SettleQuestion", "uu": "ReopenQuestion",
    "uc": "ChooseSame", "ug": "MergeQuestion", "uw": "AnswerQuestion",
    "wal": "FollowLanguage", "wfp": "ListFollowed", "wfs": "StopFollowing", "wfn": "ListNext",
    "zqh": "AskQuiet", "zqf": "QuietFrom", "zqu": "QuietUntil", "zqx": "NoQuiet", "zqs": "AskSilence",
    "zqs1": "SilentFor", "zqs2": "AskSilentUntil", "zqs3": "SilentUntil", "zqs4": "SpeakAgain", "zql": "AskOwnLead",
    "wen": "NewWebinar", "wer": "RunWebinar", "weo": "ListOver", "wec": "ChangeWebinar", "wep": "ChangePart",
    "weg": "GoOnWithDraft", "wet": "Trouble", "web": "Postpone", "wei": "ShowIn", "wek": "KeepDraft",
    "wef": "GoToPreview", "wem": "TurnHosts",
    "wg": "ListOfGroup", "wp": "ListPastWebinars", "wc": "PostToChat", "er": "Register", "et": "TakeBack",
    "ex": "ExportRegistrations",
    "ya": "RateWebinar", "yw": "ChooseWish", "ym": "WantRecording", "ys": "MakeResult",
    "obw": "OpenBrowser", "obx": "SignOutEverywhere", "obt": "OpenTexts", "olq": "AskResend", "ols": "Resend",
    "rk": "ChooseKind", "rlg": "ChooseLanguage", "rac": "ChooseAccessible", "rco": "NameCoauthor",
    "rcp": "TurnCoauthors", "rcy": "ConfirmCoauthor", "rcn": "DeclineCoauthor", "rm": "AddComment",
    "rml": "ListComments", "rv": "ShowVersion", "rvf": "ShowVersionFile", "rw": "WithdrawResult",
    "rt": "CorrectResult", "rtx": "DropCorrectedFile", "rta": "ChooseCorrectedAccessible", "rty": "ApproveCorrection",
    "rtn": "DeclineCorrection", "rtf": "ShowCorrectionFile",
    "dll": "ListRounds", "dls": "ShowRound", "dln": "NewRound", "dlg": "ChooseRoundGroup", "dlm": "MoveRound",
    "dlc": "CloseRound",
}  # fmt: skip


def readable_or_refused(data: str) -> None:
    """Whatever is accepted must be exactly what a button of ours would carry."""
    try:
        action = decode(data)
    except Unreadable:
        return
    assert encode(action) == data


@pytest.mark.parametrize("example", EXAMPLES, ids=encode)
def test_a_changed_byte_is_refused_or_means_another_button_of_ours(example: Action) -> None:
    data = encode(example)

    for position in range(len(data)):
        for byte in range(128):
            readable_or_refused(data[:position] + chr(byte) + data[position + 1 :])
        readable_or_refused(data[:position] + data[position + 1 :])
        readable_or_refused(data[:position] + "\N{ARABIC-INDIC DIGIT SEVEN}" + data[position + 1 :])


@given(st.text(max_size=64))
def test_any_text_is_refused_or_is_a_button_of_ours(data: str) -> None:
    readable_or_refused(data)


@pytest.mark.parametrize(
    "data",
    ["", ":", "o", "o:", "o:nowhere", "o:home:1", "o:HOME", "wd", "wd:", "wd:x", "wd:1:2", "wd: 1", "wd:+1", "wd:1_0",
     "wd:--1", "wd:-", "wd:01", "wd:-0", "wd:٣", "wd:1\n", "wd:99999999999999999999", "WD:1", "zz:1", "ws:1:friends"],
)  # fmt: skip
def test_what_no_button_carries_is_refused(data: str) -> None:
    with pytest.raises(Unreadable):
        decode(data)


def test_too_much_for_a_button_is_a_bug_that_is_noticed() -> None:
    with pytest.raises(ValueError, match="callback data of 69 bytes"):
        encode(SetZone("x" * 65))
