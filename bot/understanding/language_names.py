"""Which languages a text names ("in English, please"), as people of our languages write them. Pure."""

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]+")
# names and what people write for them, without accents; a name of two languages ("portugues") stands once
_NAMES = {
    "en": "english ingles inglesa eng englisch anglais inglese",
    "es": "spanish espanol espanhol castellano castelhano spanisch espagnol spagnolo",
    "pt": "portuguese portugues portuguesa brasileiro brasileno brazilian portugiesisch portugais portoghese",
    "fr": "french frances francais francesa franzosisch francese",
    "it": "italian italiano italiana italien italienisch",
    "de": "german aleman alemao deutsch allemand tedesco",
    "ro": "romanian rumano romeno romana roumain",
    "nl": "dutch holandes neerlandes nederlands",
    "ca": "catalan catala catalao",
    "gl": "gallego galego",
    "eu": "basque euskera euskara vasco",
    "qu": "quechua",
    "gn": "guarani",
    "ay": "aymara aimara",
    "zh": "chinese chino chines mandarin 中文",
    "ja": "japanese japones 日本語",
    "ko": "korean coreano 한국어",
    "ru": "russian ruso russo русский",
    "uk": "ukrainian ucraniano українська",
    "pl": "polish polaco polones polski",
    "ar": "arabic arabe العربية",
    "he": "hebrew hebreo hebraico",
    "hi": "hindi",
    "tr": "turkish turco turkce",
    "ht": "creole criollo kreyol",
}
_CODE_OF = {name: code for code, names in _NAMES.items() for name in names.split()}


def languages_named(text: str) -> tuple[str, ...]:
    """Return the codes of the languages that a text names, in its order, each once."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))
    return tuple(dict.fromkeys(_CODE_OF[word] for word in words if word in _CODE_OF))
