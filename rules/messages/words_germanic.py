"""German, Dutch and Scandinavian words around giving a dispute up."""

from rules.messages.vocabulary import Words

GERMAN = Words(
    cancel=(
        "stornier*, zurückzieh*, zurueckzieh*, widerruf*, abbrech*, brechen, annullier*, "
        "zurücknehm*, zurueckzunehm*, zurückzuzieh*, zurücknimmst, zurückgezogen, abzubrechen"
    ),
    close=(
        "schließ*, schliess*, beend*, zieh*, nehm*, nimm, lösch*, loesch*, entfern*, aufheb*, "
        "heben, einstell*, stell*, aufgeb*, mach* zu, zumach*, fallen lass*, fallenlass*, "
        "abschließ*, abzuschließen, brich, abbrich, cancel*, schlies*, fallen zu lassen, fallen "
        "lassen, streich*"
    ),
    split=(
        "mach … zu, machen … zu, macht … zu, ziehen … zurück, zieh … zurück, nehmen … zurück, "
        "nimm … zurück, brechen … ab, brich … ab, lassen … fallen, lass … fallen, geben … auf, "
        "heben … auf"
    ),
    done=(
        "storniert, stornierung, geschlossen*, abgebrochen, beendet, schließung, gelöscht, "
        "gecancelt, rücknahme, weg ist, verschwunden, verschwindet, vom tisch, aus der welt, "
        "stornierung*, zurückgezogen*, widerrufen, annulliert"
    ),
    dispute=(
        "streit*, dispute, disput, reklamation*, beschwerde*, fall, käuferschutzfall, "
        "konflikt*, erstattungsantrag*, erstattungsanfrage*, rückerstattungsantrag*, anfrage, "
        "antrag*, beanstandung*"
    ),
    order="bestellung*, auftrag*, kauf, shop, geschäft, laden, konto, paket, abo, deckel, sendung",
    it="ihn, es, den, diesen, das, die, diese, sie ihn",
    without="ohne, kein, keine",
    no=(
        "nicht, nie, niemals, kein*, ohne, unnötig, brauchen sie nicht, ohne zu, auf keinen "
        "fall, keinesfalls, unter keinen umständen, niemand, keiner, nichts"
    ),
    no_behind=(
        "nicht, nicht nötig, ist nicht nötig, nicht notwendig, nicht erforderlich, unnötig, "
        "niemals, auf keinen fall, keinesfalls, unter keinen umständen, keineswegs, nichts, "
        "bitte nichts, bitte nicht"
    ),
    turns=(
        "und, aber, wenn, falls, bis, bevor, weil, bitte, nur, dann, sorgen, zögern, vergess*, "
        "erstatt*, geld, send*, solange, sonst, sondern"
    ),
    when=(
        "wenn, falls, sobald, nachdem, nach, bevor, bis, solange, sofern, warum, erst wenn, bei "
        "laufendem, bei offenem, während"
    ),
    arrived=(
        "erhalten, bekommen, angekommen, ankommt, zufrieden, gutem zustand, funktioniert, in "
        "händen, da ist, eingetroffen, geprüft"
    ),
    optional=(
        "wenn sie möchten, wenn sie wollen, falls sie möchten, wenn du möchtest, wie sie "
        "möchten, keine eile, jederzeit, auf wunsch"
    ),
    want=(
        "bitte, müssen, sollen, möchten, wollen, bitten, unbedingt, sofort, brauchen, haben "
        "sie, hast du, wäre schön, wäre nett, wäre toll, wäre lieb, würden uns freuen, "
        "freundlich, wären dankbar, hilft uns, wären sie bereit, bereit, was dagegen, etwas "
        "dagegen"
    ),
    refund="erstatt*, überweis*, ueberweis*, geld, zurückzahl*, zahl*, rückzahl*, paypal",
    resend=(
        "ersatz*, neu send*, erneut, nochmal, nachsend*, nachliefer*, neues produkt, neue ware, "
        "neuen artikel"
    ),
    gift="geschenk*, gutschein*, rabatt*, bonus, entschädig*, kleinigkeit",
    extend="verläng*, verlaeng*",
    change="änder*, aender*, wähl*, wechsel*, ändern, umstell*, auswähl*",
    reason="grund, gründe, persönliche gründe, streitgrund",
    confirm="bestätig*, bestaetig*, markier*",
    receipt="erhalt, empfang, lieferung, wareneingang, erhalten",
    whether="ob, adresse, anschrift, wann",
    press="klick*, drück*, drueck*, tipp*, wählen",
    accept="akzeptieren, akzeptiere, annehmen, zustimmen, nehmen, stimmen, zustimmung, annahme",
    zero=(
        "ohne erstattung, keine erstattung, null, 0 euro, ohne rückerstattung, keine erstattung "
        "nötig, brauche keine erstattung, kein geld zurück"
    ),
    formality=(
        "bedeutet nur, heißt nur, formalität, ändert nichts, nur eine bestätigung, nur bestätigen"
    ),
    reject="oder ablehn*, wie sie möchten",
    outside="außerhalb, ausserhalb, bankkonto, bankverbindung, privat regeln, überweisung",
    contact=(
        "schreib*, schick*, kontakt*, hinzufüg*, nenn*, teil*, regel*, klär*, erstatt*, ihr "
        "konto, ihre e-mail, ihre email, mail, geben sie uns"
    ),
    unable=(
        "können wir nicht, dürfen wir nicht, nicht möglich, unmöglich, nicht erlaubt, kann ich "
        "nicht, können nicht, dürfen nicht, lässt nicht, blockiert, nicht erstatten, nicht "
        "auszahlen, nicht versenden, nicht verschicken, verhindert, keine erstattung möglich, "
        "kein geld, keine erstattung, keinen ersatz"
    ),
    open="offen, läuft, laufend*, besteht, geöffnet, aktiv",
    threat=(
        "schwarze liste, polizei, anwalt, melden wir ihr konto, konto wird gesperrt, anzeig*, "
        "gesperrt werden, sperren lassen, wir melden ihr, konto melden, rechtliche schritte"
    ),
    harm=(
        "schadet uns, schadet unser*, schlecht für unser*, verliere meine, verliere ich meine, "
        "meinen job, entlass*, kündig* mir, werden bestraft, strafe zahlen, unseren ruf, shop "
        "gesperrt, shop wird, laden wird, geschäft wird"
    ),
    vendor="verkäufer, händler",
    asks="bitte*, *forder*, verlang*, dräng*, will, sagt, anbiet*, bietet",
    beware="melden, meldung, ignorier*, ablehn*, lehnen, niemals, nie, nicht darauf",
)

