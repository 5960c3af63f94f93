from domain.groups import Group
from messages import groups
from messages.markup import MOST_TEXT, utf16_length
from tests.messages.examples import ONLY


def a_group(number: int, length: int) -> Group:
    titles, themes = {"en": "T" * length}, {"en": "<" * length}
    return Group(number, f"PWG {number}", titles, themes, 7, 10)


def test_a_full_page_fits_into_a_message_whatever_was_imported() -> None:
    entries = [(a_group(number, 5000), 10, None) for number in range(1, 7)]

    page = groups.listed(entries, ONLY, "Europe/Berlin", "en")

    assert utf16_length(page.text.replace("&lt;", "<")) <= MOST_TEXT
    assert page.text.count("T" * 149 + "…") == 6


def test_a_quota_of_one_number_is_not_written_as_a_range() -> None:
    group = Group(1, "PWG 1", {}, {}, 8, 8)

    assert groups.quota(group, 3, "en") == "Members: 3 of 8"


def test_a_title_is_data_and_not_markup() -> None:
    group = Group(1, "PWG <1>", {"en": "Work & <b>life</b>"}, {}, 1, 2)

    assert groups.name(group, "en") == "<b>PWG &lt;1&gt;</b> Work &amp; &lt;b&gt;life&lt;/b&gt;"
