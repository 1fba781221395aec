"""Take out of a link that can't be used what may be secret in it, before staff or a log show its beginning. Pure.

One word too many is better gone than a password shown: couriers' systems type them anywhere.
"""

import html
import re

_SCHEME = re.compile(r"\s*(?:(?:https?|ftps?|sftp|wss?)\s*:\s*[/\\]*|//)", re.IGNORECASE)
_JSON_ESCAPE = re.compile(r"\\{1,4}u00([2-7][0-9a-fA-F])")
_AT = re.compile(r"@|%(?:25)*40")
_REST = re.compile(r"[?#;]|%(?:25)*(?:3[fFbB]|23)")  # query, fragment, parameters (`;jsessionid=`)
_HOST_WITH_PORT = re.compile(r"[\w.-]+:[0-9]{1,5}[/\\]")
# a name and a sign after it; whatever follows may be it, also in several words
_NAMED = re.compile(
    r"(?:key|token|pass(?:word|wd|code|phrase)?|pwd|secret|auth|authori[sz]ation|bearer|basic|credentials?|session(?:id)?"
    r"|sid|signature|sig|otp|pin|login|user(?:name)?|usuario|usu[aá]rio|clave|contrase[nñ]a|senha)"
    r"(?:[\"']?\s{0,5}(?:[:=/\\]|%(?:25)*(?:3[aAdD]|2[fF])|->)|\s{1,5}(?=\S))",
    re.IGNORECASE,
)


def without_secrets(raw: str, mark: str) -> str:
    """Return the beginning of a text up to what may be secret, `mark` in its place.

    Gone are who signs in, the query, the fragment, parameters, and what follows the name of a password or a token.
    """
    text = html.unescape(_JSON_ESCAPE.sub(lambda found: chr(int(found[1], 16)), raw))
    scheme = found[0] if (found := _SCHEME.match(text)) else ""
    text = text[len(scheme) :]
    rest = _REST.search(text)
    shown = text[: rest.start()] if rest else text
    *_, last_at = [None, *_AT.finditer(shown)]
    if last_at is not None:
        shown = (f"{mark}@" if mark else "") + shown[last_at.end() :]
    elif rest and ":" in shown and _AT.search(text) and not _HOST_WITH_PORT.match(shown):
        return scheme + mark  # a password with such a sign in it
    if named := _NAMED.search(shown):
        return scheme + shown[: named.end()] + mark
    return scheme + shown + (mark if rest else "")
