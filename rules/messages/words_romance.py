"""Spanish, Portuguese, French, Italian and Romanian words around giving a dispute up."""

from rules.messages.vocabulary import Words

SPANISH = Words(
    cancel="cancel*, anul*, desist*, revoc*",
    close=(
        "cierr*, cerrar*, cerrase, cerraras, cerremos, retir*, elimin*, borr*, quit*, finaliz*, "
        "termin*, renunci*, abandon*, dej* sin efecto, suprim*, levant*, dar por terminad*, "
        "cerrando, dar por terminada"
    ),
    split=(
        "dar … por cerrad*, dar … de baja, deje … sin efecto, dejar … sin efecto, den … por "
        "cerrad*, echar … atras, eche … atras"
    ),
    done=(
        "cancelad*, cancelacion, anulad*, anulacion, cerrad*, retirad*, eliminad*, cierre de "
        "la, desaparec*, desaparezc*"
    ),
    dispute=(
        "disput*, reclamo, reclamos, reclamacion*, caso, queja, controversia, litigio, "
        "solicitud de reembolso, su solicitud, la solicitud, tu solicitud"
    ),
    order="pedido, pedidos, orden, compra, tienda, cuenta, paquete, envio, suscripcion",
    it="la, lo, esta, esa, cierrala, cierrela, retirela, eliminela, borrela",
    without="sin, no hay",
    no=(
        "no cancel*, no hace falta, no es necesario, no necesit*, no tien*, no deb*, no hay, no "
        "es obligatorio, nunca, jamas, sin, no la, no lo, no le, no se, no te, no cierr*, no "
        "retir*, no anul*, no elimin*, no hay que, evite, no quiero que, no pedimos que, no "
        "queremos que, de ninguna manera, bajo ningun concepto, en ningun caso, nadie, ninguno"
    ),
    no_behind="nada",
    turns=(
        "y, pero, si, hasta, antes, porque, por favor, solo, luego, entonces, preocup*, dud*, "
        "olvid*, reembols*, dinero, envi*"
    ),
    when="si, cuando, una vez, despues, tras, en cuanto, tan pronto, hasta que, mientras, a menos",
    arrived=(
        "haya recibido, ha recibido, recibido, reciba, recibas, llegue, tenga, satisfech*, buen "
        "estado, funcion*, en sus manos, este conforme, content*"
    ),
    optional=(
        "si lo desea, si desea, si quiere, si quieres, como prefiera, usted decide, sin prisa, "
        "cuando quiera, en cualquier momento"
    ),
    want=(
        "por favor, necesit*, debe, tiene que, queremos, rogamos, pedimos, hace falta que, "
        "ruego, han cerrado, ha cerrado, gustaria, seria mejor, encarecidamente, favor de, "
        "ayudenos, ayudeme"
    ),
    refund=(
        "reembols*, devolv*, devuelv*, dinero, abon*, pagamos, pagaremos, transfer*, paypal, pag*"
    ),
    resend=(
        "reenvi*, enviaremos otro, enviamos otro, nuevo producto, reemplazo, enviar de nuevo, "
        "envio otro, volvemos a enviar, uno nuevo, enviamos uno"
    ),
    gift="regalo, cupon, descuento, bono, obsequio, compensacion",
    extend="extend*, ampli*, prolong*, prorrog*",
    change="cambi*, modifi*, pong*, seleccion*, elij*",
    reason="motivo, razon, razones personales, motivos personales",
    confirm="confirm*, marqu*, marca el, marcar",
    receipt="recepcion, recib*, entrega, recibido",
    whether="si, su direccion, direccion, cuando",
    press="pulse, pulsa, haga clic, haz clic, presione, presiona, toque, clic en",
    accept="acepte, acepta, aceptar, aceptes, de acuerdo",
    zero=(
        "sin reembolso, cero, ningun reembolso, no necesito reembolso, no necesita reembolso, "
        "no necesito el reembolso"
    ),
    formality="solo significa, solo es, formalidad, mero tramite, no cambia nada, es solo",
    reject="o rechac*, o rechazar, como prefiera",
    outside="fuera de la plataforma, fuera de aliexpress, por fuera, cuenta bancaria, en privado",
    contact=(
        "escrib*, envie, envie*, contact*, agreg*, anad*, hablemos, su cuenta, su correo, "
        "correo, resolv*, arregl*, dem*, dig*, reembols*, devolv*"
    ),
    unable=(
        "no podemos, no se puede, no puedo, imposible, no es posible, no nos permite, no nos "
        "deja, bloquea, no nos permiten, no podre, no podremos"
    ),
    open="abierta, abierto, en curso, activa",
    threat=(
        "lista negra, policia, denunciar*, bloquear su cuenta, su cuenta sera bloqueada, "
        "abogado, reportar* su cuenta, denunciar* su cuenta, acciones legales"
    ),
    harm=(
        "perjudica*, afecta a nuestr*, dañ* nuestr*, nos multan, nos multaran, nos sancion*, me "
        "despid*, me van a despedir, perder mi trabajo, cerrar* nuestra tienda, bloque* nuestra "
        "tienda, nuestra reputacion"
    ),
    vendor="vendedor, vendedores",
    asks="pid*, solicit*, exig*, dice, diga, presion*, insist*, ofrec*",
    beware="nunca, avis*, denuncie, denuncielo, informe, rechac*, no acept*, no lo haga, ignor*",
)

