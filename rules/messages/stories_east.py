"""What sellers tell around a dispute in Russian, Ukrainian, Polish, Turkish and Chinese."""

from rules.messages.vocabulary import Words

RUSSIAN = Words(
    gone=(
        "спора больше нет, спора нет, не увидим спор*, не увижу спор*, не будем видеть, не "
        "видим спор*, не вижу спор*, спора "
        "не будет, не будет спора, не станет спора, спора не станет, спора больше, нет спора, без "
        "спора, без споров, без открытого спора, без открытых, нет открытых, нет открытого, без "
        "претензи*, без жалоб*, больше нет, больше не будет, исчезнет, пропадет, уйдет"
    ),
    terms=(
        "нужно чтобы, надо чтобы, единственное условие, одно условие, условие, при условии, ждем "
        "только, ждет только, ждут только, осталось только, только для, только тем, нужно лишь, "
        "нужно только, достаточно, зависит от, взамен, в обмен, сразу после, за закрытие, за "
        "отмену, за снятие, за отзыв"
    ),
    follows=(
        "несу на почту, отнесу на почту, отправ*, вышл*, уйдет, уедет, получите, дадим, "
        "дарим, отдадим, поедет"
    ),
    goon="продолж*, настаива*, будете спорить, оставите спор, не уступ*, будете дальше, доводит*",
    loss=(
        "ничего не получите, не получите ничего, ни денег ни, останетесь ни с чем, останетесь "
        "без, потеряете, проиграете, все доказательства, есть доказательства, не получится, не "
        "сможете, не сможем, не смогу, не получите, возможно не, нельзя будет, невозможно будет, "
        "уже нельзя"
    ),
    otherwise="иначе, а то, в противном случае",
    rethink=(
        "подумайте еще, еще раз подумайте, подумайте хорошо, хорошо подумайте, подумайте дважды, "
        "передумайте, пересмотрите, обдумайте, подумайте снова"
    ),
    instead="чем спор, чем через спор, чем открывать спор, чем спорить, лучше спора, чем споры",
    needless=(
        "спор не нужен, спор здесь не нужен, спор не имеет смысла, нет смысла в споре, спор "
        "бесполезен, нет нужды в споре, спор ни к чему, спор сейчас не нужен, спор больше не "
        "нужен, спор уже не нужен, спор не поможет, смысла в споре нет"
    ),
    reopen=(
        "открыть снова, снова открыть, открыть заново, заново открыть, открыть новый, открыть еще "
        "раз, открыть другой, открыть повторно, повторно открыть, открыть его снова, откроете "
        "снова, откроете новый, открыть опять, снова откроете"
    ),
    soothe=(
        "не переживайте, не волнуйтесь, не бойтесь, не беспокойтесь, без риска, никакого риска, "
        "ничем не рискуете, ничего не теряете, можете быть спокойны, риска нет"
    ),
    reporter=(
        "коллег*, сотрудни*, помощни*, кто-то, кто то, человек, сообщени*, письмо, письма, "
        "продав*, магазин*, менеджер*, мошенни*, он, она"
    ),
    disowned=(
        "не мы, не от нас, не наш*, не нами, от нашего имени, под нашим именем, нашим именем, "
        "выдает себя, выдают себя, не верьте, не отвечайте, по ошибке, ошибочно, ошибся, "
        "ошиблась, ошиблись, это была ошибка, было ошибкой, не обращайте внимания, "
        "проигнорируйте, игнорируйте, не делайте этого, мы такого не, так не делаем, мошенни*, "
        "забудьте об этом, это обман"
    ),
    may="можете, сможете, можно",
    keep=(
        "оставьте спор открытым, оставьте его открытым, оставьте открытым, оставить открытым, "
        "держите спор, не закрывайте, не отменяйте, не отзывайте, пусть спор, оставьте спор"
    ),
    complete="завершен*, завершите заказ, завершить заказ, закрыть заказ",
    when=(
        "как увидим, как увижу, как уберете, как закроете, как отмените, как снимете, при "
        "условии, за закрытие, за отмену, за снятие, за отзыв, в день"
    ),
    done="закроется, закрылся, закроют, закрытии, снимется, отменится",
    threat=(
        "ваш аккаунт … заблокир*, ваш аккаунт … закро*, ваш аккаунт … забан*, вам не выиграть, не "
        "выиграете"
    ),
    harm="вредит нашему, очень вредит, больно бьет, губит, нам больно",
    dispute="обращени*",
)

