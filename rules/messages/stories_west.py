"""What sellers tell around a dispute in French, Italian, German and Dutch."""

from rules.messages.vocabulary import Words

FRENCH = Words(
    gone=(
        "n est plus affiche, n est plus visible, n est plus dans, ne vois plus, ne voyons plus, "
        "ne voit plus, n y ait plus, n y a plus, n y aura plus, plus de litige, sans litige, sans "
        "reclamation*, aucun litige, n existe plus, n est plus la, n est plus ouvert, n apparait "
        "plus, pas de litige, sans dossier"
    ),
    terms=(
        "il faut que, besoin que, seule condition, la condition, condition est, a condition, il "
        "suffit, suffit que, il manque seulement, on attend seulement, on attend juste, n attend "
        "que, nous attendons que, uniquement, seulement pour, depend de, en echange, pour la "
        "fermeture, pour l annulation, la seule chose"
    ),
    follows="part, partira, envoy*, expedi*, recevrez, remet*, donn*, offr*, rend*, rendons",
    goon=(
        "continuer comme, continu*, poursuiv*, insist*, laiss* le litige, laiss* ce litige, "
        "gard* le litige, "
        "mainten* le litige, mainten* votre"
    ),
    loss=(
        "apportera rien, toujours raison au vendeur, ni l argent ni, ni argent ni, n aurez "
        "rien, n aurez ni, ne recevrez rien, aurez rien, "
        "vous perdrez, vous perdez, allez perdre, toutes les preuves, avons des preuves, les "
        "preuves, ne pourrai plus, ne pourrons plus, ne pourrez plus, ne pourrez pas, ne peux "
        "plus, ne pouvez plus, ne serez peut, ne pouvons plus, plus possible"
    ),
    otherwise="sinon, autrement",
    rethink=(
        "reflechiss* encore, reflechiss* bien, reflechiss* a nouveau, repens*, reconsider*, pens* "
        "encore, pensez-y, reflechissez-y, reflechir encore, changer d avis"
    ),
    instead="qu un litige, qu une reclamation, que le litige, qu avec un litige, que d ouvrir",
    needless=(
        "litige n est pas necessaire, litige n est plus necessaire, litige ne sert a rien, litige "
        "n a pas de sens, litige n a aucun sens, litige est inutile, pas besoin de litige, pas "
        "besoin d un litige, pas besoin du litige, plus besoin de litige"
    ),
    reopen=(
        "rouvrir, reouvrir, ouvrir un autre, en ouvrir un, en ouvrir une, ouvrir un nouveau, "
        "ouvrir a nouveau, rouvrez, en rouvrir, ouvrir de nouveau"
    ),
    soothe=(
        "sans risque, sans crainte, sans peur, ne vous inquietez pas, aucun risque, soyez "
        "tranquille, pas de souci, rassurez-vous, ne perdez rien, n ayez pas peur"
    ),
    reporter=(
        "collegue, collegues, assistant*, employe*, quelqu un, personne, message, messages, mail, "
        "vendeur*, boutique, escroc*"
    ),
    disowned=(
        "ne venait pas de nous, ne vient pas de nous, n etait pas de nous, n est pas de nous, ce "
        "n est pas nous, ce n etait pas nous, pas de notre part, utilise notre nom, utilisent "
        "notre nom, a notre nom, se fait passer, se font passer, n y croyez pas, ne croyez pas, "
        "ne le croyez pas, ne repondez pas, par erreur, etait une erreur, est une erreur, s est "
        "trompe*, avait tort, ignor*, ne tenez pas compte, est une arnaque, arnaque*, escroc*, ne "
        "le faites pas"
    ),
    may="pouvez, pourrez, pourriez, libre de",
    keep=(
        "laissez le litige ouvert, laissez-le ouvert, gardez le litige, gardez-le ouvert, laisser "
        "ouvert, laissez ouvert, ne fermez pas, n annulez pas, ne cloturez pas"
    ),
    complete="terminee, terminez la commande, finalis* la commande, cloturez la commande",
    done="leve, levee, retire, supprime, termine, annule, arrete, cloturer",
    when="a condition que, a condition, avec la fermeture, avec l annulation, avec le retrait",
    refund="rend, rendons, rendrons, rendrai",
    threat=(
        "votre compte … ferme, votre compte … bloque, votre compte … suspendu, ne pouvez pas gagner"
    ),
    harm="nous fait du mal, beaucoup de mal, nous fait mal, fait du tort, nous cause du tort",
    change="mettez plutôt, mettre plutôt, indiquez plutôt",
    reason="problème, motif",
)

