"""Russian, Ukrainian, Polish and other Slavic words around giving a dispute up."""

from rules.messages.vocabulary import Words

RUSSIAN = Words(
    cancel=(
        "отменит*, отмени, отмените, отменя*, отмену, отмена, отменить, отменив, отзов*, "
        "отозв*, аннулир*, отменишь, откажитесь, откажись, отказаться, отзыва*"
    ),
    close=(
        "закро*, закры*, сним*, снять, удали*, убер*, убра*, прекрат*, заверши*, закончи*, "
        "остановит*, забер*, забра*, ликвидир*, сня*"
    ),
    done=(
        "отменен*, отменил*, закрыт, закрыта, закрыто, закрыты, закрытый, закрыл*, закрытия, "
        "закрытие, закрытием, закрытии, снят, снята, снято, удален*, отозван*, отмены, исчез*, "
        "пропад*, отзыва"
    ),
    dispute=(
        "спор, спора, спору, спором, споре, споры, диспут*, жалоб*, претензи*, заявк*, кейс*, "
        "обращени*, запрос на возврат, разбирательств*, открытый спор, запрос, запроса"
    ),
    order="заказ*, покупк*, магазин*, аккаунт*, счет*, посылк*, крышк*, подписк*",
    it="его, ее, это, этот",
    without="без, нет",
    no=(
        "не, нет необходимости, нет нужды, незачем, никогда, без, нельзя, необязательно, нет "
        "смысла, ни в коем случае, ни за что, никто, ничего"
    ),
    no_behind="не нужно, не надо, не требуется, не обязательно, не стоит, необязательно",
    turns=(
        "и, а, но, если, пока, до, прежде, потому, пожалуйста, только, потом, тогда, "
        "волнуйтесь, переживайте, беспокойтесь, бойтесь, забудьте, забывайте, верн*, деньг*, "
        "отправ*, сможем, можем, ждите, тяните, могли бы, могли б, могли, можете ли, трудно, "
        "сложно, затруднит"
    ),
    when="если, когда, после, как только, пока, почему, раз, прежде, чтобы",
    arrived=(
        "получил*, получите, получен*, придет, пришел, пришла, довольны, хорошем состоянии, "
        "работает, на руках, у вас, устраивает, проверил*, проверите"
    ),
    optional=(
        "если хотите, если пожелаете, по желанию, как хотите, на ваше усмотрение, в любое "
        "время, не спешите, решать вам"
    ),
    want=(
        "пожалуйста, просим, прошу, нужно, надо, необходимо, должны, требуется, срочно, хорошо "
        "если, было бы хорошо, очень хорошо, могли бы, умоляю, закрыли ли, согласны ли, готовы "
        "ли, благодар*, рад"
    ),
    refund=(
        "верн*, возврат*, возмест*, деньг*, перевед*, переведу, заплат*, компенс*, оплат*, "
        "paypal, скинем, скину"
    ),
    resend=(
        "повторно, вышлем*, вышлю, отправим, отправлю, замен*, нов* товар, новый товар, новую "
        "посылку, досла*, дошл*"
    ),
    gift="подар*, купон*, скидк*, бонус*, компенсац*",
    extend="продл*",
    change="измен*, поменя*, смен*, выбер*, указ*, исправ*, постав*",
    reason="причин*, личн* причин*, личные причины",
    confirm="подтверд*, отмет*, отмеч*",
    receipt="получени*, получил*, доставк*, получен, полученн*, получен*",
    whether="ли, адрес*, если, когда",
    press="нажми*, кликни*, нажать, жмите, тапни*, щелкни*",
    accept="принять, примите, прими, согласитесь, согласиться, согласен, принимаю, соглашайтесь",
    zero=(
        "без возврата, ноль, нулев*, 0 руб, возврат не нужен, не нужен возврат, возврат не "
        "требуется"
    ),
    formality=(
        "просто подтверждение, всего лишь, формальность, означает только, ничего не меняет, "
        "ничего не изменит, это просто"
    ),
    reject="или отклон*, или отказ*, как хотите",
    outside=(
        "вне платформы, вне алиэкспресс, карту сбербанка, карту, ватсап, вотсап, телеграм*, "
        "вайбер, напрямую, вне сайта, вконтакте, номер карты, qiwi, киви"
    ),
    contact=(
        "напиши*, пиши*, пришли*, дайте, скиньте, сообщи*, свяжи*, добавь*, верн*, перевед*, "
        "решим, договор*, отправьте, укажите"
    ),
    unable=(
        "не можем, не могу, невозможно, нельзя, не сможем, не позволяет, не разрешает, "
        "блокирует, не получится, денег не будет, возврата не будет"
    ),
    open="открыт, открытый, идет, активен, открытом, не исчезн*, существует, не закро*",
    threat=(
        "черный список, полици*, заблокир* ваш, ваш аккаунт заблокир*, пожалуемся на вас, "
        "аккаунт будет заблокирован, заблокируют ваш, пожалуемся на ваш, пожалуемся на ваш "
        "аккаунт, жалобу на вас, жалобу на ваш, в суд"
    ),
    harm=(
        "портит, вредит, оштраф*, штраф*, уволят, уволит, накаж*, наказ*, закроют наш, "
        "заблокируют наш, рейтинг страда*"
    ),
    vendor="продавец, продавцы, продавца",
    asks="прос*, попрос*, треб*, потреб*, предлаг*, предлож*, угова*, настаив*, хочет",
    beware=(
        "не соглашайтесь, сообщите, откажитесь, никогда, не верьте, пожалуйтесь, игнорируйте, "
        "не делайте"
    ),
)

