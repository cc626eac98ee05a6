"""What sellers tell around a dispute in Spanish and Portuguese."""

from rules.messages.vocabulary import Words

SPANISH = Words(
    gone=(
        "no vea la disputa, no vea el reclamo, no veamos la disputa, ya no vea, ya no veo, ya no "
        "veamos, no haya disput*, no haya ninguna disput*, no haya reclam*, no hay disput*, no "
        "exista disput*, no exista ninguna, sin disput*, sin reclam*, sin casos abiertos, sin "
        "caso, ya no este, ya no exista, ya no haya, ya no aparezca, deje de existir, no figure, "
        "fuera del pedido"
    ),
    terms=(
        "necesito que, necesitamos que, hace falta que, unica condicion, la condicion, condicion "
        "es, con la condicion, con una condicion, solo falta, solo necesitamos, solo esper*, lo "
        "unico, solo para, unicamente, basta con, basta que, solo hace falta, depende de, por "
        "cerrar, por cancelar, por retirar, a cambio de"
    ),
    follows="sale, saldra, enviamos, envia*, le mandamos, le mandaremos, mand*, recibira, piezas",
    goon="sig* con, sigue, seguir con, continu*, insist*, manten* la disput*, dej* la disput*",
    loss=(
        "no recibira nada, no recibira ni, ni el dinero ni, sin nada, no obtendra, perder*, no "
        "podra, no podre, ya no podre, ya no puedo, ya no podemos, todas las pruebas, tenemos "
        "pruebas, no va a recibir, no va a poder, es posible que no pueda, quiza no pueda, nada "
        "recibira"
    ),
    otherwise="de lo contrario, si no",
    rethink=(
        "piens* otra vez, pienselo, piensalo, piens* de nuevo, piens* bien, reconsider*, "
        "recapacit*, reflexion*, vuelv* a pensar, piens* una vez mas"
    ),
    instead="que una disputa, que con una disputa, que un reclamo, que una reclamacion, que abrir",
    needless=(
        "disputa no es necesaria, disputa no hace falta, disputa no tiene sentido, no hace falta "
        "la disputa, no hace falta una disputa, no necesita la disputa, disputa es innecesaria, "
        "reclamo no tiene sentido, no hay necesidad de disputa, disputa no sirve"
    ),
    reopen=(
        "abrir otra, abrirla otra vez, abrirla de nuevo, abrir de nuevo, abrir una nueva, volver "
        "a abrir*, vuelv* a abrir*, reabrir*, abre otra, abrir nuevamente, abrirla nuevamente"
    ),
    soothe=(
        "no se preocupe, no te preocupes, sin riesgo, sin miedo, tranquil*, ningun riesgo, no "
        "pierde nada, no hay riesgo, no pasa nada"
    ),
    reporter=(
        "colega, companer*, asistente, emplead*, alguien, persona, mensaje*, correo, vendedor*, "
        "tienda, solicitud, nos, estafador*"
    ),
    disowned=(
        "no era nuestro, no es nuestro, no era de nosotros, no es de nosotros, no somos nosotros, "
        "no fuimos nosotros, no viene de nosotros, no vino de nosotros, usa nuestro nombre, usan "
        "nuestro nombre, en nuestro nombre, se hace pasar por, se hacen pasar por, no lo crea, no "
        "le crea, no les crea, no crea, no lo haga, estafador*, una estafa, no haga caso, no le "
        "haga caso, por error, fue un error, se equivoc*, estaba equivocad*, ignor*, es una estafa"
    ),
    may="puede, puedes, podra, podras, podria",
    keep=(
        "deje* la disput* abierta, dejela abierta, mantenga la disput*, manten* abierta, "
        "mantengala abierta, dejar abierta, no cierr*, no cancel*, deje abierta"
    ),
    complete="completad*, finalizad* el pedido, finalice el pedido, termine el pedido, complete el",
    threat=(
        "su cuenta … cerrada, su cuenta … bloqueada, su cuenta … suspendida, nunca vera su "
        "dinero, no puede ganar"
    ),
    asks="pedir*",
    no=(
        "no sig*, no continu*, no insist*, no manten*, no quit*, no borr*, no puls*, no presion*, "
        "no toqu*, no hag*, no acept*, no confirm*, no marqu*"
    ),
    done="se cierra, se cierre, se cancele, se cancela, se retire, se anule",
    close="quite, quitela, retirela",
    refund="rembols*",
    when=(
        "a condicion de que, siempre que, siempre y cuando, con la cancelacion, con el cierre, "
        "con la anulacion, el dia en que, el mismo dia en que, apenas, luego de, si cierra, por "
        "cerrar, por cancelar"
    ),
)