ITALIAN = Words(
    gone=(
        "non compare piu, non si vede piu, non vedo piu, non vediamo piu, non vedro piu, non c e "
        "piu, non ci sia piu, non ci sara piu, senza disput*, senza controvers*, senza reclam*, "
        "nessuna disputa, nessuna controversia, non esiste piu, non risulta piu, non sara piu, "
        "non e piu aperta"
    ),
    terms=(
        "ho bisogno che, serve che, unica condizione, la condizione, condizione e, a condizione, "
        "basta che, basta, aspettiamo solo, manca solo, ci serve solo, l unica cosa, solo per, "
        "solamente per, dipende da, in cambio, per la chiusura"
    ),
    follows="parte, partira, sped*, mand*, invi*, ricevera, consegn*, le diamo",
    goon="continu*, insist*, proseg*, va avanti, andare avanti con, lasci* aperta",
    loss=(
        "non ricevera nulla, non ricevera niente, ne i soldi ne, ne soldi ne, non ricevera ne, "
        "non avra ne, perdera, perdera tutto, lei perde, non avra nulla, non avra niente, tutte "
        "le prove, abbiamo le prove, non potro, non posso piu, non potra, non possiamo piu, non "
        "potremo piu, potrebbe non"
    ),
    otherwise="altrimenti, se no",
    rethink=(
        "ci ripensi, ripens*, ci pensi ancora, ci pensi bene, pensi di nuovo, riconsider*, rifletta"
    ),
    instead="che una disputa, di una disputa, che una controversia, di una controversia",
    needless=(
        "disputa non serve, controversia non serve, disputa non ha senso, controversia non ha "
        "senso, disputa e inutile, controversia e inutile, non serve la disputa, non c e bisogno "
        "della disputa"
    ),
    reopen=(
        "riapr*, aprirne un*, aprire di nuovo, aprire un altra, aprirla di nuovo, aprire una nuova"
    ),
    soothe=(
        "senza rischi*, non si preoccupi, stia tranquill*, nessun rischio, senza paura, non perde "
        "nulla"
    ),
    reporter=(
        "collega, assistente, impiegat*, qualcuno, persona, messaggio, messaggi, mail, venditor*, "
        "negozio"
    ),
    disowned=(
        "non e nostro, non era nostro, non siamo noi, non siamo stati noi, non viene da noi, non "
        "veniva da noi, non e venuto da noi, usa il nostro nome, usano il nostro nome, a nostro "
        "nome, si spaccia per, si spacciano per, non ci creda, non creda, per errore, per "
        "sbaglio, era un errore, si e sbagliat*, ha sbagliato, ignor*, non risponda, e una "
        "truffa, truffa, truffatori, non lo faccia"
    ),
    may="puo, puoi, potra, potrai",
    keep=(
        "lasci aperta, lasci la disputa aperta, lasci la controversia aperta, la lasci aperta, "
        "tenga aperta, tenga la disputa, tenga la controversia, non chiud*, non annull*"
    ),
    complete="completat*, completi l ordine, concluso l ordine",
    threat="suo account … chiuso, suo account … bloccato, suo account … sospeso, non puo vincere",
    refund="rend*, ridiamo",
    when="a condizione che, a patto che, con la chiusura, con l annullamento",
    done="si chiude, si chiuda, si annulla",
)

