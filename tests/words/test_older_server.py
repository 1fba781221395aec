"""Which refusals say that the Bot API server doesn't know something, and the message without it."""

import pytest

from bot.words.older_server import BUTTON_STYLES, COPY_BUTTONS, EXPANDABLE, NEWEST_TAG, unknown_feature, without
from bot.words.texts import Button, ButtonKind, ButtonStyle, Text

TIME = '<tg-time unix="1790000000" format="wdt">Mon, 2:13 PM</tg-time>'
COPY = Button("Copy", ButtonKind.COPY, "1234")
STOP = Button("Stop", ButtonKind.CALLBACK, "s:1")
CARD = Text(f"<b>Packed</b> since {TIME}", ((COPY, STOP), (COPY,)))
TRACK = Button("Track", ButtonKind.URL, "https://courier.example.com/1", ButtonStyle.PRIMARY)
COLORED = Text("x", ((TRACK,),))
QUOTE = Text("x <blockquote expandable>y</blockquote>")
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
        (f'{KEYBOARD}Field "style" is not supported', COLORED, BUTTON_STYLES),
        (f"{KEYBOARD}invalid button style specified", COLORED, BUTTON_STYLES),
        (f"{KEYBOARD}something that no server of ours says", COLORED, BUTTON_STYLES),
        (f'{PARSE}Expected equal sign in declaration of an attribute of the tag "blockquote"', QUOTE, EXPANDABLE),
        (f"{PARSE}something that no server of ours says", QUOTE, EXPANDABLE),
        (f'{KEYBOARD}Field "style" is not supported', CARD, None),
        (f"{KEYBOARD}Text buttons are unallowed in the inline keyboard", COLORED, None),
        (f'{PARSE}Expected equal sign in declaration of an attribute of the tag "blockquote"', CARD, None),
        ("Bad Request: BUTTON_TYPE_INVALID", CARD, None),  # a button that may not stand in this chat
        ("Bad Request: BUTTON_TYPE_INVALID", COLORED, None),
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
    assert without(CARD, [BUTTON_STYLES, EXPANDABLE]) == CARD
    assert without(COLORED, [BUTTON_STYLES]) == Text("x", ((Button("Track", ButtonKind.URL, TRACK.value),),))
    assert without(QUOTE, [EXPANDABLE]) == Text("x <blockquote>y</blockquote>")
    assert without(QUOTE, ["blockquote"]) == Text("x y")
    assert without(Text("<b>x</b><blockquote expandable>y</blockquote>"), ["b"]) == Text(
        "x<blockquote expandable>y</blockquote>"
    )
