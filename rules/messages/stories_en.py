"""English words of what sellers tell around a dispute: conditions, appeals, threats, quotes."""

from rules.messages.vocabulary import Words

WORDS = Words(
    gone=(
        "back to normal, is normal again, becomes normal, no * dispute, no * disputes, no * "
        "case, no * claim, no * complaint, without * dispute, "
        "without * disputes, without * case, without * claim, don't see the dispute, don't see "
        "this dispute, don't see your dispute, don't see dispute, do not see the dispute, do not "
        "see this dispute, do not see dispute, see no dispute, see no open, to be out, is out, "
        "out of the way, no dispute, no open dispute, no active dispute, no more dispute, no "
        "dispute any more, no open case, no case, no claim, no open claim, no complaint, without "
        "a case, without case, without dispute, without a dispute, without the dispute, without "
        "open dispute*, without open case*, without an open dispute, without an open case, "
        "without disputes, without claim, without a claim, without complaint, free of dispute*, "
        "dispute free, closed dispute, cancelled dispute, closed case, is off, is away, is not "
        "active, is not there, is not in, isn't there, isn't active, not active any more, not "
        "active anymore, no more active, is no more, are no more, not any more, not anymore, not "
        "there any more, is no longer, are no longer, out of the order, out of the system, taken "
        "off, dispute off, dispute away, not exist, doesn't exist, stops existing"
    ),
    terms=(
        "only able to, only give, only send, only pay, only needs, it needs, need that, needs "
        "that, need the dispute, first dispute, dispute first, first the dispute, first close*, "
        "only condition, one condition, on condition, under the condition, condition is, only "
        "requirement, all we need, all i need, all it needs, only need, just need, only thing, "
        "only wait*, waits only, wait only, just wait*, waiting only, waits for, waiting for, on "
        "hold, only possible, possible only, only for, only buyers, only customers, only to "
        "buyers, only works, right after, directly after, starts with, depends on"
    ),
    follows=(
        "is released, released, to courier, to the courier, to post, release, release the, "
        "releases the, courier comes, driver comes, waiting for you, waits "
        "for you, goes out, go out, going out, goes on the way, leaves the warehouse, leaves our, "
        "ship, ships, shipped, shipping, reshipping, reshipment, shipment, dispatch*, sends, is "
        "sent, will be sent, send it, send the, send you, your new, be paid, is paid, pays, picks "
        "up, pick up, releases, unlocks, settle the amount, dollar for you, dollars for you, usd "
        "for you, the rest, packed, pack your"
    ),
    goon=(
        "goes on, goes further, go on with, goes on with, going on with, go further with, "
        "continue, continues, continuing, insist on, insist with, insisting on, keep the dispute, "
        "keep this dispute, keep the case, keep your dispute, keep fighting, push the dispute, "
        "push this dispute, push the case, push this case, let aliexpress judge, let aliexpress "
        "decide, pursue, proceed with, carry on with, escalate, keep going, leave the dispute, "
        "hold on to"
    ),
    loss=(
        "never see, never get, won't see, will not see, get nothing, gets nothing, receive "
        "nothing, nothing at all, you lose, you will lose, lose everything, lose all, lose your, "
        "lose the, loses the, buyer loses, no refund and no, neither money, not get any, not get "
        "a cent, not receive any, get no, no longer, not be able, can't protect, cannot protect, "
        "can not protect, cannot be reopened, can not be reopened, can't be reopened, cannot "
        "reopen, might not, have all evidence, have all the evidence, have evidence, have all "
        "proof, have proof, have all proofs, have the proof, believes our, wins always, end up "
        "with nothing"
    ),
    otherwise="otherwise, or else, else, instead",
    rethink=(
        "think again, think about it again, think it over, think over, think once more, think "
        "once again, think twice, reconsider, rethink, think better of it, change your mind, "
        "think about it once more, consider again, think about it before"
    ),
    instead=(
        "dispute is not good, dispute not good, dispute is no good, dispute is bad for, dispute "
        "is not the way, dispute is not a good way, dispute helps nobody, dispute does not help, "
        "better you and me, between you and me, make a deal, another way for two, another way "
        "between, isn't there another way, no other way between, is there no other way, than a "
        "case, than a dispute, than dispute, than the dispute, than this dispute, than disputes, "
        "than with a dispute, than a claim, than opening a dispute, than with the dispute, than a "
        "complaint, no better way, a better way, better ways, better way than"
    ),
    needless=(
        "dispute makes no sense, dispute make no sense, dispute has no sense, no need of dispute, "
        "no need of a dispute, no need of the dispute, no need for dispute, no need for a "
        "dispute, no need for the dispute, no need for this dispute, dispute is not needed, "
        "dispute not needed, dispute is not necessary, dispute is unnecessary, dispute is "
        "needless, dispute is useless, no reason for dispute, no reason for a dispute, no reason "
        "for the dispute, dispute is meaningless, dispute is pointless, dispute has no use, do "
        "not need a dispute, do not need the dispute, don't need the dispute, case is not needed, "
        "claim is not needed, don't use the dispute, do not use the dispute"
    ),
    when=(
        "with the cancellation, with the withdrawal, with the closing, with the closure, with "
        "cancellation, with withdrawal"
    ),
    reopen=(
        "apply a second, apply again, second time, dispute later, dispute again, dispute it "
        "again, dispute it later, open again, open it again, opened again, reopen, reopened, "
        "open another, open a new, "
        "open new, make it again, make a new, open one later, open it later, start a new, start "
        "another, submit a new, submit another, file a new, file again, raise it again, create a "
        "new"
    ),
    soothe=(
        "no risk, without risk, don't worry, do not worry, no worry, no worries, don't be afraid, "
        "do not be afraid, don't afraid, do not afraid, no fear, without fear, nothing to lose, "
        "lose nothing, be calm, relax, be assured, rest assured, no problem, no limit, safe for "
        "you, nothing to fear, nothing can happen, nothing will happen"
    ),
    reporter=(
        "colleague, colleagues, assistant, coworker, co-worker, worker, staff, employee, agent, "
        "somebody, someone, person, people, message, messages, mail, email, letter, accounts, "
        "they, swindlers, cheaters, scammers, request, sales girl, service girl, partner, shop, "
        "shops, store, stores, seller, sellers"
    ),
    disowned=(
        "not from us, not from our, not come from us, not written by us, not sent by us, not our "
        "message, not our words, was not us, is not us, wasn't us, isn't us, it's not us, uses "
        "our name, use our name, using our name, used our name, with our name, under our name, in "
        "our name, pretend* to be us, pretend* to be our, pretend* to be from, don't believe, do "
        "not believe, never believe, don't trust, do not trust, was wrong, is wrong, were wrong, "
        "by mistake, by error, in error, was mistaken, is mistaken, a mistake, was an error, "
        "ignore it, ignore that, ignore this, ignore the message, ignore the request, ignore him, "
        "ignore her, ignore his, ignore their, ignore them, disregard, forget that message, "
        "forget this message, forget the message, never do that, don't do that, do not do that, "
        "don't do it, do not do it, don't do so, do not do so, never do so, we never do, never "
        "ask, we never write, never write such, is a scam, a scam, scammer*, swindler*, "
        "fraudster*, was hacked, fake message*, not allowed to ask, had no right, should not have"
    ),
    may=(
        "you can, you may, you could, u can, we can, you are free, can then, may then, can close, "
        "can end, can finish"
    ),
    keep=(
        "leave the claim as it is, leave your claim as it is, leave the case as it is, leave "
        "the dispute open, leave dispute open, leave it open, keep the dispute open, keep "
        "dispute open, keep it open, keep your dispute open, leave your dispute open, let the "
        "dispute open, let it open, keep the case open, leave the case open, leave the dispute as "
        "it is, leave it as it is, keep the dispute, leave the dispute, keep it until, stay open, "
        "remain open, keep the claim open, leave the claim open, don't close, do not close, don't "
        "cancel, do not cancel, not close it, not cancel it"
    ),
    cancel=(
        "leave out the dispute, leave the dispute out, resolve the dispute from your, resolve the "
        "dispute on your, solve the dispute from your, solve the dispute on your, resolve it from "
        "your side, solve it from your side, discharge the dispute, take off the dispute, take "
        "off this dispute, take off your dispute, take off dispute"
    ),
    close=(
        "hold on with the, wait with the, step back from, step out of, walk away from, come "
        "out of, get out of, take off, clear "
        "the, clear this, clear your, clear it, clear dispute, clear case"
    ),
    split=(
        "took … back, taken … back, pull … back, pulled … back, put … away, put … aside, let "
        "… rest, lay … down, set … aside, take … off, get … off, "
        "have … lifted, get … lifted"
    ),
    done=(
        "taken back, dispute end, dispute ends, dispute finish, dispute stop, dispute close, "
        "dispute is over, "
        "dispute over, case end, case ends, claim end, taken off, get lifted, be lifted, is off "
        "your, is off the"
    ),
    dispute="open cases, cases on, your cases, disputs, mediation",
    want="appreciated, it would help, we count on you",
    receipt="as arrived, i got it, i have got it, got the goods, goods arrived",
    accept="say yes, agree with, agree to",
    zero="no compensation, without compensation, no amount, do not look at the amount, shows 0",
    formality=(
        "just format, only format, only a format, just for the system, only for the system, don't "
        "look at the amount, just a form, only on paper, only for show, amount is not important, "
        "amount does not matter, amount doesn't matter"
    ),
    threat=(
        "fraud buyer, fake buyer, cheater buyer, dishonest buyer, never see your money, never see "
        "any money, you cannot win, you can not win, you can't win, you have no chance, you will "
        "never win, buyer never win, and you will lose, account blocked, account banned, your "
        "account … blocked, your account … banned, your account … suspended, account can be "
        "closed, account may be closed, account will be closed, account could be closed, your "
        "account … closed, accounts … closed, closes accounts, close your account, close "
        "accounts, closes the account*, accounts of buyers, last chance to stop, lose your "
        "account, punish buyers, punishes buyers"
    ),
    harm=(
        "merciful, can not sleep, can't sleep, cannot sleep, not sleep, can not eat, can't eat, "
        "shop down, store down, business down, makes us cry, make us cry, makes me cry, make me "
        "cry, think about us, think of us, have mercy, hurting us, hurting our, harming us, hurts "
        "me, big pain, much pain, great pain, breaks our heart, break our heart, breaks my heart, "
        "black mark, black spot, is killing us, kills our, kill our, makes us suffer, we suffer, "
        "cost us our, costs us our, bad influence on, influence on our, big trouble for us, "
        "trouble for our, how much it hurts, so much pressure on us"
    ),
    confirm="sign",
    contact=(
        "mail to, mail our, reply to my, reply to our, answer to my, write at, gmail, write "
        "to us, write us at, mail "
        "us, mail to us, email us, e-mail us, send all to our"
    ),
    complete=(
        "finish the order, finish your order, finish order, completed, complete the, complete "
        "order, finished, finish the order, finish order, "
        "finish your order, finish normally, finish the old order, end the order, order finish, "
        "ended, to complete, order normally"
    ),
    outside="gmail, hotmail, qq.com, 163 com, 163.com",
    plight=(
        "cry, crying, cried, tears, angry at me, scold*, my family, my mother, my father, my "
        "child*, my kids, my baby, hospital, my boss, my leader, the leader, my manager, my "
        "salary, my job, good heart, kind heart, have a heart, have mercy, beg you, god "
        "bless, help me, help us, save us, save our, is blocked, are blocked, punish*, "
        "blocked by platform"
    ),
)