GERMAN = Words(
    gone=(
        "kein fall mehr, keine reklamation mehr, kein antrag mehr, nicht mehr angezeigt, "
        "nicht mehr erscheint, nicht mehr sichtbar, nicht mehr im system, "
        "nicht mehr sehe, nicht mehr sehen, nicht mehr sieht, kein streit*, kein fall, kein "
        "disput, kein offener, keine offenen, keine reklamation mehr, ohne streit*, ohne fall, "
        "ohne offene*, ohne disput, ohne reklamation, ohne beschwerde, nicht mehr da, nicht mehr "
        "offen, nicht mehr aktiv, nicht mehr besteht, nicht mehr existiert, nicht mehr läuft, weg "
        "ist, weg sein, raus ist, vom tisch"
    ),
    terms=(
        "nur vorher, vorher nur, nur erst, muss erst weg, muss weg, einzige bedingung, "
        "bedingung ist, unter der bedingung, "
        "voraussetzung, wir warten nur, wartet nur, es fehlt nur, brauchen nur, nur für, nur "
        "möglich, hängt davon ab, als dank für, im gegenzug, für das schließen, für die "
        "schließung, das einzige"
    ),
    follows=(
        "schicken, schick*, send*, versand*, versend*, geht raus, raus, extra, bekommen, liefern, "
        "lieferung"
    ),
    goon=(
        "weiterführ*, weiterfuehr*, weitermach*, weitergeht, weiterläuft, weiter mach*, weiter "
        "auf, fortsetz*, fortführ*, besteh* auf, auf … besteh*, beharr*, aufrechterhalt*, fahren "
        "… fort, führen … weiter, lassen … laufen"
    ),
    loss=(
        "zahlt aliexpress nichts, bekommen sie nichts, gar nichts, bekommen nichts, bekommen "
        "sie nichts, weder geld, verlieren sie, sie "
        "verlieren, alle beweise, haben beweise, sämtliche beweise, nicht mehr erstatten, nicht "
        "mehr zurück*, nicht erneut, nicht wieder, möglicherweise nicht, kann ich nicht mehr, "
        "können wir nicht mehr, können sie nicht mehr, leer ausgehen, gehen leer aus, nicht mehr "
        "öffnen"
    ),
    otherwise="sonst, andernfalls, ansonsten",
    rethink=(
        "noch einmal darüber nach, noch einmal nach, noch mal darüber nach, nochmal darüber nach, "
        "überlegen sie es sich, überleg* … noch, überdenk*, denken sie noch, denken sie nochmal, "
        "überlegen sie noch, überlegen sie sich"
    ),
    instead=(
        "streit bringt niemandem, streitfall hilft niemandem, unter uns, als ein streit*, als "
        "einen streit*, als ein fall, als eine beschwerde, als mit einem"
    ),
    needless=(
        "streitfall ist nicht nötig, streit ist nicht nötig, streitfall ist unnötig, streit ist "
        "unnötig, brauchen keinen streit*, streitfall macht keinen sinn, streitfall hat keinen "
        "sinn, streit macht keinen sinn, streitfall bringt nichts, streit bringt nichts, kein "
        "grund für einen streit*"
    ),
    reopen=(
        "wieder öffn*, erneut öffn*, neu öffn*, wieder eröffn*, neuen eröffn*, neu eröffn*, neuen "
        "öffn*, wieder auf*, neuen streit*"
    ),
    soothe=(
        "ohne risiko, keine sorge, keine angst, kein risiko, verlieren nichts, nichts zu "
        "verlieren, machen sie sich keine, seien sie beruhigt, ganz sicher, unbesorgt"
    ),
    reporter=(
        "kolleg*, mitarbeiter*, assistent*, jemand, person, nachricht*, mail, email, e-mail, "
        "verkäufer*, shop, betrüger*, laden"
    ),
    disowned=(
        "nicht von uns, waren nicht wir, sind nicht wir, das waren wir nicht, das sind wir nicht, "
        "unseren namen, unserem namen, gibt sich als, geben sich als, glauben sie das nicht, "
        "nicht glauben, glauben sie ihm nicht, glauben sie nicht, nicht antworten, aus versehen, "
        "versehentlich, irrtümlich, war ein fehler, war falsch, hat sich geirrt, ignorier*, "
        "beachten sie das nicht, nicht beachten, ist betrug, betrüger*, tun sie das nicht, nicht "
        "machen"
    ),
    may="können sie, kannst du, können wir, dürfen sie",
    keep=(
        "offen lassen, offen lasse*, lassen sie … offen, lass … offen, halten sie … offen, "
        "offenhalten, bleibt offen, nicht schließen, nicht stornieren, nicht zurückziehen, "
        "schließen sie … nicht"
    ),
    complete="abgeschlossen, bestellung abschließ*, auftrag abschließ*",
    when=(
        "als dank für, zum dank für, sowie, unter der bedingung, vorausgesetzt, mit der "
        "schließung, mit der rücknahme, für "
        "die schließung, für das schließen"
    ),
    asks="gebeten, bat",
    threat=(
        "ihr konto wird, ihr konto … geschlossen, ihr konto … gesperrt, ihr konto … "
        "verlieren, können nicht "
        "gewinnen"
    ),
    harm="schmerzt uns, tut uns weh, schmerz* uns, uns sehr weh, uns sehr",
    done="rücknahme",
    split="machen … weg, mach … weg, nehmen … weg",
    outside="gmail, e-mail-adresse",
    contact="schreiben sie uns an",
)

