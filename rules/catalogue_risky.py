"""Rules about the buyer's reason, the seller and the time left: their risks can be taken by name."""

from __future__ import annotations

from rules.rulebook import BLOCK, NOTE, WARN, risky

RISKY_RULES = (
    risky(
        "facts-inconsistent", "Facts contradict each other", (BLOCK,), "F6 F8 F9 F15",
        "Impossible facts mean that something was misread, and advice on them would be a guess.",
        "The parcel is marked delivered tomorrow, or five of four edits are used.",
    ),
    risky(
        "window-closed", "The right to dispute is over", (WARN, BLOCK), "F6 F7",
        "A new dispute is possible only while protection runs and within 15 days of delivery, "
        "whichever ends first. After that a cancel gives the claim up for good.",
        "Protection ended yesterday and the parcel never came.",
    ),
    risky(
        "window-closing-soon", "Less than 72 hours left", (WARN, BLOCK), "F6 F7",
        "If anything turns out wrong after the cancel, there is hardly time to file again.",
        "Twelve hours of protection are left.",
    ),
    risky(
        "deadline-unknown", "Last moment to file again unknown", (WARN, BLOCK), "F6 F7",
        "The deadline must be checked before anything is cancelled; an unknown one may be over.",
        "The page shows no date beside its words about protection.",
    ),
    risky(
        "delivery-date-unknown", "Delivery date unknown", (NOTE, WARN), "F6",
        "The 15 days after delivery may end before the protection does.",
        "The order is delivered, but the day is unknown.",
    ),
    risky(
        "item-checked", "In hand and checked", (NOTE,), "F8",
        "The right, working product in the buyer's hands is the best reason to cancel.",
        "The parcel came late and everything in it works.",
    ),
    risky(
        "item-not-checked", "Not checked yet", (WARN,), "F8 F14",
        "A parcel in hand can still hold the wrong or a broken product.",
        "The parcel lies unopened on the table.",
    ),
    risky(
        "item-not-in-hand", "Not in hand", (WARN, BLOCK), "F8 F14",
        "Tracking that says delivered is no product in hand.",
        "The carrier says delivered, the letter box is empty.",
    ),
    risky(
        "item-wrong-or-incomplete", "Wrong, broken or incomplete", (BLOCK,), "F8 F14",
        "The problem is not fixed, so the dispute is still needed.",
        "Two of four pieces came.",
    ),
    risky(
        "replacement-proven", "Replacement on its way", (NOTE,), "F9",
        "A replacement counts if its tracking is real and the protection was extended.",
        "The carrier shows six movements and the deadline has moved.",
    ),
    risky(
        "replacement-not-proven", "Replacement not proven", (WARN, BLOCK), "F9 F14",
        "Only movements that you saw on the carrier's own page make a number real. A buyer lost "
        "47 dollars to an invented one.",
        "The number is 12345, or it was not looked up.",
    ),
    risky(
        "protection-not-extended", "Protection not extended", (BLOCK,), "F9 F13",
        "Without an extension the protection can end before the replacement arrives.",
        "The replacement moves, but the deadline is the old one.",
    ),
    risky(
        "filed-by-mistake", "Filed by mistake", (NOTE,), "F10",
        "A claim on the wrong order or from misread tracking is a good reason to cancel.",
        "The dispute was opened on the wrong order.",
    ),
    risky(
        "let-agreement-finish", "Let the agreement run through the dispute", (BLOCK,), "F5 F11",
        "An agreement inside the dispute is carried out by the site; after a cancel it "
        "is not enforced.",
        "The seller offers half of the price back and you agree.",
    ),
    risky(
        "seller-promise", "A promise in exchange for the cancel", (WARN, BLOCK), "F12 F13 F14",
        "Whatever sellers want to do, they can do while the dispute is open: send again, or accept "
        "the dispute. After the cancel they often go silent while the protection runs out.",
        "The seller writes: close it first, then I refund you.",
    ),
    risky(
        "seller-asks", "The seller wants the cancel", (WARN, BLOCK), "F12 F14",
        "The wish comes from the one who gains by it. There is no honest need for it.",
        "The seller asks for the cancel because of their rating.",
    ),
    risky(
        "words-of-unknown-author", "A plea whose author is unknown", (WARN,), "F12 F14",
        "A text that seems to come from the dispute asks for the cancel. It may be the seller's, "
        "the site's or your own, so it warns and never blocks.",
        "The page shows 'close the dispute first' without saying who wrote it.",
    ),
    risky(
        "edit-instead", "Edit the dispute instead", (BLOCK,), "F15",
        "Evidence, reason and amount can be changed in an open dispute, up to four times.",
        "You want to add a photo.",
    ),
    risky(
        "edits-exhausted", "No edits left", (WARN, BLOCK), "F15 F17",
        "All four edits are used. A cancel and a new claim is a gamble on the time that is left.",
        "Four of four edits are used and you want to add a photo.",
    ),
    risky(
        "money-outside", "Money outside the site", (WARN, BLOCK), "F13 F16",
        "The site enforces nothing that is paid elsewhere; an announced payment often never comes "
        "and a received one can be reversed.",
        "The seller says that a PayPal transfer is on its way.",
    ),
    risky(
        "order-frozen", "The site froze the order", (NOTE, WARN), "F14 F17",
        "Where the site acts against a seller it freezes their orders and may refund the buyers "
        "by itself. This is known from one source only.",
        "The order says that it is frozen because the seller was suspended.",
    ),
    risky(
        "not-fixed-yet", "Nothing is fixed yet", (WARN,), "F14 F17",
        "Cancel when the problem is fixed. Until then an open dispute works for you, and AliExpress "
        "decides it if the seller does not.",
        "You want to give the parcel two more weeks.",
    ),
    risky(
        "reason-missing", "No reason given", (WARN,), "F14",
        "Without a reason it is not known whether the problem is fixed.",
        "The facts give no reason.",
    ),
    risky(
        "after-cancel", "After the cancel", (NOTE,), "F6 F18",
        "The dispute is closed, the order is back in its normal state and the protection clock "
        "runs. The seller is no longer under pressure, so the last moment to file again matters. Some "
        "public texts say that a cancelled dispute cannot be opened again: count it as final.",
        "Shown with every advice that knows the deadline.",
    ),
)  # fmt: skip