DUTCH = Words(
    cancel="annuleer, annuleert, annuleren, intrek*, in te trekken, herroep*, terugtrek*",
    close=(
        "sluit, sluiten, trek, trekt, verwijder*, beëindig*, stop, stopt, stoppen, opheffen, "
        "hef, laat vallen, laten vallen, te laten vallen, weghaal*, haal*, schrap*"
    ),
    split=(
        "trek … in, trekt … in, trekken … in, hef … op, laat … vallen, laten … vallen, haal … "
        "weg, haalt … weg"
    ),
    done=(
        "geannuleerd, annulering, gesloten, ingetrokken, verwijderd, verdwijn*, verdwenen, weg is"
    ),
    dispute=(
        "geschil*, dispuut, klacht*, claim, zaak, terugbetalingsverzoek, uw verzoek, het "
        "verzoek, betwisting, verzoek"
    ),
    order="bestelling*, order, winkel, rekening, pakket, account",
    it="het, hem, deze, die, dit",
    without="zonder, geen",
    no=(
        "niet, geen, nooit, zonder, onnodig, hoeft, in geen geval, absoluut niet, onder geen "
        "beding, niemand, niets"
    ),
    no_behind="niet, is niet nodig, niet nodig, nooit, niets, alstublieft niets, alstublieft niet",
    turns=(
        "en, maar, als, tot, totdat, voordat, omdat, alstublieft, alleen, dan, zorgen, aarzel*, "
        "vergeet, terugbetal*, geld, stuur*"
    ),
    when="als, zodra, nadat, na, wanneer, tot, totdat, zolang, indien, tenzij",
    arrived="ontvangen, ontvangt, aangekomen, tevreden, goede staat, werkt, binnen is",
    optional=(
        "als u wilt, als u dat wilt, indien gewenst, geen haast, wanneer u wilt, op elk moment, "
        "te allen tijde"
    ),
    want=(
        "alstublieft, aub, gelieve, moet, wilt, verzoeken, vragen, graag, heeft u, zou fijn, "
        "zou mooi, kunt u, wilt u, zou u, bereid"
    ),
    refund="terugbetal*, geld, betal*, overmak*, stort*",
    resend="opnieuw, nieuw product, nieuwe sturen, vervang*, nieuw exemplaar, nogmaals",
    gift="cadeau*, coupon, korting*, bonus, waardebon",
    extend="verleng*",
    change="wijzig*, verander*, pas, kies*",
    reason="reden, persoonlijke redenen",
    confirm="bevestig*, markeer*",
    receipt="ontvangst, ontvangen, levering",
    whether="of, adres",
    press="klik, klikt, druk, tik",
    accept="accepteer, accepteert, accepteren, akkoord",
    zero="geen terugbetaling, zonder terugbetaling, nul",
    formality="betekent alleen, formaliteit, verandert niets",
    reject="of weiger*, of afwijz*",
    outside="buiten het platform, bankrekening, privé",
    contact="stuur, schrijf, neem contact, geef, voeg, regel*, terugbetal*",
    unable=(
        "kunnen wij niet, kunnen we niet, niet mogelijk, onmogelijk, mogen niet, geblokkeerd, "
        "niet terugbetalen, niet verzenden, geen geld, geen terugbetaling"
    ),
    open="open, loopt",
    threat=(
        "zwarte lijst, politie, advocaat, account wordt geblokkeerd, melden wij uw, uw account "
        "melden, blokkeren wij"
    ),
    harm=(
        "slecht voor onze, slecht voor ons, schaadt, boete, ontslagen, mijn baan, onze "
        "reputatie, winkel wordt"
    ),
    vendor="verkoper, verkopers",
    asks="vraag*, vragen, verzoek*, eist, wil, zegt, biedt",
    beware="meld, melden, nooit, weiger*, negeer*",
)