DUTCH = Words(
    gone=(
        "klacht weg, weg zijn, weg is, niet meer zie, niet meer zien, geen geschil, geen "
        "klacht, geen open, zonder geschil, "
        "zonder klacht, zonder open, niet meer open, niet meer actief, niet meer bestaat, er niet "
        "meer, weg is, van de baan"
    ),
    terms=(
        "maar eerst moet, eerst moet, enige voorwaarde, voorwaarde is, op voorwaarde, we "
        "wachten alleen, wacht alleen, wachten "
        "alleen nog, hebben alleen, alleen voor, alleen mogelijk, hangt af, in ruil voor, het "
        "enige"
    ),
    follows="gaat op de post, gaat de deur, stuur*, sturen, verzend*, krijgt, versturen, lever*",
    goon="doorga*, ga door, gaat door, gaat … door, doorzet*, volhoud*, voortzet*, aanhoud*",
    loss=(
        "krijgt niets, krijgt u niets, helemaal niets, verliest u, u verliest, alle bewijzen, "
        "hebben bewijs, niet meer terugbetalen, niet meer, niet opnieuw, mogelijk niet"
    ),
    otherwise="anders",
    rethink=(
        "denk er nog, denkt u er nog, denk nog eens, nog eens over na, heroverweeg*, overweeg "
        "opnieuw"
    ),
    instead="dan een geschil, dan een klacht, dan met een geschil",
    needless=(
        "geschil is niet nodig, geschil heeft geen zin, geen geschil nodig, geschil is onnodig"
    ),
    reopen="weer openen, opnieuw openen, heropen*, nieuw geschil, nieuwe openen",
    soothe="zonder risico, geen zorgen, geen risico, wees gerust, verliest niets",
    reporter="collega*, medewerker, iemand, persoon, bericht*, mail, verkoper*, winkel, oplichter*",
    disowned=(
        "niet van ons, waren wij niet, zijn wij niet, onze naam, doet zich voor, doen zich voor, "
        "geloof het niet, geloof dat niet, niet geloven, per ongeluk, per vergissing, was een "
        "fout, was fout, vergiste zich, negeer*, niet antwoorden, niet reageren, is oplichting, "
        "oplichter*, doe het niet, doe dat niet"
    ),
    may="kunt u, kun je, mag u",
    keep=(
        "laat het … open, laat het geschil open, laat het open, houd het … open, niet sluiten, "
        "sluit … niet"
    ),
    complete="voltooid, bestelling afrond*, afgerond",
    asks="gevraagd, vroeg, verzocht",
    threat="uw account … gesloten, uw account … geblokkeerd",
    harm="doet ons pijn, doet ons veel pijn",
    when="op voorwaarde dat, mits",
)