PORTUGUESE = Words(
    gone=(
        "nao vir a disputa, nao vir mais, nao vejo mais, nao vermos mais, nao houver disput*, nao "
        "houver reclam*, nao tiver disput*, nao haja disput*, sem disput*, sem reclam*, sem "
        "caso*, ja nao estiver, nao estiver mais, nao existir mais, nao tiver mais, nao houver "
        "mais, sair do pedido, nao aparecer mais"
    ),
    terms=(
        "preciso que, precisamos que, unica condicao, a condicao, condicao e, com a condicao, com "
        "uma condicao, so falta, so precisamos, so esper*, so estamos esperando, a unica coisa, "
        "so para, somente para, basta, depende de, por fechar, por cancelar, por retirar, em "
        "troca de, pelo cancelamento"
    ),
    follows="sai, saira, enviamos, envia*, mand*, recebe*, libera*, peca que falta",
    goon="continu*, seguir com, segue com, insist*, manter a disput*, mantiver, prossegu*",
    loss=(
        "nao vai receber, nao recebe*, sem nada, nem o dinheiro nem, vai perder, perdera, voce "
        "perde, nao podera, nao poderei, nao poderemos, nao posso mais, nao consigo mais, nao vai "
        "conseguir, todas as provas, temos provas, talvez nao, ficar* sem"
    ),
    otherwise="senao, caso contrario",
    rethink=(
        "pens* de novo, pens* bem, pens* melhor, pens* mais uma vez, pens* outra vez, "
        "reconsider*, repens*, reflita"
    ),
    instead="que uma disputa, do que uma disputa, que com disputa, do que disputa, do que abrir",
    needless=(
        "disputa nao e necessaria, disputa nao faz sentido, nao precisa de disputa, nao precisa "
        "da disputa, nao ha necessidade de disputa, disputa e desnecessaria, disputa nao adianta"
    ),
    reopen=(
        "abrir outra, abre outra, abrir de novo, abre de novo, abrir uma nova, abrir nova, "
        "reabr*, abri-la novamente, abrir novamente, abrir ela de novo"
    ),
    soothe=(
        "sem medo, nao se preocup*, sem risco, fique tranquil*, pode ficar tranquil*, nenhum "
        "risco, nao perde nada, nao tem problema, pode confiar"
    ),
    reporter=(
        "colega, assistente, funcionari*, alguem, pessoa, mensagem, mensagens, email, e-mail, "
        "vendedor*, loja, golpista*"
    ),
    disowned=(
        "nao era nossa, nao e nossa, nao foi nossa, nao era nosso, nao somos nos, nao fomos nos, "
        "nao veio de nos, usa nosso nome, usam nosso nome, usando nosso nome, em nosso nome, se "
        "passa por, se passando por, nao acredite, por engano, por erro, foi um erro, errou, "
        "enganou-se, se enganou, estava errad*, ignor*, desconsider*, golpe, golpista*, nao faca "
        "isso"
    ),
    may="pode, podera, poderia",
    keep=(
        "deixe a disput* aberta, deixe aberta, mantenha a disput*, mantenha aberta, deixe-a "
        "aberta, nao fech*, nao cancel*, nao encerr*"
    ),
    complete="concluid*, conclua o pedido, finalize o pedido, concluir o pedido",
    when=(
        "desde que, contanto que, com a condicao de, com o cancelamento, com o encerramento, com "
        "a retirada"
    ),
    done="se fecha, se feche, se cancela",
    threat=(
        "sua conta … bloqueada, sua conta … encerrada, sua conta … suspensa, nunca vera seu "
        "dinero, nao pode ganhar"
    ),
    unable="nao deixa, nao nos deixa, nao me deixa",
)