PORTUGUESE = Words(
    cancel="cancel*, anul*, desist*, revog*",
    close=(
        "encerr*, fech*, retir*, remov*, exclu*, apag*, delet*, elimin*, finaliz*, termin*, "
        "abandon*, abrir mao, abra mao, tir*"
    ),
    split="dar … por encerrad*, dar … baixa",
    done=(
        "cancelad*, cancelamento, encerrad*, encerramento, fechad*, retirad*, anulad*, "
        "removid*, desaparec*, sumir, sumiu, suma"
    ),
    dispute=(
        "disput*, reclamacao, reclamacoes, caso, queixa, contestacao, solicitacao de reembolso, "
        "sua solicitacao, pedido de reembolso, litigio, a solicitacao, solicitacao"
    ),
    order="pedido, pedidos, compra, encomenda, loja, conta, pacote, assinatura, envio",
    it="a, o, la, lo, ela, ele, encerre-a, feche-a, isso",
    without="sem, nao ha",
    no=(
        "nao, nunca, sem, nem, jamais, desnecessario, evite, de jeito nenhum, em hipotese "
        "alguma, de forma alguma, em nenhum caso, ninguem"
    ),
    no_behind="nada",
    turns=(
        "e, mas, se, ate, antes, porque, por favor, so, depois, entao, preocup*, hesit*, "
        "esquec*, reembols*, dinheiro, envi*"
    ),
    when="se, quando, assim que, depois, apos, uma vez, ate que, enquanto, a menos, caso",
    arrived=(
        "recebeu, receber, recebido, tiver recebido, chegar, tiver, satisfeit*, bom estado, "
        "funcion*, em maos, estiver"
    ),
    optional=(
        "se desejar, se quiser, como preferir, voce decide, sem pressa, a qualquer momento, "
        "quando quiser"
    ),
    want=(
        "por favor, precis*, deve, tem que, queremos, pedimos, gentileza, favor, gostaria, "
        "seria melhor, poderia, ajude, aceitaria"
    ),
    refund="reembols*, devolv*, dinheiro, pagamos, pagaremos, transfer*, estorn*, pag*",
    resend=(
        "reenvi*, enviaremos outro, enviamos outro, novo produto, substituicao, enviar outro, "
        "mandamos outro, enviar novamente, um novo"
    ),
    gift="presente, cupom, desconto, bonus, brinde, compensacao",
    extend="estend*, prorrog*, prolong*",
    change="mud*, alter*, modifi*, troc*, selecion*, coloqu*",
    reason="motivo, razao, razoes pessoais",
    confirm="confirm*, marqu*, marcar",
    receipt="recebimento, receb*, entrega",
    whether="se, seu endereco, quando",
    press="clique, aperte, pressione, toque, clicar",
    accept="aceite, aceita, aceitar, concorde",
    zero=(
        "sem reembolso, zero, nenhum reembolso, nao preciso de reembolso, nao precisa de reembolso"
    ),
    formality="so significa, apenas significa, formalidade, nao muda nada",
    reject="ou recus*, ou rejeit*, como preferir",
    outside="fora da plataforma, fora do aliexpress, por fora, conta bancaria, pix, em particular",
    contact=(
        "escrev*, envie, mande, contat*, adicion*, fal*, sua conta, seu email, e-mail, resolv*, "
        "reembols*, devolv*, passe, informe"
    ),
    unable=(
        "nao podemos, nao e possivel, nao posso, impossivel, nao conseguimos, nao permite, nao "
        "nos permite, bloqueia"
    ),
    open="aberta, aberto, em andamento, ativa",
    threat=(
        "lista negra, policia, denunciar*, bloquear sua conta, sua conta sera bloqueada, "
        "advogado, denunciar* sua conta, acoes legais"
    ),
    harm=(
        "prejudic*, punid*, multad*, perder meu emprego, me demit*, vao me demitir, fechar* "
        "nossa loja, bloque* nossa loja, nossa reputacao"
    ),
    vendor="vendedor, vendedores, lojista",
    asks="pedir, pede, pedem, peca, solicit*, exig*, insist*, diz, disser, oferec*",
    beware="avise, avisar, denuncie, informe, nunca, recus*, ignor*, nao aceit*",
)

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
        "seulement, puis, ensuite, inquiet*, hesit*, oubli*, rembours*, argent, envo*, que"
    ),
    when="si, quand, une fois, apres, des que, lorsque, des, jusqu, tant que, a moins, aussitot",
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
        "bloque, ne pourrons, ne pouvons pas"
    ),
    open="ouvert, ouverte, en cours, actif",
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
        "nessun"
    ),
    no_behind="nulla, niente",
    turns=(
        "e, ma, se, finche, fino, prima, perche, per favore, solo, poi, allora, preoccup*, "
        "esit*, dimentic*, rimbors*, soldi, denaro, sped*"
    ),
    when="se, quando, una volta, dopo, appena, non appena, finche, mentre, a meno",
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
        "blocca, non ci consente, non potremo"
    ),
    open="aperta, aperto, in corso, attiva",
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