UKRAINIAN = Words(
    gone=(
        "спору не буде, не буде спору, спору більше, без спору, без суперечки, без відкритого, "
        "без відкритих, немає спору, більше немає, більше не буде, зникне"
    ),
    terms=(
        "єдина умова, умова, за умови, чекаємо тільки, чекаємо лише, лише для, тільки для, "
        "потрібно лише, достатньо, залежить від, натомість, в обмін, одразу після, за закриття, "
        "за скасування"
    ),
    follows="надішл*, відправ*, отримаєте, подаруємо, даруємо, дамо",
    goon="продовж*, наполяга*",
    loss=(
        "нічого не отримаєте, не отримаєте нічого, ні грошей ні, залишитесь ні, втратите, "
        "програєте, всі докази, усі докази, не зможете, не зможемо, не зможу, можливо не"
    ),
    otherwise="інакше, а то",
    rethink="подумайте ще, ще раз подумайте, добре подумайте, передумайте, перегляньте",
    instead="ніж спір, ніж суперечка, ніж через спір",
    needless="спір не потрібен, спір тут не потрібен, спір не має сенсу, суперечка не потрібна",
    reopen="відкрити знову, знову відкрити, відкрити новий, відкрити ще раз, відкрити повторно",
    soothe=(
        "не хвилюйтеся, не хвилюйтесь, не переживайте, не бійтеся, без ризику, нічого не втрачаєте"
    ),
    reporter=(
        "колег*, співробітни*, помічни*, хтось, людина, повідомлен*, лист, продав*, магазин*, "
        "шахра*"
    ),
    disowned=(
        "не ми, не від нас, не наш*, від нашого імені, під нашим іменем, видає себе, не вірте, не "
        "відповідайте, помилково, помилився, помилилася, була помилка, не звертайте уваги, "
        "ігноруйте, шахра*, не робіть цього"
    ),
    may="можете, зможете, можна",
    keep=(
        "залиште спір, залиште відкрит*, залиште його, не закривайте, не скасовуйте, не відкликайте"
    ),
    complete="завершен*, завершіть замовлення",
    when="як побачимо, як побачу, як закриєте, за умови, за закриття, за скасування",
    done="закритт*, знят*, закриється, закрився",
    dispute="звернення, суперечк*, спірн*",
)

POLISH = Words(
    gone=(
        "sporu nie będzie, nie będzie sporu, sporu już nie, nie ma sporu, bez sporu, bez "
        "otwartego, bez otwartych, bez reklamacji, już nie będzie, już nie ma, zniknie"
    ),
    terms=(
        "jedyny warunek, warunek, pod warunkiem, czekamy tylko, czeka tylko, tylko dla, "
        "wystarczy, potrzebujemy tylko, zależy od, w zamian, zaraz po, za zamknięcie, za "
        "anulowanie, za wycofanie"
    ),
    follows="wyśl*, wysył*, dosta*, otrzyma*, damy, nadamy, przysl*",
    goon="kontynu*, upier*, dalej prowadz*, nalega*, podtrzym*, będzie pan dalej",
    loss=(
        "nic nie dostan*, nie dostanie, nie otrzyma, ani pieniędzy ani, pan straci, pani straci, "
        "stracisz, przegra*, wszystkie dowody, mamy dowody, może nie być, nie będzie możliw*, nie "
        "będę mógł, nie będziemy mogli, już nie mogę, nie można"
    ),
    otherwise="inaczej, w przeciwnym razie",
    rethink=(
        "jeszcze raz przemyśl*, przemyśl*, proszę się zastanow*, zastanów*, zastanowi* się jeszcze"
    ),
    instead="niż spór, niż przez spór, niż reklamacja",
    needless=(
        "spór nie jest potrzebny, spór nie ma sensu, spór jest niepotrzebny, nie potrzeba sporu"
    ),
    reopen=(
        "otworzyć ponownie, ponownie otworzyć, ponowne otwarcie, otworzyć nowy, jeszcze raz "
        "otworzyć"
    ),
    soothe=(
        "bez ryzyka, proszę się nie martwić, żadnego ryzyka, nie ma ryzyka, spokojnie, nic pan "
        "nie traci"
    ),
    reporter=(
        "koleg*, koleżank*, pracowni*, asystent*, ktoś, osoba, wiadomoś*, mail, sprzedaw*, sklep, "
        "oszust*"
    ),
    disowned=(
        "nie od nas, nie była od nas, nie my, to nie my, naszym imieniu, pod naszą nazwą, podaje "
        "się za, podszywa się, nie wierz*, proszę nie wierzyć, nie odpowiad*, przez pomyłkę, "
        "pomyłkowo, omyłkowo, pomylił*, to był błąd, był błędem, zignor*, ignor*, oszust*, nie "
        "robić tego"
    ),
    may="może pan, może pani, możesz, można",
    keep=(
        "zostaw* … otwart*, zostawić … otwart*, pozostaw* … otwart*, nie zamyk*, nie anulow*, nie "
        "wycof*, niech spór"
    ),
    done="zamknie się, się zamknie",
    asks="prosił*, poprosił*",
    threat="konto … zablok*, konto … zamkn*",
    complete="zakończon*, zakończ* zamówienie",
    when="pod warunkiem, gdy tylko, za zamknięcie, za anulowanie, za wycofanie",
)