NORDIC = Words(
    cancel=(
        "avbryt*, annuller*, annullér, återkall*, tilbagekald*, trække* tilbage, trekk* "
        "tilbake, dra tillbaka, peru*, peruut*"
    ),
    close="stäng*, luk, lukk, lukke, lukk*, ta bort, slett*, slet, sulje*, sulke*, poista*",
    done="försvinn*, forsvinn*, forsvind*, katoa*, stängd, lukket",
    dispute=(
        "tvist*, reklamation*, klage*, sag, sagen, saken, ärende*, konflikt*, riita*, kiista*, "
        "valitus*"
    ),
    order="beställning*, bestilling*, ordre*, order*, tilaus*",
    it="den, det, sen",
    without="utan, uten, uden, ilman, ingen",
    no="inte, ikke, ej, aldrig, aldri, älä, ei, utan, uten, uden, behöver inte, ingen, kukaan",
    no_behind="inte, ikke, ej",
    turns="och, og, men, om, hvis, jos, innan, før, tack, snälla, vær, ja",
    when="om, hvis, når, när, efter, etter, jos, kun",
    arrived="mottagit, mottatt, modtaget, fått, saanut, nöjd, fornøyd",
    want="tack, snälla, venligst, vennligst, må, måste, ole hyvä",
    refund=(
        "återbetal*, tilbagebetal*, refunder*, pengar*, penge*, penger, hyvit*, palauta*, rahat"
    ),
    resend="skickar om, skicka en ny, sender en ny, ny vara, uuden",
    gift="gåva, gave, present, rabatt*, kupong*, lahja*",
    extend="förläng*, forleng*, forlæng*, jatka*",
    vendor="säljar*, selger*, sælger*, myyjä*",
    asks="ber, be, beder, spør, pyytä*, kräv*",
    beware="rapport*, anmäl*, aldri, aldrig, neka",
)
