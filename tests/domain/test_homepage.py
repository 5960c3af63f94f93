import hashlib
import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.homepage import (
    WAITS,
    Answered,
    Forbidden,
    GivenUp,
    NextStep,
    NoAnswer,
    Reaction,
    Taken,
    Waits,
    body_of,
    decide_next,
    host_of,
    is_public_address,
    read_address,
    sign,
)
from domain.results import Result, ResultState

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)

RESULT = Result(
    title="Title", summary="Summary", link=None, file_id="CANARY-file", file_name="brief.pdf", file_kind=None,
    id=5, group_id=3, author_id=777001, state=ResultState.PUBLISHED, reason="CANARY-reason", version=2,
    decided_by=777002, submitted_at=NOW, published_by=777003, published_at=NOW, coauthors=frozenset({777004}),
)  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "https://conference.example.org/notices",
        "  https://conference.example.org:8443/in?token=abc ",
        "https://1.1.1.1/in",
        "https://[2606:4700::1111]/in",
    ],
)
def test_an_address_of_the_open_web_is_taken(address: str) -> None:
    assert read_address(address, loopback=False) == address.strip()


@pytest.mark.parametrize(
    "address",
    [
        "http://conference.example.org/notices",
        "ftp://conference.example.org/",
        "javascript:alert(1)",
        "https://",
        "https://intranet/notices",
        "https://user:secret@conference.example.org/",
        "https://conference.example.org/#part",
        "https://conference.example.org:0/",
        "https://conference.example.org:99999/",
        "https://[::1",
        "https://bücher.example.org/",
        "https://conference.example.org/a b",
        "https://conference.example.org/\r\nX: y",
        "https://10.0.0.1/",
        "https://172.16.1.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "https://127.0.0.2/",
        "https://2130706433/",
        "https://0x7f.0.0.1/",
        "https://127.1/",
        "https://127.0.0.1./",
        "https://10.1./",
        "https://localhost./",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[2002:a00:1::]/",
        "https://[fe80::1]/",
        "https://[fc00::1]/",
        "https://conference.example.org/" + "a" * 500,
    ],
)
def test_no_other_address_is(address: str) -> None:
    assert read_address(address, loopback=True) is None


@pytest.mark.parametrize("address", ["http://127.0.0.1:8001/in", "http://localhost/in", "https://[::1]:8001/in"])
def test_this_machine_is_one_in_the_demo_only(address: str) -> None:
    assert read_address(address, loopback=True) == address
    assert read_address(address, loopback=False) is None


def test_a_name_that_leads_into_a_private_network_is_found_out_when_it_is_looked_up() -> None:
    assert [is_public_address(one) for one in ("1.1.1.1", "10.1.2.3", "::1", "::ffff:127.0.0.1")] == [
        True,
        False,
        False,
        False,
    ]


def test_people_see_the_host_only() -> None:
    assert host_of("https://conference.example.org:8443/in?token=abc") == "conference.example.org"


def test_the_signature_is_over_time_and_body() -> None:
    digest = hmac.new(b"secret", b'1647259200.{"a":"\xc3\xa9"}', hashlib.sha256).hexdigest()

    assert sign("secret", NOW, '{"a":"é"}') == f"t=1647259200,v1={digest}"


def test_a_notice_names_no_person_and_no_file_of_telegram() -> None:
    body = body_of(RESULT, "PWG 3", {"en": "https://pages.example.org/en/results/5"}, None)

    assert not any(secret in body for secret in ("CANARY", "77700"))
    assert json.loads(body)["key"] == "result:5:2:published"


def test_a_withdrawn_result_says_nothing_of_what_it_said() -> None:
    withdrawn = replace(RESULT, state=ResultState.WITHDRAWN, withdrawn_at=NOW, withdrawal="Why.")

    assert json.loads(body_of(withdrawn, "PWG 3", {}, None)) == {
        "key": "result:5:2:withdrawn",
        "event": "result.withdrawn",
        "id": 5,
        "withdrawn_at": "2022-03-14T12:00:00+00:00",
        "withdrawal": "Why.",
    }


@pytest.mark.parametrize(
    ("reaction", "attempt", "step"),
    [
        (Answered(200), 1, Taken()),
        (Answered(204), 9, Taken()),
        (Answered(301), 1, GivenUp("HTTP 301")),
        (Answered(400), 1, GivenUp("HTTP 400")),
        (Answered(410), 3, GivenUp("HTTP 410")),
        (Answered(429), 1, Waits(NOW + timedelta(seconds=10), "HTTP 429")),
        (Answered(500), 2, Waits(NOW + timedelta(minutes=1), "HTTP 500")),
        (Answered(503), len(WAITS), Waits(NOW + timedelta(hours=24), "HTTP 503")),
        (Answered(503), len(WAITS) + 1, GivenUp("HTTP 503")),
        (NoAnswer("no connection"), 1, Waits(NOW + timedelta(seconds=10), "no connection")),
        (Forbidden("private"), 1, GivenUp("private")),
    ],
)
def test_what_comes_of_a_try(reaction: Reaction, attempt: int, step: NextStep) -> None:
    assert decide_next(reaction, attempt, NOW) == step
