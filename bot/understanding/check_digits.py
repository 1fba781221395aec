"""Check digits: of cards, bar codes, tax numbers and bank accounts. Pure arithmetic on strings of digits."""

import re


def passes_card_check(digits: str) -> bool:
    """Check as cards do (Luhn)."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def passes_bar_code_check(digits: str) -> bool:
    """Check as EAN-13 and GTIN-14 do: with the weights 1 and 3, from the right."""
    return (sum(map(int, digits[-1::-2])) + 3 * sum(map(int, digits[-2::-2]))) % 10 == 0


def is_cpf(digits: str) -> bool:
    """Return whether eleven digits are a person's tax number of Brazil."""
    return len(digits) == 11 and digits.isdigit() and digits[9:] == _cpf_check(digits[:9])


def is_iban(word: str) -> bool:
    """Return whether it is a bank account's international number, with or without blanks."""
    compact = re.sub(r"[\s-]", "", word)
    if not re.fullmatch(r"[A-Za-z]{2}[0-9]{2}[A-Za-z0-9]{11,30}", compact):
        return False
    return int("".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4])) % 97 == 1


def _cpf_check(digits: str) -> str:
    for _ in range(2):
        weights = range(len(digits) + 1, 1, -1)
        rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        digits += str(0 if rest < 2 else 11 - rest)
    return digits[-2:]
