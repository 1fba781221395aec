"""Which refusals say that the Bot API server doesn't know something, and the message without it."""

import pytest

from bot.words.older_server import COPY_BUTTONS, NEWEST_TAG, unknown_feature, without
from bot.words.texts import Button, ButtonKind, Text

TIME = '<tg-time unix="1790000000" format="wdt">Mon, 2:13 PM</tg-time>'
COPY = Button("Copy", ButtonKind.COPY, "1234")
STOP = Button("Stop", ButtonKind.CALLBACK, "s:1")
CARD = Text(f"<b>Packed</b> since {TIME}", ((COPY, STOP), (COPY,)))
PARSE = "Bad Request: can't parse entities: "
KEYBOARD = "Bad Request: can't parse inline keyboard button: "


@pytest.mark.parametrize(
    ("reason", "text", "feature"),
    [
        (f'{PARSE}Unsupported start tag "tg-time" at byte offset 22', CARD, NEWEST_TAG),
        (f"{PARSE}unsupported tag tg-time", CARD, NEWEST_TAG),
        (
            f'{PARSE}Unsupported start tag "blockquote" at byte offset 0',
            Text("<blockquote>x</blockquote>"),
            "blockquote",
        ),
        (f"{PARSE}something that no server of ours says", CARD, NEWEST_TAG),
        (f"{KEYBOARD}Text buttons are unallowed in the inline keyboard", CARD, COPY_BUTTONS),
        ("Bad Request: BUTTON_TYPE_INVALID", CARD, COPY_BUTTONS),
        ("Bad Request: can't parse reply keyboard markup JSON object", CARD, COPY_BUTTONS),
        (f'{PARSE}Unsupported start tag "tg-time" at byte offset 22', Text("<b>x</b>"), None),
        (f'{PARSE}Unsupported start tag "tg-time" at byte offset 22', Text("&lt;tg-time&gt;"), None),
        (f'{PARSE}Unsupported start tag "script" at byte offset 1', CARD, None),
        (f'{PARSE}Invalid Unix time in the tag "tg-time" at byte offset 22', CARD, None),
        (f'{PARSE}Can\'t find end tag corresponding to start tag "b"', CARD, None),
        (f"{KEYBOARD}Text buttons are unallowed in the inline keyboard", Text("x", ((STOP,),)), None),
        ("Bad Request: BUTTON_DATA_INVALID", CARD, None),
        ("Bad Request: inline keyboard button URL 'x' is invalid: Wrong HTTP URL", CARD, None),
        ("Bad Request: message is too long", CARD, None),
    ],
)
def test_what_a_refusal_says_of_the_server(reason: str, text: Text, feature: str | None) -> None:
    assert unknown_feature(reason, text) == feature


def test_without_a_tag_its_content_stays_and_without_copy_buttons_the_others_do() -> None:
    assert without(CARD, [NEWEST_TAG]) == Text("<b>Packed</b> since Mon, 2:13 PM", CARD.buttons)
    assert without(CARD, [COPY_BUTTONS]) == Text(CARD.html, ((STOP,),))
    assert without(CARD, []) == CARD
    assert without(Text("<b>x</b><blockquote expandable>y</blockquote>"), ["b"]) == Text(
        "x<blockquote expandable>y</blockquote>"
    )
