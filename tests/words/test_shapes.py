"""The checker measures a card's lines and buttons, in ours and in a store's own words, in every variant."""

from pathlib import Path

import pytest

from tests.words.test_voice import DEEP, problems_of

LONG = "Waiting for the courier’s van…"  # as long as line 1 allows


@pytest.mark.parametrize("own", [False, True], ids=["ours", "own"])
class TestLine1:
    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("🚚 <b>On its way</b> · Order { $order } from the warehouse on the hill", "is too long (69, at most 60)"),
            ("🚚 <b>On its way</b> · it has your own number { $order } on it", "is too long"),
            (
                "🚚 <b>On its way to you and to your family</b> · Order { $order }",
                "in bold, is too long (36, at most 30)",
            ),
            ("🚚 On its way · Order { $order }", "must say the state in bold"),
            ("🚚 Now <b>on its way</b> · Order { $order }", "must say the state in bold"),
            ("🚚 <b>On its way</b>\n    Order { $order }", "must be one line"),
            ("🚚 <b>On its way</b> · Order { $order }.", "ends with a full stop"),
            ("<b>On its way</b> · Order { $order }", "must open with 🚚"),
            ("🚗 <b>On its way</b> · Order { $order }", "must open with 🚚"),
            ("🚚 <b>On its way</b> · Order { $order } 🎉", "has the emoji '🎉'"),
            (
                "🚚 <b>On its way</b> · Order { $order }{ $named ->\n        [yes]  from the store’s warehouse\n"
                '       *[no] {""}\n    }',
                "is too long",
            ),
        ],
    )
    def test_that_is_cut_or_unclear_is_found(self, tmp_path: Path, text: str, problem: str, *, own: bool) -> None:
        found = problems_of(tmp_path, "en", "headline-on-its-way", text, own=own)
        assert any(problem in one for one in found), found

    def test_that_is_just_short_enough_is_right(self, tmp_path: Path, *, own: bool) -> None:
        assert len(LONG) == 30
        text = f"⏳ <b>{LONG}</b> · Nº {'{ $order }'}"
        assert problems_of(tmp_path, "en", "headline-awaiting-courier", text, own=own) == []


@pytest.mark.parametrize("own", [False, True], ids=["ours", "own"])
@pytest.mark.parametrize("deep", [False, True], ids=["plain", "deep"])
class TestPhrasesAndButtons:
    @pytest.mark.parametrize(
        ("key", "text", "problem"),
        [
            ("short-packed", "packed and ready for the courier", "is too long (32, at most 30)"),
            ("past-packing", "Being packed at the store today", "is too long (31, at most 30)"),
            ("past-package-courier", "With the courier { $courier }", "is too long (31, at most 30)"),
            ("past-packing", "Being packed.", "ends with a full stop"),
            ("button-more", "Show Me More", "has a capital inside (Me)"),
            ("button-more", "show more", "begins with a small letter"),
            ("button-more", "Show more.", "ends with a full stop"),
            ("button-more", "Show me much more of it", "is too long (23, at most 20)"),
            ("level-name-key", "Key News", "has a capital inside (News)"),
            ("level-name-key", "Nothing but the key news", "is too long (24, at most 20)"),
            ("toast-saved", "Saved.", "ends with a full stop"),
            ("toast-saved", "x" * 201, "is too long (201, at most 200)"),
        ],
    )
    def test_that_are_wrong_are_found(
        self, tmp_path: Path, key: str, text: str, problem: str, *, own: bool, deep: bool
    ) -> None:
        found = problems_of(tmp_path, "en", key, DEEP.format(text) if deep else text, own=own)
        assert any(problem in one for one in found), found

    @pytest.mark.parametrize(
        ("key", "text"),
        [
            ("short-packed", "packed and ready for couriers"),
            ("past-package-courier", "Package { $n }: { $courier }"),
            ("past-packing", "Being packed at the new store"),
            ("button-found", "I think I have it…"),
            ("button-track-package", "Package { $n }: track"),
            ("button-more", "Didn’t get it?"),
            ("toast-saved", "Saved. Look at /orders"),
        ],
    )
    def test_that_are_right_are_not(self, tmp_path: Path, key: str, text: str, *, own: bool, deep: bool) -> None:
        found = problems_of(tmp_path, "en", key, DEEP.format(text) if deep else text, own=own)
        assert found == [], found


def test_a_language_whose_nouns_have_capitals_keeps_them(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "de", "button-more", "Paket verfolgen als Paket"[:20]) == []
