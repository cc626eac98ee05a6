"""Rules about the buyer's reason, the seller and the time left; buyers can accept their risks."""

from __future__ import annotations

from rules.rulebook import BLOCK, NOTE, WARN, risky

RISKY_RULES = (
    risky(
        "facts-inconsistent", "Facts contradict each other", (BLOCK,), "F6 F8 F9 F15",
        "Impossible facts mean that something was misread. Advice on them would be a guess.",
        "The delivery date is tomorrow, or five of four edits are used.",
    ),
    risky(
        "window-closed", "Too late to file again", (WARN, BLOCK), "F6 F7",
        "You can file again only while protection runs and within 15 days of delivery, "
        "whichever ends first. After that, a cancel gives the claim up for good.",
        "Protection ended yesterday and the parcel never came.",
    ),
    risky(
        "window-closing-soon", "Less than 72 hours left", (WARN, BLOCK), "F6 F7",
        "If something turns out wrong after the cancel, there is hardly time to file again.",
        "Twelve hours of protection are left.",
    ),
    risky(
        "deadline-unknown", "Latest time to file again unknown", (WARN, BLOCK), "F6 F7",
        "Check the deadline before you cancel: an unknown one may have passed.",
        "The page mentions protection but shows no date.",
    ),
    risky(
        "delivery-date-unknown", "Delivery date unknown", (NOTE, WARN), "F6",
        "The 15 days after delivery may end before the protection does.",
        "The order is delivered, but the date is unknown.",
    ),
    risky(
        "item-checked", "In hand and checked", (NOTE,), "F8",
        "The right, working product in your hands is the best reason to cancel.",
        "The parcel came late, and everything in it works.",
    ),
    risky(
        "item-not-checked", "Not checked yet", (WARN,), "F8 F14",
        "A parcel in hand can still contain the wrong or a broken product.",
        "The parcel is still unopened.",
    ),
    risky(
        "item-not-in-hand", "Not in hand", (WARN, BLOCK), "F8 F14",
        "Tracking can say delivered when you have nothing in your hands.",
        "The carrier says delivered, but the letter box is empty.",
    ),
    risky(
        "item-wrong-or-incomplete", "Wrong, broken or incomplete", (BLOCK,), "F8 F14",
        "The problem is not fixed, so you still need the dispute.",
        "Only two of four pieces came.",
    ),
    risky(
        "replacement-proven", "Replacement on its way", (NOTE,), "F9",
        "A replacement counts if its tracking is real and the protection was extended.",
        "The carrier shows six movements, and the deadline has moved.",
    ),
    risky(
        "replacement-not-proven", "Replacement not proven", (WARN, BLOCK), "F9 F14",
        "Only movements that you saw on the carrier's own page make a number real. One buyer "
        "lost 47 dollars to an invented number.",
        "The number is 12345, or you did not look it up.",
    ),
    risky(
        "protection-not-extended", "Protection not extended", (BLOCK,), "F9 F13",
        "Without an extension, the protection can end before the replacement arrives.",
        "The replacement is moving, but the deadline has not changed.",
    ),
    risky(
        "filed-by-mistake", "Filed by mistake", (NOTE,), "F10",
        "A claim on the wrong order or from misread tracking is a good reason to cancel.",
        "The dispute was opened on the wrong order.",
    ),
    risky(
        "let-agreement-finish", "Settle through the dispute", (BLOCK,), "F5 F11",
        "AliExpress carries out an agreement that is made inside the dispute. After a cancel it "
        "enforces nothing.",
        "The seller offers to refund half the price, and you agree.",
    ),
    risky(
        "seller-promise", "A promise in exchange for the cancel", (WARN, BLOCK), "F12 F13 F14",
        "Anything sellers want to do, they can do while the dispute is open: send again, or "
        "accept the dispute. After the cancel they often go silent while the protection runs "
        "out.",
        "The seller writes: close it first, then I refund you.",
    ),
    risky(
        "seller-asks", "The seller wants the cancel", (WARN, BLOCK), "F12 F14",
        "The seller gains by the cancel and has no honest need for it.",
        "The seller asks you to cancel because of their rating.",
    ),
    risky(
        "words-of-unknown-author", "A request to cancel, author unknown", (WARN,), "F12 F14",
        "A text on the dispute page asks for the cancel. It may be the seller's, AliExpress's "
        "or your own, so it warns and never blocks.",
        "The page shows 'close the dispute first' without saying who wrote it.",
    ),
    risky(
        "edit-instead", "Edit the dispute instead", (BLOCK,), "F15",
        "You can change evidence, reason and amount in an open dispute, up to four times.",
        "You want to add a photo.",
    ),
    risky(
        "edits-exhausted", "No edits left", (WARN, BLOCK), "F15 F17",
        "All four edits are used. Cancelling to file a new claim gambles on the time that is "
        "left.",
        "Four of four edits are used and you want to add a photo.",
    ),
    risky(
        "money-outside", "Money outside AliExpress", (WARN, BLOCK), "F13 F16",
        "AliExpress does not enforce payments made elsewhere. Announced payments often never "
        "come, and received ones can be reversed.",
        "The seller says that a PayPal transfer is on its way.",
    ),
    risky(
        "order-frozen", "AliExpress froze the order", (NOTE, WARN), "F14 F17",
        "When AliExpress acts against a seller, it freezes their orders and may refund the "
        "buyers by itself. Only one source reports this.",
        "The order says that it is frozen because the seller was suspended.",
    ),
    risky(
        "not-fixed-yet", "Nothing is fixed yet", (WARN,), "F14 F17",
        "Cancel when the problem is fixed. Until then an open dispute works for you, and "
        "AliExpress decides it if the seller does not.",
        "You want to give the parcel two more weeks.",
    ),
    risky(
        "reason-missing", "No reason given", (WARN,), "F14",
        "Without a reason, the problem may not be fixed.",
        "The facts give no reason.",
    ),
    risky(
        "after-cancel", "After the cancel", (NOTE,), "F6 F18",
        "The dispute is closed, the order is back to normal and the protection clock keeps "
        "running. The seller is no longer under pressure, so the latest time to file again "
        "matters. Some public texts say that a cancelled dispute cannot be opened again: count "
        "it as final.",
        "Shown whenever the deadline is known.",
    ),
)  # fmt: skip
