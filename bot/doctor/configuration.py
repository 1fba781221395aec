"""Check the content of the settings: secrets, the texts of each language, the contact for privacy."""

from pathlib import Path

from bot.doctor.findings import Finding, fail, ok, warn
from bot.settings import AccessSettings, LocaleSettings, SettingsGroup, StoreSettings, WebhookSettings
from bot.tracking.addresses import public_link
from bot.understanding.examples import check_examples
from bot.words.fluent.checking import check
from bot.words.fluent.files import default_folder, languages_with_words, why_without_words

MAKE_NEW_SECRETS = 'make new ones: python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
GUESSABLE_PARTS = (
    "secret",
    "password",
    "passwort",
    "changeme",
    "example",
    "webhook",
    "onroute",
    "qwerty",
    "12345",
    "abcdef",
)
MIN_LENGTH, MIN_DISTINCT = 20, 10


def check_secrets(webhook: WebhookSettings, people: AccessSettings, dotenv: Path) -> list[Finding]:
    """Check that the secrets can't be guessed, and that other users of this machine can't read them."""
    secrets = [("WEBHOOK_SECRET", one) for one in webhook.secret_values()]
    secrets += [("LINK_SECRET", one) for one in people.secret_values()]
    problems = [f"{name} {why}" for name, secret in secrets if (why := _weakness(secret))]
    findings = [warn("secrets", "; ".join(problems), MAKE_NEW_SECRETS)] if problems else []
    if _is_world_readable(dotenv, webhook, people):
        findings.append(warn("secrets", f"every user of this machine can read {dotenv}", f"chmod 600 {dotenv}"))
    return findings or [ok("secrets", "they are long and random enough")]


def _weakness(secret: str) -> str:
    if len(secret) < MIN_LENGTH or len(set(secret)) < MIN_DISTINCT:
        return "is too short or too uniform"
    if any(word in secret.lower() for word in GUESSABLE_PARTS):
        return "looks made up by hand"
    return ""


def _is_world_readable(dotenv: Path, *parts: SettingsGroup) -> bool:
    sources = (part.source_of(name.upper()) for part in parts for name in type(part).model_fields)
    used = any(dotenv.name in source for source in sources)
    return used and dotenv.is_file() and bool(dotenv.stat().st_mode & 0o004)


def check_words(words: LocaleSettings) -> list[Finding]:
    """Check that every language is complete, including those of LOCALES_OVERRIDE."""
    folder = default_folder()
    problems = [*check(folder, words.locales_override), *check_examples(folder, words.locales_override)]
    remedy = "mend it: until then ours is said instead, or nothing of it (docs/words.md says how)"
    findings = [fail("words", problem, remedy) for problem in problems]
    if missing := why_without_words(words.default_locale, words.locales_override):
        findings.append(fail("words", f"DEFAULT_LOCALE {missing}", "set it to one of these, or add the language"))
    names = ", ".join(languages_with_words(folder, words.locales_override))
    return findings or [ok("words", f"complete in {names}")]


def check_contact(store: StoreSettings) -> list[Finding]:
    """Check that shoppers are told whom to ask about their data."""
    if store.store_contact_url is None:
        remedy = "set STORE_CONTACT_URL: /privacy names it, and every message that has no other answer"
        return [warn("privacy contact", "STORE_CONTACT_URL is not set", remedy)]
    return [ok("privacy contact", f"shoppers are sent to {store.store_contact_url}")]


def check_pickup(store: StoreSettings) -> list[Finding]:
    """Check that what is said of the pickup place helps to find it, and that its map can be a button."""
    if store.pickup_map_url and public_link(store.pickup_map_url) is None:
        return [warn("pickup place", "PICKUP_MAP_URL can't be shown", "set a web address that needs no more filled in")]
    said = ", ".join(part for part in (store.pickup_place, store.pickup_address) if part)
    if store.pickup_map_url and not said:
        return [warn("pickup place", "there is a map of a place without a name", "set PICKUP_PLACE or PICKUP_ADDRESS")]
    return [ok("pickup place", f"shoppers are sent to {said or 'the place chosen at checkout'}")]
