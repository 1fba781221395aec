"""Of a link that can't be used staff and the log see the beginning, and nothing that may be secret."""

import time

import pytest

from bot.tracking.link_secrets import without_secrets


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("http://localhost:3000/x/1", "http://localhost:3000/x/1"),
        ("ask the driver", "ask the driver"),
        ("track.courier.com/1", "track.courier.com/1"),
        ("http://localhost:3000/x?email=a@b.com", "http://localhost:3000/x…"),
        ("//joe:PW@localhost/x", "//…@localhost/x"),
        ("http://joe:P/W@localhost/x", "http://…@localhost/x"),
        ("http://joe:P@W@localhost/x", "http://…@localhost/x"),
        ("http://joe:P%40W%40localhost/x", "http://…@localhost/x"),
        ("http://joe:P&#64;localhost/x", "http://…@localhost/x"),
        ("http://joe:P\\u0040localhost/x", "http://…@localhost/x"),
        ("http://joe:PW?@localhost/x", "http://…"),
        ("http://joe:12;W@localhost/x", "http://…"),
        ("http://localhost/1 or http://joe:PW@localhost/2", "http://…@localhost/2"),
    ],
)
def test_who_signs_in_is_hidden(raw: str, shown: str) -> None:
    assert without_secrets(raw, "…") == shown


@pytest.mark.parametrize(
    "raw",
    [
        "http://localhost/x;v=SECRET",
        "http://localhost/x;SECRET",
        "http://localhost/x%3Ftoken%3DSECRET",
        "https%3A%2F%2Flocalhost%2Fx%253Fa%253DSECRET",
        "http://localhost/token/SECRET",
        "http://localhost/access_token=SECRET",
        '{"url": "http://localhost/x", "apiKey": "SECRET"}',
        "password SECRET",
        "pass: my SECRET",
        "X-Api-Key: SECRET",
        "Authorization: Basic SECRET",
        "contraseña: SECRET",
        "Senha = SECRET",
        "clave%3DSECRET",
    ],
)
def test_what_may_be_a_token_or_a_password_is_hidden(raw: str) -> None:
    assert "SECRET" not in without_secrets(raw, "…")
    assert without_secrets(raw, "…").endswith("…")


def test_no_text_is_read_for_long() -> None:
    for piece in ("a@", "%25", "&#64;", "pass ", "pass     ", "%2540", "a:", "\\", "auth", "http:"):
        before = time.thread_time()
        without_secrets((piece * 4096)[:4096], "…")
        assert time.thread_time() - before < 0.1
