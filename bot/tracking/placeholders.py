"""Tell what somebody wrote where a link belongs and there is none: `N/A`, `…/null`, `?code={trackingNumber}`. Pure.

An honest link may hold such letters (`/nullarbor/`, `utm_source=`): what counts is a whole part of the path or a whole
value, and whether anything is left that names the parcel.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote, unquote_plus, urlsplit

from bot.tracking.visible import INVISIBLE, shows_something, trim

# never an honest part of an address
_CERTAIN = frozenset(
    {"null", "undefined", "nan", "nil", "n/a", "n.a.", "n.a", "tbd", "tba", "tbc", "[object object]", "#n/a", "@", "@@"}
)
# nothing where the parcel's number belongs
_LIKELY = _CERTAIN | {
    "", "-", "--", "---", "_", ".", "..", "...", "?", "*", "#", "0", "00", "000", "na", "none", "no", "false", "nd",
    "n/d", "s/n", "sn", "s/d", "sin", "sem", "not",
    "nao", "não", "por", "without", "empty", "unknown", "pending", "pendiente", "pendente", "blank", "error", "invalid",
}  # fmt: skip
_WORDS = _LIKELY | {
    "url", "link", "string", "trackingurl", "tracking url", "tracking link", "tracking", "http", "https", "www", "true",
    "about:blank", "javascript:void(0)", "javascript:", "data:,", "{}", "[]",
}  # fmt: skip
_SAID = re.compile(
    r"\b(?:n/?a|tbd|tba|tbc|null|undefined|none|pending|unavailable|unknown|pendiente|pendente|indispon[ií]vel|"
    r"disponible|dispon[ií]vel|available|applicable|aplica|definir|coming|soon|later|yet|without|sin|sem|no|not|não)\b"
)
_TEMPLATE = re.compile(
    r"\$?\#?\{{1,3}\s?(?:[a-z_$.][\w.$|() -]{0,60}|\d{1,2})?\s?\}{1,3}"
    r"|<%?=?\s?[a-z][\w .-]{0,60}%?>|\[\s*[a-z_][a-z_ -]{1,40}\s*\]",
    re.IGNORECASE,
)
_WHOLE_TEMPLATE = re.compile(
    r"(?:%[sd]|%\d\$[sd]|%[a-z][a-z_]+%|:[a-z][a-z_]*|\$[a-z][a-z_]*|@+[a-z_.]+@+|_{2,}[a-z_]+_{2,}"
    r"|@(?:track|order|shipment|parcel|gu[ií]a|code|id|number|awb)\w*|([~|^])[a-z][a-z_. -]*\1"
    r"|x{3,}|x{2,}(?:[-_. ]x{2,})+|\*+|\?+|\.{3}|…)",
    re.IGNORECASE,
)
_UNFORMATTED = re.compile(r"%(?:\(\w{1,60}\)[sd]|s(?![a-z0-9])|d(?![0-9a-f])|\d\$[sd])", re.IGNORECASE)
_UNFINISHED = re.compile(r"\{\{|[$#]\{|\{%|<%")  # of a template whose end was cut off
# where the number belongs: that there is none, or what belongs there (`trackingNumber`, `YOUR-CODE-HERE`)
_NO_NUMBER = re.compile(
    r"(?:no|not|nao|não|sin|sem|without|por|a[uú]n|ainda)[-_ ]+(?:\w{1,10}[-_ ]+)?(?:track|link|url|gu[ií]a|code|"
    r"c[oó]digo|rastre|seguim|n[uú]m|dispon|available|appli|aplica|asigna|atribu|assigned|informad|encontrad|found|exist|"
    r"generad|gerad|set|yet|defini).*|not?(?:found|available|assigned|applicable|set|tracking|encontrad[oa]|disponible|existe)|"
    r"unavailable|indispon[ií]vel|"
    r"(?:your|insert|enter|tu|seu)[-_ ]\w.*|(?:tracking|shipment|order)[_ ]?(?:number|num|id|code|no)(?:[-_ ]here)?"
)
_FILLED_IN = re.compile(r"\{[\w-]{0,60}\d{4}[\w-]{0,60}\}|\{[0-9a-f]{8}-[0-9a-f-]{27}\}", re.IGNORECASE)
_PAGE = re.compile(r"\.(?:html?|php|aspx?|jsp|do|json|xml)\Z")
_MOST_REDIRECTS = 3  # in one another
# parameters that name the parcel, and those that never do
_NAMES_IT = re.compile(
    r"(?:.*(?:track|awb|guia|gu[ií]a|waybill|barcode|consignment|parcel|shipment|package|envio|rastre|seguimiento).*"
    r"|code|c[oó]digo|cod|id|number|num|numero|nro|no|nr|tn|objeto|objetos)",
    re.IGNORECASE,
)
_NEVER_NAMES_IT = re.compile(
    r"(?:utm_.*|[gf]bclid|mc_.*|_ga.*|lang|language|locale|hl|l|country|pais|region|source|src|medium|campaign|theme|"
    r"channel|canal|brand|debug|v|version|ts|redirect|callback|email|phone|zip|zipcode|postalcode|postcode|cep|cp|name)",
    re.IGNORECASE,
)
_IDENTIFIES = re.compile(r"(?=.*\d)[\w.-]{4,}")


def is_placeholder_text(text: str) -> bool:
    """Return whether a text without any link says that there is none, or says nothing."""
    whole = " ".join(trim(text).casefold().split())
    words = whole.strip("\"'`()<>[]{}«»“”*!;,. ")
    if not any(map(str.isalnum, words)) or not {whole, words}.isdisjoint(_WORDS):
        return True
    if _TEMPLATE.fullmatch(whole) or _WHOLE_TEMPLATE.fullmatch(whole):
        return True
    if re.match(r"(?:https?:/*|//|www\.)[\s.]*$", words):
        return True
    may_be_meant = re.search(r"\d|[\w-]\.[a-z]{2}|/\w{2}", words)
    return not may_be_meant and _SAID.search(words) is not None


def is_placeholder_link(link: str, redirects: int = _MOST_REDIRECTS) -> bool:
    """Return whether something that was to be filled in is missing from an address, or from one that it leads to."""
    rest = link.partition("//")[2]
    host = re.split("[/?#]", rest, maxsplit=1)[0]
    if _UNFORMATTED.search(rest) or _UNFINISHED.search(unquote(rest)) or _is_template(host) or _is_no_host(host):
        return True
    try:
        parts = urlsplit(link)
    except ValueError:  # it can't be read, which is another thing
        return False
    path, _, query_of_fragment = parts.fragment.partition("?")
    segments = [_plain(unquote(one)) for one in f"{parts.path}/{path}".split("/")]
    pairs = list(_pairs(f"{parts.query}&{query_of_fragment}", segments))
    if any(map(_is_template, [*segments, *(value for _, value in pairs)])):
        return True
    if _lacks_a_segment(segments, has_query=bool(parts.query)) or _lacks_a_value(segments, pairs):
        return True
    if redirects == 0 or any(map(_IDENTIFIES.fullmatch, [*segments, *(value for _, value in pairs)])):
        return False
    led_to = [value for _, value in pairs if value.startswith(("http://", "https://"))]
    return any(is_placeholder_link(one, redirects - 1) for one in led_to)


def _is_no_host(host: str) -> bool:
    labels = host.casefold().split(".")
    return not any(labels) or not _CERTAIN.isdisjoint(labels) or labels in (["none"], ["n"], ["www"], ["www", ""])


def _plain(text: str) -> str:
    """Return a value without case, and without quotes and brackets around it; brackets of templates stay."""
    return text.strip().strip("\"'()").strip().casefold()


def _pairs(query: str, segments: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the parameters of a query, and of parts of the path that are written like some (`tracking=1`).

    A parameter without "=" is a value by itself, unless its name is that of the parcel's number.
    """
    for part in filter(None, re.split("[&;]", query)):
        name, equals, value = part.partition("=")
        is_value = not equals and not _NAMES_IT.fullmatch(name)
        yield ("", _plain(unquote_plus(name))) if is_value else (name.casefold(), _plain(unquote_plus(value)))
    for segment in segments:
        if "=" in segment:
            name, _, value = segment.partition("=")
            yield name, value.strip()


