"""English words around giving a dispute up."""

from rules.messages.vocabulary import Words

WORDS = Words(
    cancel=(
        "cancel, cancels, cancle, cansel, cancell, cancal, withdraw, withdraws, withdrow, "
        "revoke, retract, rescind, recall the, undo the, call off, pull back, take back the, "
        "back out"
    ),
    close=(
        "close, end the, end this, end your, end it, end dispute, delete, remove, drop, take "
        "back, take down, give up, dismiss, stop, terminate, lift, let go, let it go, abandon, "
        "erase, shut, finish, get rid of, put an end to, undo, recall, discontinue, "
        "forget about, take away, pull, finalise, finalize"
    ),
    split=(
        "take … down, take … back, take … away, pull … back, call … off, give … up, shut … "
        "down, let … go, make … disappear, make … go away, get … removed, have … removed, get … "
        "closed, have … closed, get … cancelled, have … taken down, have … withdrawn"
    ),
    done=(
        "cancelled, canceled, cancelling, canceling, cancellation, cancelation, withdrawn, "
        "withdrawing, withdrawal, withdrew, revoked, revoking, retracted, retracting, closed, "
        "closing, closure, deleted, deleting, removed, removing, removal, dropped, dropping, "
        "ended, ending, lifted, gone, disappears, disappeared, finished, dismissed, terminated, "
        "off the table, no longer there, no longer open, not open any more, disappear, taken "
        "down, called off, out of the way, goes away, go away, gone away, vanishes, vanish, "
        "vanished, out of the world, over with, settled by you, off the list, off your list"
    ),
    dispute=(
        "dispute, disputes, disputed, disput, dispite, dipute, dispuit, claim, claims, case, "
        "complaint, complaints, chargeback, refund request, return request, your request, the "
        "request, this request, that request, refund application, your application, "
        "arbitration, appeal, ticket"
    ),
    order=(
        "order, orders, shipment, subscription, purchase, payment, booking, shop, store, "
        "account, door, lid, box, photo, review, feedback, battery, cover, label, sticker, app, "
        "window, valve, the cash, your cash, the funds, the balance, the needle, shipping"
    ),
    it="it, this, that, them, one, yours",
    without="no, without",
    no=(
        "no need, not, don't, dont, do not, doesn't, never, needn't, no reason, no point, "
        "without, no necessity, unnecessary, nobody, no one, neither, nor, mustn't, shouldn't, "
        "avoid, won't, isn't necessary, refrain from, instead of, rather than, wouldn't, "
        "didn't, aren't, no obligation, can't, cannot, can not, couldn't, unable to, under no "
        "circumstances, by no means, on no account, please don't, no one should, none of us, no "
        "seller"
    ),
    no_behind=(
        "is not necessary, is not needed, is not required, isnt necessary, isnt needed, is "
        "unnecessary, not necessary, not needed, not required, nothing"
    ),
    turns=(
        "worry, hesitate, forget, wait, delay, fail, afraid, only, keep, leave, please, pls, "
        "plz, kindly, just, simply, first, and, but, so, because, then, if, until, till, "
        "unless, before, while, when, after, refund, pay, send, resend, ship, money, return "
        "money, be angry, mind, you cancel, agree, lose, better, be, possible until, problem, "
        "refuse, waste time"
    ),
    when=(
        "if, once, when, after, as soon as, until, unless, till, whenever, in case, why, why "
        "not, before, provided, as long as, while, the moment, upon, should, for closing, for "
        "cancelling, for canceling, for withdrawing, for dropping, for removing, in exchange, "
        "in return for, by cancelling, by closing, by withdrawing, by canceling, with an "
        "active, with an open, with active, with open, during, the day, same day, the minute, "
        "the second"
    ),
    arrived=(
        "received, receive, with you, arrived, arrives, in good condition, satisfied, solved, "
        "resolved, works, working, in your hands, in hand, happy with, got the, have it, "
        "checked, delivered, have the"
    ),
    optional=(
        "if you wish, if you like, if you prefer, as you like, as you wish, up to you, your "
        "choice, your decision, any time, anytime, whenever, at your convenience, if you want, "
        "of your own accord, you decide, no hurry"
    ),
    want=(
        "please, pls, plz, kindly, need, needs, want, must, have to, has to, make sure, mind, "
        "consider, appreciate, grateful, request you, ask you, asking, suggest, better, would "
        "like, hope, unless, immediately, urgently, asap, go ahead, great help, big help, us a "
        "favor, us a favour, me a favor, me a favour, be nice, be great, wish, be glad, happy "
        "if, thankful, have you, when will you, when can you, did you, needed, only ask, pleas, "
        "plese, plase, pleae, would have, can now be, now be, from your side, on your side, "
        "possible to, should be, help, beg"
    ),
    refund=(
        "refund, refunds, reimburse, money back, pay you, return money, return the money, "
        "repay, return your money, transfer, give you money, give all money, give money, "
        "compensate, pay back, send the money, send you money, send money, money, cash back, "
        "payment, paypal, return the rest, return the difference, reimbursement, back to your "
        "card, price back, cash"
    ),
    resend=(
        "resend, reship, replacement, send again, send a new, send new, send you a new, new "
        "one, new item, ship again, ship a new, missing pieces, missing parts, another one, new "
        "product"
    ),
    gift=(
        "gift, coupon, bonus, discount, compensation, voucher, free item, present, reward, "
        "surprise, for free, a free"
    ),
    extend="extend, extension, extended, prolong, more protection",
    change=(
        "change, modify, switch, alter, edit, select, choose, set, revise, put, correct, "
        "reduce, lower, pick"
    ),
    reason=(
        "reason, personal reasons, personal reason, no longer need, don't want it anymore, "
        "refund amount, the amount, lower amount"
    ),
    confirm="confirm, confirmation, acknowledge, press received, click received, mark",
    receipt="received, receipt, delivery, goods received, order received, receiving, as delivered",
    whether="if, whether, when, your address, address, your phone",
    press="click, press, tap, push, choose, select, hit, use the button",
    accept=(
        "accept, agree, choose our, choose my, choose the solution, choose solution, choose the "
        "plan, choose plan, select our, select plan, take our solution, take our plan, take plan, "
        "take the plan, pick plan, pick our"
    ),
    zero=(
        "no refund, zero, no money, without refund, nothing back, 0 solution, free of refund, "
        "dont need a refund, dont want a refund, dont need refund, no need refund, refund not "
        "needed, no refund needed, need no refund, keep the goods, keep the item"
    ),
    formality=(
        "only means, just means, formality, just confirm, just a step, means nothing, doesn't "
        "change anything, will not change anything, nothing will change, means that you agree "
        "to wait, just to wait"
    ),
    reject=(
        "or reject, or refuse, or decline, as you like, or not, otherwise click, otherwise reject"
    ),
    outside=(
        "paypal, by wise, via wise, through wise, with wise, skrill, payoneer, western union, "
        "moneygram, whatsapp, wechat, telegram, viber, skype, zelle,"
        "venmo, revolut, bank account, bank transfer, bank details, iban, alipay, usdt, "
        "bitcoin, outside, privately, in private, off platform, offline, card number, cash app, "
        "instagram, line id"
    ),
    contact=(
        "add, contact, talk, write me, write us, write to me, message me, message us, tell, "
        "give me, give us, send me, send us, provide, your email, your account, email address, "
        "deal, solve, settle, chat, transfer, refund you, pay you, refund by, refund via, "
        "refund through, money back, reach me, reach us, call me, send you, send the, return"
    ),
    unable=(
        "can not, cannot, can't, unable, not able, not allowed, impossible, not possible, does "
        "not let, doesn't let, won't be able, blocked, frozen, only refund, not let, not "
        "permit, blocks, block, locked, locks, prevents, stops us, forbids, does not allow, "
        "only closed, not permitted, may not send, may not refund, no money, no refund"
    ),
    open=(
        "open, in progress, ongoing, active, running, exists, pending, there, opened, stays, "
        "remains, still open, there is, during a dispute, during dispute, during the dispute, "
        "in dispute"
    ),
    threat=(
        "blacklist, black list, police, lawyer, sue you, court, legal action, ban you, block "
        "you, block your account, you will be blocked, report your account, report you, be "
        "banned, expose you, we know your address, we know where you live, bad buyer, fake "
        "dispute, malicious buyer, you will regret, last warning, get banned, gets banned, be "
        "suspended, lose their account*, lose your account*, lose the account*, lost their "
        "account*, our lawyer, report your, complain about you, negative record, legal steps"
    ),
    harm=(
        "hurts our, hurt our, harms our, harm our, hurts us, harms us, bad for our, bad for us, "
        "affects our, affect our, lowers our, ruins our, damages our, damage our, cut my "
        "salary, lose my job, lose our job, fire me, be fired, get fired, we are punished, be "
        "punished, punish us, punishes us, be fined, get fined, penalty for us, close our shop, "
        "close our store, shop will be closed, store will be closed, store be closed, shop be "
        "closed, freeze our, frozen our"
    ),
    vendor=(
        "seller, sellers, another shop, other shops, another store, other stores, merchants, "
        "they, someone, anyone, scammer, scammers, fraudsters"
    ),
    asks=(
        "ask*, tell*, told, want*, force*, pressur*, urge*, demand*, request*, persuad*, push*, "
        "beg*, insist*, require*, offer*, wrote, write, writes, say, says, said"
    ),
    beware=(
        "never, report, ignore, refuse, not allowed, must not, may not, beware, careful, may, "
        "might, not us, dont agree, do not agree, dont believe, scam, protect yourself, often "
        "doesnt, scammer, fraud"
    ),
)
