"""French, Italian and Romanian words around giving a dispute up."""

from rules.messages.vocabulary import Words

FRENCH = Words(
    cancel="annul*, desist*, revoqu*",
    close=(
        "clotur*, clore, clos, ferm*, retir*, supprim*, enlev*, termin*, arret*, abandonn*, "
        "renonc*, mettre fin, mettez fin, lever, levez, laiss* tomber"
    ),
    split="mettre … fin, laisse* … tomber",
    done=(
        "annulee, annulation, cloture, cloturee, ferme, fermee, fermeture, retiree, supprimee, "
        "disparai*, disparu, disparaiss*, clos"
    ),
    dispute=(
        "litig*, reclamation*, dossier, plainte, demande de remboursement, votre demande, "
        "contestation, differend, dispute, la demande, cette demande"
    ),
    order="commande, commandes, achat, boutique, compte, colis, abonnement, livraison",
    it="le, la, l, ca, cela",
    without="pas d, pas de, sans",
    no=(
        "ne, n, pas besoin, inutile, pas necessaire, jamais, sans, pas la peine, pas "
        "obligatoire, evitez, pas oblige*, en aucun cas, surtout pas, sous aucun pretexte, "
        "personne"
    ),
    no_behind="n est pas necessaire, rien",
    turns=(
        "et, mais, si, jusqu, jusque, avant, parce, car, merci, s il vous plait, svp, "
        "seulement, puis, ensuite, inquiet*, hesit*, oubli*, rembours*, argent, envo*, que, "
        "derange*"
    ),
    when=(
        "si, quand, une fois, apres, des que, lorsque, des, jusqu, tant que, a moins, aussitot, "
        "avec un litige, avec le litige"
    ),
    arrived=(
        "avez recu, recu, recevez, aurez recu, recevrez, arrive, satisfait*, bon etat, "
        "fonctionne, entre vos mains, content*, bien recu"
    ),
    optional=(
        "si vous le souhaitez, si vous souhaitez, si vous voulez, comme vous voulez, a votre "
        "convenance, a tout moment, rien ne presse"
    ),
    want=(
        "merci, veuillez, s il vous plait, svp, devez, il faut, besoin, prions, demandons, "
        "pouvez, serait gentil, serait mieux, aimerions, pourriez, avez vous, priere de, seriez "
        "vous, d accord pour"
    ),
    refund="rembours*, argent, pay*, vers*, vire*, virement, paypal, paie*, paye*",
    resend=(
        "renvo*, remplac*, nouvel article, nouveau produit, nouveau colis, un autre, reexpedi*, "
        "renvoyer"
    ),
    gift="cadeau, coupon, reduction, bonus, bon d achat, compensation, remise",
    extend="prolong*, etend*, extension",
    change="chang*, modif*, selectionn*, choisiss*, mett*",
    reason="motif, raison, raisons personnelles",
    confirm="confirm*, indiqu*, marqu*",
    receipt="reception, recu, livraison, recue",
    whether="si, votre adresse, que vous",
    press="cliquez, cliquer, appuyez, appuyer, clique, touchez",
    accept="acceptez, accepter, accepte, d accord",
    zero=(
        "sans remboursement, zero, aucun remboursement, pas besoin de remboursement, sans etre "
        "rembourse"
    ),
    formality=(
        "signifie seulement, veut juste dire, formalite, ne change rien, juste pour, signifie juste"
    ),
    reject="ou refus*, ou rejet*, comme vous",
    outside="hors plateforme, en dehors, hors de la plateforme, compte bancaire, rib, en prive",
    contact=(
        "ecriv*, envoy*, contact*, ajout*, parl*, votre compte, votre adresse, mail, regl*, "
        "rembours*, donn*, communiqu*"
    ),
    unable=(
        "ne pouvons, impossible, ne peut, ne peux, pas possible, ne permet, ne nous permet, "
        "bloque, ne pourrons, ne pouvons pas, ne permet pas, pas d argent, pas de remboursement"
    ),
    open="ouvert, ouverte, en cours, actif, existe",
    threat=(
        "liste noire, police, signaler votre compte, signalerons, bloquer votre compte, compte "
        "sera bloque, avocat, votre compte sera, poursuites"
    ),
    harm=(
        "nuit a, nuisible, penalis*, sanctionn*, perdre mon emploi, perds mon emploi, risque "
        "mon emploi, perdre mon travail, mauvais pour notre, bloquer notre boutique, fermer "
        "notre boutique, une amende, licenci*"
    ),
    vendor="vendeur, vendeurs",
    asks="demand*, exig*, insist*, sollicit*, dit, incit*, forc*, propos*",
    beware="refus*, preven*, signalez, signaler, jamais, ignor*, n acceptez pas, mefi*",
)

