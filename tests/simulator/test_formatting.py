"""Formatted text: what Telegram makes of it, counted in UTF-16."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import entities, markup
from simulator.actors import Person
from simulator.errors import ApiError
from tests.simulator.conftest import Caller


def marks(text: str) -> list[tuple[str, str]]:
    """The entities of a text as (type, covered text)."""
    return [(e["type"], entities.cut(text, e["offset"], e["length"])) for e in entities.found(text)]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("plain &lt;&amp;&gt;&quot;&#33;&#x21; &copy; &#0; &#xD800;", 'plain <&>"!! &copy; &#0; &#xD800;', []),
        ("<b>a</b><strong>b</strong>", "ab", [("bold", 0, 1), ("bold", 1, 1)]),
        ("<i>a</i><em>b</em>", "ab", [("italic", 0, 1), ("italic", 1, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s><strike>b</strike><del>c</del>", "abc", [("strikethrough", n, 1) for n in range(3)]),
        ("<tg-spoiler>a</tg-spoiler><span class='tg-spoiler'>b</span>", "ab", [("spoiler", 0, 1), ("spoiler", 1, 1)]),
        ("<code>a</code><pre>b</pre>", "ab", [("code", 0, 1), ("pre", 1, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("😀<b>😀</b>", "😀😀", [("bold", 2, 2)]),
        ("<B>a<i>b</i></B >", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b></b>x<a href='nergens heen'>y</a><a>geen</a>", "xygeen", []),
    ],
)
def test_html_becomes_entities(source: str, text: str, expected: list[tuple[str, int, int]]) -> None:
    plain, found = markup.parse(source)
    assert plain == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == expected


def test_links_emoji_and_languages_keep_their_details() -> None:
    _, (link,) = markup.parse('<a href="https://a.be/?a=1&amp;b=2">a</a>')
    assert link["url"] == "https://a.be/?a=1&b=2"
    assert markup.parse("<a>example.be</a>")[1][0]["url"] == "example.be"
    assert markup.parse('<tg-emoji emoji-id="53">x</tg-emoji>')[1][0]["custom_emoji_id"] == "53"
    pre = markup.parse('<pre><code class="language-python">x</code></pre>')[1]
    assert pre == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]
    assert markup.parse('<code class="language-x">x</code>')[1] == [{"type": "code", "offset": 0, "length": 1}]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("é<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("a < b", "Unsupported or unclosed tag at byte offset 2"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">x</tg-emoji>', "Invalid custom emoji identifier specified at byte offset 0"),
    ],
)
async def test_wrong_html_is_refused(call: Caller, anna: Person, source: str, why: str) -> None:
    refusal = await call.refused("sendMessage", chat_id=anna.id, text=source, parse_mode="html")
    assert refusal == f"400 Bad Request: can't parse entities: {why}"


async def test_other_parse_modes(call: Caller, anna: Person) -> None:
    refusal = await call.refused("sendMessage", chat_id=anna.id, text="*x*", parse_mode="MarkdownV2")
    assert refusal == "400 Bad Request: the simulator does not parse MarkdownV2; use HTML or entities"
    refusal = await call.refused("sendMessage", chat_id=anna.id, text="*x*", parse_mode="BBCode")
    assert refusal == "400 Bad Request: unsupported parse_mode"


@pytest.mark.parametrize(
    ("entity", "why"),
    [
        ({"type": "bold", "offset": 0, "length": 9}, "ends after the end of the text at UTF-16 offset 9"),
        ({"type": "bold", "offset": 9, "length": 1}, "entity begins at UTF-16 offset 9 outside of the text"),
        ({"type": "bold", "offset": -1, "length": 1}, "entity begins at UTF-16 offset -1 outside of the text"),
        ({"type": "bold", "offset": 1, "length": 1}, "entity begins in a middle of a UTF-16 symbol"),
        ({"type": "bold", "offset": 0, "length": 1}, "entity ends in a middle of a UTF-16 symbol"),
        ({"type": "huge", "offset": 0, "length": 2}, 'unsupported type "huge"'),
        ({"type": "text_link", "offset": 0, "length": 2}, 'field "url" is missing'),
        ({"type": "bold", "offset": 0}, 'field "length" in MessageEntity is empty'),
    ],
)
async def test_wrong_entities_are_refused(call: Caller, anna: Person, entity: dict[str, Any], why: str) -> None:
    assert why in await call.refused("sendMessage", chat_id=anna.id, text="😀ab", entities=[entity])


async def test_entities_move_with_the_trimmed_text(call: Caller, anna: Person) -> None:
    given = [{"type": "bold", "offset": 2, "length": 4}, {"type": "italic", "offset": 0, "length": 1}]
    given.append({"type": "code", "offset": 2, "length": 0})
    message = await call.ok("sendMessage", chat_id=anna.id, text="  dag   ", entities=given)
    assert message["text"] == "dag"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 3}]


async def test_somebody_can_be_mentioned_without_a_username(call: Caller, anna: Person) -> None:
    def mention(user_id: int) -> dict[str, Any]:
        return {"type": "text_mention", "offset": 0, "length": 3, "user": {"id": user_id}}

    message = await call.ok("sendMessage", chat_id=anna.id, text="jij", entities=[mention(anna.id)])
    assert message["entities"][0]["user"]["first_name"] == "Anna"
    assert "entities" not in await call.ok("sendMessage", chat_id=anna.id, text="jij", entities=[mention(5)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start oost", [("bot_command", "/start")]),
        ("/help@buren_demo_bot, en/of a/b", [("bot_command", "/help@buren_demo_bot")]),
        (
            "zie https://example.be/a?b=c. of www.ocmw.be!",
            [("url", "https://example.be/a?b=c"), ("url", "www.ocmw.be")],
        ),
        ("dag@ocmw.be", [("email", "dag@ocmw.be")]),
        ("@anna_p en @ab", [("mention", "@anna_p")]),
        ("#buren #1 $EUR $eur", [("hashtag", "#buren"), ("cashtag", "$EUR")]),
        ("bel +32 470 12 34 56 of 112", [("phone_number", "+32 470 12 34 56")]),
        ("😀 #hulp", [("hashtag", "#hulp")]),
        ("om 8.30 u. ga ik.Dan", []),
    ],
)
def test_telegram_finds_entities_itself(text: str, expected: list[tuple[str, str]]) -> None:
    assert marks(text) == expected


async def test_nothing_is_found_inside_code_and_links(call: Caller, anna: Person) -> None:
    source = "<code>/x</code> <a href='https://a.be'>b.be</a> <b>c.be</b>"
    message = await call.ok("sendMessage", chat_id=anna.id, text=source, parse_mode="HTML")
    assert [e["type"] for e in message["entities"]] == ["code", "text_link", "bold", "url"]


async def test_control_characters_become_spaces(call: Caller, anna: Person) -> None:
    message = await call.ok("sendMessage", chat_id=anna.id, text="a\x00b\r\nc\td")
    assert message["text"] == "a b\nc d"


@given(st.text())
def test_any_text_escaped_comes_back(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert markup.parse(f"<b>{escaped}</b>")[0] == text


@given(st.text(alphabet="<>/bia &;#x12'\"=😀"))
def test_any_markup_is_parsed_or_refused(source: str) -> None:
    try:
        text, found = markup.parse(source)
    except ApiError as error:
        refusal, text, found = error.description, "", []
    else:
        refusal = "Bad Request: can't parse entities: "
    assert refusal.startswith("Bad Request: can't parse entities: ")
    assert all(e["offset"] + e["length"] <= entities.units(text) for e in found)


@given(st.text())
def test_found_entities_lie_within_the_text(text: str) -> None:
    for entity in entities.found(text):
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= entities.units(text)