UKRAINIAN = Words(
    cancel="скасу*, відклик*, відклич*, анулю*, відмініт*, відміни*",
    close="закри*, зніміт*, зняти, видал*, прибер*, припин*, заверш*, забер*",
    done=(
        "скасован*, скасування, закрит, закрита, закрито, закритий, закриття, відкликан*, "
        "зник*, щезн*"
    ),
    dispute="суперечк*, спір, спору, спором, диспут*, скарг*, претензі*, заявк*",
    order="замовлення, магазин*, акаунт*, посилк*",
    it="його, її, це",
    without="без, немає",
    no=(
        "не, ніколи, без, немає потреби, нема потреби, не треба, не потрібно, у жодному разі, "
        "ні в якому разі, ніхто, нічого"
    ),
    no_behind="не потрібно, не треба, не варто",
    turns=(
        "і, та, але, якщо, поки, до, бо, будь ласка, тільки, потім, хвилюйтес*, забудьте, "
        "поверн*, грош*, надішл*, можемо, могли б, могли би, могли, важко, складно"
    ),
    when="якщо, коли, після, як тільки, щойно, поки, чому",
    arrived="отримали, отримаєте, отримано, задоволені, прийде, працює, доброму стані",
    optional="якщо хочете, якщо бажаєте, за бажанням",
    want=(
        "будь ласка, просимо, прошу, треба, потрібно, терміново, могли б, могли би, благаю, чи "
        "згодні, вдячн*"
    ),
    refund="поверн*, відшкод*, грош*, кошти, переказ*, paypal, заплат*, сплат*",
    resend="повторно, надішлемо, відправимо, замін*, новий товар, ще раз",
    gift="подару*, подарун*, купон*, знижк*, бонус*",
    extend="продовж*",
    change="змін*, вибер*, оберіт*",
    reason="причин*",
    confirm="підтверд*, познач*",
    receipt="отриман*, доставк*",
    whether="чи, адрес*",
    press="натисн*, клікн*",
    accept="прийняти, прийміть, погодьтес*, згод*",
    zero="без повернення, нуль",
    formality="лише підтвердження, формальність, нічого не змін*, це просто",
    outside="поза платформою, телеграм, вайбер, картку, номер картки",
    contact="напиш*, надішл*, дайте, поверн*, перекаж*",
    unable="не можемо, неможливо, не можу, грошей не буде, повернення не буде",
    open="відкрит*, триває, не зникн*, існує",
    threat="чорний список, поліці*, заблок*, поскаржимося на ваш",
    harm="шкодить, псує, оштраф*, штраф*, звільнять, звільнить, покарають",
    vendor="продавець, продавці",
    asks="прос*, попрос*, вимаг*, пропон*",
    beware="не погоджуйтесь, повідомте, ніколи, відмовтесь",
)

