"""Spanish and Portuguese words around giving a dispute up."""

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
    it="la, lo, esta, esa, cierrala, cierrela, retirela, eliminela, borrela, eso, esto",
    without="sin, no hay",
    no=(
        "no cancel*, no hace falta, no es necesario, no necesit*, no tien*, no deb*, no hay, no "
        "es obligatorio, nunca, jamas, sin, no la, no lo, no le, no se, no te, no cierr*, no "
        "retir*, no anul*, no elimin*, no hay que, evite, no quiero que, no pedimos que, no "
        "queremos que, de ninguna manera, bajo ningun concepto, en ningun caso, nadie, ninguno, "
        "no es preciso, no hace falta que"
    ),
    no_behind="nada",
    turns=(
        "y, pero, si, hasta, antes, porque, por favor, solo, luego, entonces, preocup*, dud*, "
        "olvid*, reembols*, dinero, envi*, importar*, molest*"
    ),
    when=(
        "si, cuando, una vez, despues, tras, en cuanto, tan pronto, hasta que, mientras, a "
        "menos, con la disputa, con el reclamo, con la reclamacion"
    ),
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
        "reembols*, devolv*, devuelv*, dinero, abon*, pagamos, pagaremos, transfer*, paypal, paga, pago, pagos, pagar*, "
        "pague*, pagado"
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
        "deja, bloquea, no nos permiten, no podre, no podremos, no permite, no hay dinero, no "
        "hay reembolso"
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
        "alguma, de forma alguma, em nenhum caso, ninguem, nao e necessario, nao e preciso, nao "
        "e obrigatorio, nao ha necessidade"
    ),
    no_behind="nada",
    turns=(
        "e, mas, se, ate, antes, porque, por favor, so, depois, entao, preocup*, hesit*, "
        "esquec*, reembols*, dinheiro, envi*, importar*, incomod*"
    ),
    when=(
        "se, quando, assim que, depois, apos, uma vez, ate que, enquanto, a menos, caso, com a "
        "disputa, com a reclamacao"
    ),
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
    refund="reembols*, devolv*, dinheiro, pagamos, pagaremos, transfer*, estorn*, paga, pago, pagar*, "
    "pague*, pagou, paguei, pagamento",
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
        "nos permite, bloqueia, sem dinheiro, nao ha dinheiro, nao ha reembolso"
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
