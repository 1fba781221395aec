"""All aiogram."""