def _is_template(text: str) -> bool:
    found = _TEMPLATE.search(text)
    if found is not None and not _FILLED_IN.match(text, found.start()):
        return True
    return _WHOLE_TEMPLATE.fullmatch(text) is not None


def _lacks_a_segment(segments: list[str], *, has_query: bool) -> bool:
    filled = [segment for segment in segments if segment]
    if any(map(_is_certain, filled)) or any(INVISIBLE.issuperset(segment) for segment in filled):
        return True
    last, before = [*reversed(filled), "", ""][:2]
    likely = last in _LIKELY - {""} or _NO_NUMBER.fullmatch(last) is not None
    return (before, last) == ("n", "a") or (likely and not has_query)


def _lacks_a_value(segments: list[str], pairs: list[tuple[str, str]]) -> bool:
    given = [(name, value) for name, value in pairs if not (name and _NEVER_NAMES_IT.fullmatch(name))]
    numbers = [value for name, value in given if _NAMES_IT.fullmatch(name)]
    if any(map(_is_missing, numbers)):
        return True
    if numbers or any(map(_IDENTIFIES.fullmatch, [*segments, *(value for _, value in given)])):
        return False  # the parcel is named, whatever else was left out
    return any(_is_certain(value) or (name and not shows_something(value)) for name, value in given)


def _is_missing(value: str) -> bool:
    """Return whether there is no number in a value that should be one."""
    signs = {sign for sign in value if sign.isalnum()}
    is_name = re.fullmatch(r"@[a-z_.]*", value) is not None  # `@trackingNumber`
    if value in _LIKELY or signs <= {"0"} or signs == {"x"} or is_name:
        return True
    return _is_certain(value) or _NO_NUMBER.fullmatch(value) is not None


def _is_certain(text: str) -> bool:
    """Return whether the text, or each part of it, is what programs write for nothing (`null-null`)."""
    if text in _CERTAIN or _PAGE.sub("", text) in _CERTAIN:
        return True
    parts = [part for part in re.split(r"[-_.,:+ ]", text) if part]
    if "null" in parts and all(part == "null" or (len(part) < 3 and part.isalpha()) for part in parts):
        return True  # `ES-null`
    return "undefined" in parts or (len(parts) > 1 and all(part in {"null", "nan", "none", "nil"} for part in parts))
