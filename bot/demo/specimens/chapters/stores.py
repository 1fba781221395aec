"""The stores, couriers, labels and counts of the transcript: such as bring out every variant, and try the grammar."""

from dataclasses import replace

from bot.demo.samples import COURIERS, LABEL, STORES
from bot.tracking import hours
from bot.words.store_info import StoreInfo

UNNAMED, E_MERCADO, ECOLO = STORES
WEEKDAYS: hours.Week = (*[((9 * 60, 20 * 60),)] * 5, ((9 * 60, 14 * 60),), ())
UNNAMED_WITH_CONTACT = StoreInfo(contact_url="https://shop.example.com/contact", hours=WEEKDAYS)
ALWAYS_OPEN = replace(E_MERCADO, hours=hours.ALWAYS_OPEN)
WITH_PLACE_ONLY = StoreInfo("Écolo & Fils", pickup_place="Écolo & Fils Sud")
AMAZON, OSCAR = COURIERS
MOM = LABEL
COUNTS = (0, 1, 2, 5, 20, 21, 101)
OTHER_NUMBERS = ("1509750516095-01", "1509750516096-01", "v527104anml-01", "1509750516097-02")