ITALIAN = Words(
    cancel=(
        "annull*, cancell*, revoc*, disdic*, desist*, lasci perdere, lascia perdere, lasciar* "
        "perdere, lasciate perdere"
    ),
    close=(
        "chiud*, chiuse, ritir*, elimin*, rimuov*, togli*, termin*, abbandon*, rinunc*, lasci* "
        "cadere"
    ),
    done=(
        "annullat*, annullamento, chius*, chiusura, ritirat*, cancellat*, cancellazione, "
        "spari*, sparisc*, scompar*"
    ),
    dispute=(
        "controvers*, disput*, reclam*, contestazione, contestazioni, caso, richiesta di "
        "rimborso, la richiesta, sua richiesta, tua richiesta, vertenza"
    ),
    order="ordine, ordini, acquisto, negozio, account, conto, pacco, spedizione, abbonamento",
    it="la, lo, chiudila, chiuderla, ritirala, questa",
    without="senza, niente",
    no=(
        "non, non è necessario, non è obbligatorio, non serve, non occorre, mai, senza, "
        "inutile, nessun bisogno, evita, eviti, in nessun caso, per nessun motivo, nessuno, "
        "nessun, non e necessario, non e obbligatorio, non e il caso"
    ),
    no_behind="nulla, niente",
    turns=(
        "e, ma, se, finche, fino, prima, perche, per favore, solo, poi, allora, preoccup*, "
        "esit*, dimentic*, rimbors*, soldi, denaro, sped*, dispiac*"
    ),
    when=(
        "se, quando, una volta, dopo, appena, non appena, finche, mentre, a meno, con la "
        "controversia"
    ),
    arrived=(
        "ricevuto, riceve, ricevi, ricevera, arriva, arrivato, soddisfatt*, buone condizioni, "
        "funziona, nelle sue mani, nelle tue mani, content*"
    ),
    optional=(
        "se lo desidera, se desidera, se vuole, se vuoi, come preferisce, senza fretta, in "
        "qualsiasi momento, quando vuole"
    ),
    want=(
        "per favore, prego, deve, devi, bisogna, preghiamo, chiediamo, cortesemente, "
        "gentilmente, sarebbe meglio, potrebbe, vorremmo, chiederle, pregar*, sarebbe disposto, "
        "disposto"
    ),
    refund="rimbors*, restitu*, soldi, denaro, pagh*, bonific*, vers*, trasfer*, paypal",
    resend=(
        "rispedi*, rinvi*, sostitu*, nuovo prodotto, nuovo articolo, ne spediamo un altro, "
        "inviamo un altro, un nuovo, ricambio, pezzo mancante, pezzi mancanti, nuova spedizione"
    ),
    gift="regalo, buono, coupon, sconto, bonus, omaggio, compenso",
    extend="estend*, prolung*, prorog*",
    change="cambi*, modific*, selezion*, metta, scelga",
    reason="motivo, ragione, motivi personali",
    confirm="conferm*, segni, segna, contrassegn*, indich*",
    receipt="ricezione, ricevut*, ricevimento, consegna",
    whether="se, indirizzo, quando",
    press="clicchi, clicca, cliccare, prema, premi, premere, tocchi",
    accept="accetti, accetta, accettare, accettate",
    zero="senza rimborso, zero, nessun rimborso, non ho bisogno del rimborso, non serve rimborso",
    formality="significa solo, solo una formalita, formalita, non cambia nulla, non cambia niente",
    reject="o rifiut*, come preferisce",
    outside=(
        "fuori dalla piattaforma, fuori da aliexpress, conto bancario, in privato, privatamente"
    ),
    contact=(
        "scriv*, invi*, contatt*, aggiung*, parl*, il suo conto, email, risolv*, rimbors*, mandi"
    ),
    unable=(
        "non possiamo, impossibile, non posso, non e possibile, non si puo, non ci permette, "
        "blocca, non ci consente, non potremo, non permette, non consente, niente soldi, niente "
        "rimborso"
    ),
    open="aperta, aperto, in corso, attiva, esiste, c e",
    threat=(
        "lista nera, polizia, segnalere*, bloccare il suo account, account sara bloccato, "
        "avvocato, segnaleremo il suo, azioni legali"
    ),
    harm=(
        "dannegg*, penalizz*, una multa, perdo il lavoro, perdere il lavoro, licenzi*, nostra "
        "reputazione, negozio rischia, chiudere il negozio, bloccare il negozio, chiuderanno il "
        "nostro"
    ),
    vendor="venditore, venditori",
    asks="chied*, richied*, dice, esig*, insist*, propon*, offr*",
    beware="segnali, segnala, segnalarlo, rifiut*, mai, ignor*, non accett*, avvis*",
)

ROMANIAN = Words(
    cancel="anul*, retrag*, renunt*",
    close="inchid*, sterg*, elimin*",
    done="anulat*, inchis*, retras*, dispar*, anularea",
    dispute="disput*, litigi*, reclamati*, plang*, sesizar*, cererea de ramburs*",
    order="comand*, cont, magazin, colet*",
    it="o, il",
    without="fara",
    no="nu, niciodata, fara, nimeni",
    turns="si, dar, daca, inainte, va rog, apoi, facet* griji",
    when="daca, cand, dupa, odata ce",
    arrived="primit, primiti, ajunge, multumit*",
    optional="daca doriti, daca vreti",
    want="va rog, trebuie, rugam",
    refund="ramburs*, bani*, plat*, returna*",
    resend="retrimit*, inlocui*, trimitem din nou",
    gift="cadou, cupon, reducere",
    extend="prelungi*",
    change="schimb*, modific*",
    reason="motiv*",
    confirm="confirma*",
    receipt="primire*, livrare*, primit",
    unable="nu putem",
    open="deschis*",
    vendor="vânzător*",
    asks="cere*, solicit*",
    beware="refuz*, raport*, niciodata",
)