POLISH = Words(
    cancel="anuluj*, anulow*, wycof*, odwoła*, odwołaj*, zrezygn*, zrezygnuj*, cofn*, cofnij",
    close="zamkn*, zamyk*, usuń*, usun*, zakończ*, skasuj*, skasow*, zdejm*, przerw*",
    done=(
        "anulowan*, anulowanie, zamknięt*, zamknięcie, wycofan*, zamknięciu, anulowaniu, znik*, "
        "anulowani*"
    ),
    dispute=(
        "spór, sporu, spory, sporem, reklamacj*, zgłoszeni*, skarg*, wniosek o zwrot, sprawę, "
        "sprawa, dyskusj*"
    ),
    order="zamówieni*, sklep*, konto, paczk*",
    it="go, ją, to",
    without="bez, nie ma",
    no=(
        "nie, nigdy, bez, nie trzeba, nie musi*, pod żadnym pozorem, w żadnym wypadku, nikt, "
        "niczego"
    ),
    no_behind="nie jest konieczne, nie trzeba",
    turns=(
        "i, a, ale, jeśli, dopóki, zanim, bo, proszę, tylko, potem, martw*, wahaj*, zapomn*, "
        "zwr*, pieniądz*, wyśl*, możemy"
    ),
    when="jeśli, jeżeli, gdy, kiedy, po, jak tylko, dopóki, dlaczego, zanim",
    arrived="otrzyma*, otrzymasz, otrzymaniu, odebra*, zadowol*, dobrym stanie, działa, dotrze",
    optional="jeśli chcesz, jeśli pan chce, w dowolnym momencie",
    want=(
        "proszę, prosimy, trzeba, musi*, należy, pilnie, czy mógłby, czy może pan, byłoby "
        "dobrze, uprzejmie, czy zamkn*, czy zgodzi, zgodzi się, wdzięczn*, rad"
    ),
    refund="zwr*, zwróc*, pieniądz*, przele*, zapłac*, paypal",
    resend="wyślemy, wysłać ponownie, ponownie, nowy produkt, wymian*, zamiennik",
    gift="prezent*, kupon*, rabat*, bonus*, zniżk*",
    extend="przedłuż*",
    change="zmie*, zmień*, wybierz*",
    reason="powód, powodu, przyczyn*",
    confirm="potwierdz*, potwierdź*, oznacz*",
    receipt="odbiór, odbioru, otrzymani*, dostaw*, odebrane, odebrano, odbierz*",
    whether="czy, adres*",
    press="kliknij*, naciśn*, kliknąć",
    accept="zaakceptuj*, akceptuj*, przyjmij*, zgódź*",
    zero="bez zwrotu, zero, 0 zł, bez zwrotu pieniędzy, nie potrzebuję zwrotu",
    formality="oznacza tylko, formalność, nic nie zmienia",
    outside="poza platformą, konto bankowe, numer konta, prywatnie",
    contact="napisz*, wyślij*, podaj*, skontaktuj*, zwróc*",
    unable=(
        "nie możemy, nie mogę, niemożliwe, nie da się, blokuje, nie będzie pieniędzy, nie "
        "będzie zwrotu"
    ),
    open="otwarty, otwarta, trwa, toczy, istnieje",
    threat=(
        "czarn* list*, policj*, zablok*, zgłosimy twoje, zgłosimy pana, zgłosimy pani, kroki prawne"
    ),
    harm=(
        "szkodzi, ukarz*, ukaran*, zwolni mnie, mnie zwolni, stracę pracę, naszą ocenę, naszej "
        "reputacj*, zamkną nasz*"
    ),
    vendor="sprzedawc*, sprzedający",
    asks="prosi, poprosi, żąda, zażąda, namawia, każe, domaga, chce, oferuje",
    beware="zgłoś*, nie zgadzaj*, odmów*, nigdy, ignoruj*",
)

OTHERS = Words(
    cancel=(
        "zrušte, zrušit, zrušiť, zruš*, stáhn*, stiahn*, отмени, отменете, оттегл*, otkaž*, "
        "otkazat*, poništ*, povuc*, preklič*, umakn*"
    ),
    close="zavřete, uzavř*, uzavr*, zatvor*, затвор*, zaprite",
    dispute="spor, sporu, reklamac*, stížnost*, sťažnost*, спора, жалба*, žalb*, spore",
    order="objednáv*, поръчк*, narudžb*",
    it="ho, ga, го",
    no="ne, nie, neruš*, nezruš*, nemusíte, nemusite, не, nemojte, nezatvár*, nezavír*",
    turns="a, ale, pokud, ak, když, keď, prosím, molim, моля, ako",
    when="pokud, ak, když, keď, až, ako, kada, ако, когато, po",
    arrived="obdrž*, dostal*, prevzal*, primil*, получ*",
    optional="pokud chcete, ak chcete, ako želite",
    want="prosím, molim, моля, musíte, morate",
    refund="vrát*, peníze, peniaze, novac, refund*, парите, възстанов*",
    resend="znovu, ponovo, ponovno, náhrad*, отново",
    gift="dárek, darček*, poklon*, подарък*, kupón*",
    extend="prodlouž*, predĺž*, produž*",
)
