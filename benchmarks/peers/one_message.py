"""The message that the bare loops send: as long as an order's card, with as many buttons."""

TOKEN = "123456789:" + "a" * 35
FIRST_CHAT = 10_000
HTML = (
    "📦 <b>Order</b> <code>SHARED-1</code>\n"
    "<b>Your order is being prepared.</b> The store is picking your items now, and tells you when they are packed.\n"
    "\n● ● ○ ○ · next: it is packed\n\n<i>Updated a moment ago</i>"
)
BUTTON = ("More", "m:{}")