TURKISH = Words(
    gone=(
        "anlaşmazlık olmadan, anlaşmazlık yok, anlaşmazlık kalma*, anlaşmazlıksız, itiraz yok, "
        "açık anlaşmazlık olmayan, artık yoksa, artık olmad*"
    ),
    terms="tek şart, şartıyla, tek koşul, koşuluyla, sadece bekli*, yeterli, karşılığında, bağlı",
    follows="gönder*, gider, yola çık*, alırsınız, ver*, koyar*",
    goon="devam eder*, sürdür*, ısrar*, devam et*",
    loss=(
        "hiçbir şey al*, kaybed*, tüm kanıt*, bütün kanıt*, elimizde kanıt*, açamay*, açamaz*, "
        "açılamaz*, iade edemem, iade edemeyiz, ne para ne"
    ),
    otherwise="yoksa, aksi halde",
    rethink="tekrar düşün*, bir daha düşün*, yeniden düşün*, iyi düşün*",
    instead="anlaşmazlıktan daha iyi, anlaşmazlık yerine",
    needless="anlaşmazlığa gerek yok, anlaşmazlık gereksiz, anlaşmazlığın anlamı yok",
    reopen="yeniden aç*, tekrar aç*, yenisini aç*, yeni bir anlaşmazlık",
    soothe="merak etmeyin, endişelenmeyin, korkmayın, risk yok, risksiz, kaybınız olmaz",
    reporter="arkadaşım*, çalışan*, meslektaş*, biri, birisi, mesaj*, mağaza*, satıcı*",
    disowned=(
        "bizden değil*, biz değil*, bizim değil, bizim adımız*, adımızı kullan*, inanmayın, "
        "yanlışlıkla, hata yap*, hataydı, yanlıştı, dikkate almayın, görmezden, cevap vermeyin"
    ),
    may="ebilirsiniz, *ebilirsiniz, *abilirsiniz",
    keep="açık bırak*, açık kalsın, açık tut*, kapatmayın, iptal etmeyin",
    complete="tamamlan*, siparişi tamamla*",
    done="kapandığ*, kapanın*, kapatıldığ*, kapatılın*, iptal edildiğ*, iptal edilin*",
    when=(
        "şartıyla, koşuluyla, *dığında, *diğinde, *tığında, *tiğinde, edildiğ*, kapandığ*, "
        "kapatıldığ*"
    ),
)

CHINESE = Words(
    gone="没有纠纷, 没纠纷, 无纠纷, 不存在纠纷, 纠纷没有, 没有争议, 纠纷没了, 纠纷不在",
    terms="唯一条件, 条件是, 唯一的条件, 只等, 只需, 就等, 只差, 前提是, 只要, 作为交换, 仅限",
    follows="发货, 寄出, 发出, 送您, 打给您, 发给您, 给您发",
    goon="继续纠纷, 坚持纠纷, 继续下去, 不撤, 继续投诉, 坚持要, 坚持投诉, 继续这个",
    loss=(
        "什么都得不到, 什么也得不到, 一分钱, 所有证据, 全部证据, 有证据, 无法再, 不能再, "
        "可能无法, 将失去, 拿不到"
    ),
    otherwise="否则, 不然",
    rethink="再考虑, 再想想, 重新考虑, 三思, 考虑清楚, 想清楚",
    instead="比纠纷, 比开纠纷, 比投诉",
    needless="纠纷没有意义, 纠纷没意义, 不需要纠纷, 纠纷没必要, 没必要开纠纷, 纠纷没用",
    reopen="再次打开, 再开, 重新打开, 重新开, 再次开, 重新提交, 再次提交, 重新发起, 再次发起",
    soothe="放心, 不用担心, 别担心, 没有风险, 没风险, 不会有损失, 不要担心",
    reporter="同事, 客服, 有人, 员工, 消息, 信息, 骗子, 助理",
    disowned=(
        "不是我们, 并非我们, 冒充, 以我们的名义, 用我们的名字, 不要相信, 别相信, 请勿相信, 弄错, "
        "搞错, 说错, 是错的, 误发, 不要理会, 请忽略, 不用理"
    ),
    may="您可以, 可以自己, 再关闭",
    keep="保持纠纷, 纠纷开着, 不要关闭, 不要取消, 不要撤销, 请勿关闭, 留着纠纷",
    complete="完成订单, 订单完成, 结束订单",
    refund="打给您",
    when="一撤, 一关",
)
