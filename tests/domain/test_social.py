import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.social import MOST, Network, compose, hashtag, length

LINK = "https://pages.example.org/en/results/1"


@pytest.mark.parametrize(
    ("text", "network", "count"),
    [
        ("abc", Network.X, 3),
        ("äöü", Network.X, 3),
        ("日本", Network.X, 4),
        ("🙂", Network.X, 2),
        ("e\u0301", Network.X, 1),
        (LINK, Network.X, 23),
        (f"See {LINK} and {LINK}", Network.X, 4 + 23 + 5 + 23),
        ("日本🙂", Network.MASTODON, 3),
        (LINK, Network.MASTODON, 23),
        ("日本🙂", Network.LINKEDIN, 4),
        (LINK, Network.LINKEDIN, len(LINK)),
    ],
)
def test_each_network_counts_in_its_own_way(text: str, network: Network, count: int) -> None:
    assert length(text, network) == count


def test_what_fits_is_said_whole() -> None:
    assert compose("New:", "Title", "In short.", LINK, ["#A", "#B"], Network.X) == (
        f"New: Title\n\nIn short.\n\n{LINK}\n\n#A #B"
    )


def test_a_long_summary_is_cut_at_a_word() -> None:
    text = compose("New:", "Title", "word " * 100, LINK, ["#A"], Network.X)

    assert text.endswith(f"word …\n\n{LINK}\n\n#A")
    assert MOST[Network.X] - 5 <= length(text, Network.X) <= MOST[Network.X]


def test_without_room_the_tags_go_before_the_title_does() -> None:
    title = "t" * 240

    assert compose("New:", title, "In short.", LINK, ["#" + "A" * 30], Network.X) == f"New: {title}\n\n{LINK}"


@given(
    title=st.text(min_size=1, max_size=200),
    summary=st.text(max_size=1500),
    network=st.sampled_from(Network),
    link=st.sampled_from([LINK, None]),
)
def test_a_text_is_never_too_long_and_always_has_its_link(
    title: str, summary: str, network: Network, link: str | None
) -> None:
    text = compose("New from PWG 3:", title, summary, link, ["#Climate"], network)

    assert length(text, network) <= MOST[network]
    assert (link or "") in text


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        ("Climate change", "#ClimateChange"),
        ("faire Migration!", "#FaireMigration"),
        ("COVID-19", "#COVID19"),
        ("2022", ""),
        ("–", ""),
    ],
)
def test_words_become_one_tag(words: str, tag: str) -> None:
    assert hashtag(words) == tag
