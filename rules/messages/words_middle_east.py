"""Turkish, Arabic, Hebrew, Hungarian and Greek words around giving a dispute up."""

from rules.messages.vocabulary import Words

TURKISH = Words(
    cancel="iptal, geri çek*, vazgeç*, geri al*",
    close="kapat*, sil, silin, siler*, silmen*, sonlandır*, bitir*, kaldır*, kapan*",
    done=(
        "iptal edildi, kapatıldı, iptal edilmiş*, kapatılmış*, iptal edilecek, ortadan kalk*, "
        "kaldırılırsa, kalkarsa, kalkınca, kalkmas*, silinir*, geri çekildi, geri çekilmiş*"
    ),
    dispute=(
        "anlaşmazlı*, ihtilaf*, itiraz*, uyuşmazlı*, şikayet*, talebi*, talebin*, iade talebi*, "
        "dispute, davayı, dosya*, isteğ*"
    ),
    order="sipariş*, mağaza*, hesab*, paket*",
    it="onu, bunu",
    without="olmadan, *meden, *madan",
    no="asla, sakın, kimse, hiç kimse",
    no_behind=(
        "etmeyin, etme, etmeyiniz, etmenize gerek, etmeniz gerek*mez, gerek yok, gerekmez, "
        "gerekmiyor, *mayın, *meyin, *mayınız, *meyiniz, etmenize ihtiyaç, ihtiyaç yok, şart "
        "değil, zorunda değil*, gerek olmadan, etmek zorunda değil*"
    ),
    turns="eğer, ama, ve, lütfen, ise, iade, para, etmezsen*, etmezseniz, kapatmazs*",
    when=(
        "eğer, sonra, takdirde, zaman, etmezsen*, ederseniz, *ınca, *ince, durumda, *sanız, "
        "*seniz, *ken, *arsa, *erse, *irse, *ırsa"
    ),
    arrived="aldıysanız, aldığınızda, ulaştı*, memnun*, teslim aldı*, aldıktan, elinize",
    optional="isterseniz, dilerseniz, istediğiniz zaman, dilediğiniz zaman, istediğiniz anda",
    want=(
        "lütfen, rica, gerek*, lazım, hemen, olur mu, misiniz, iyi olur, kapattınız mı, ettiniz mi"
    ),
    refund="iade, para*, öde*, havale, geri öde*, paypal",
    resend="yeniden gönder*, tekrar gönder*, yeni ürün, yenisini, değişim",
    gift="hediye*, kupon*, indirim*, bonus",
    extend="uzat*",
    change="değiştir*, seç*",
    reason="neden*, sebe*, gerekçe*",
    confirm="onayla*, teyit, işaretle*",
    receipt="teslim*, alındı*, aldığınızı",
    press="tıkla*, bas, basın",
    accept="kabul, onayla*",
    zero="iadesiz, sıfır, iade yok",
    outside="platform dışı*, banka hesab*, iban",
    contact="yaz*, gönder*, ekle*, iletişim, ver*",
    unable=(
        "yapamayız, edemeyiz, mümkün değil, edemiyoruz, gönderemiyoruz, gönderemeyiz, "
        "yapamıyoruz, engelliyor, para yok, iade yok"
    ),
    open="açık, açıkken, devam",
    threat=(
        "kara liste*, polis*, avukat*, hesabınızı şikayet, şikayet ederiz, şikayet edeceğiz, "
        "hesabınız engel*"
    ),
    harm="zarar veri*, ceza al*, ceza öde*, kovul*, puanımız*, itibarımız*, işimi kaybed*",
    vendor="satıcı*",
    asks="iste*, talep ed*, söyle*, rica ed*",
    beware="bildir*, reddet*, asla, kabul etmeyin",
)

ARABIC = Words(
    cancel=(
        "*الغ*, *إلغاء*, *إلغ*, *ألغ*, تلغي, تلغ, يلغي, نلغي, *سحب*, *اسحب*, *تراجع*, تنازل*, "
        "بإلغاء, الغاء"
    ),
    close=(
        "*اغلاق*, *إغلاق*, اغلق*, أغلق*, تغلق*, *غلق*, *حذف*, احذف*, *انهاء*, *إنهاء*, أنه*, "
        "اقفل*, *اقفال*"
    ),
    done="ملغى, ألغيت, تم الغاء*, تم إلغاء*, مغلق, تم اغلاق*, تم إغلاق*, يختف*, اختف*",
    dispute="*نزاع*, *شكوى*, *مطالبة*, *خلاف*, *طلب الاسترداد*, طلب استرداد*, القضية, *البلاغ*",
    order="*الطلبية*, *الطلب, طلبك, طلبية, المتجر, الحساب, *حساب*",
    without="بدون, دون",
    no=(
        "لا, لن, لم, بدون, دون, لا داعي, لا حاجة, ليس عليك, غير ضروري, لا تقم, ليس من الضروري, "
        "لا يلزم, اياك, إياك, ممنوع, لا احد, لا أحد, ليس"
    ),
    turns="اذا, إذا, لكن, قبل, حتى, من فضلك, يرجى, تقلق, تنسى, نستطيع, يمكننا, المال, ثم",
    when="اذا, إذا, عند, عندما, بعد, بمجرد, ان, لو, حتى",
    arrived="استلمت, استلام*, وصل*, راض*, بحالة جيدة, استلامك",
    optional="اذا اردت, إذا أردت, كما تريد",
    want="يرجى, من فضلك, الرجاء, ارجو, أرجو, نرجو, يجب, رجاء, لو سمحت, ممتن*, سعيد*",
    refund="*استرداد*, نعيد, سنعيد, *المال*, المبلغ, *اموال*, *أموال*, ندفع, نحول*, سنرد",
    resend="*اعادة ارسال*, *إعادة إرسال*, نرسل, سنرسل, *جديد*, بديل*",
    gift="*هدية*, *كوبون*, *خصم*, قسيمة",
    extend="*تمديد*, نمدد",
    change="*تغيير*, غير, *تعديل*",
    reason="*سبب*",
    confirm="*تأكيد*, اكد, أكد, تأكيد",
    receipt="*استلام*, استلمت",
    press="اضغط*, انقر*",
    accept="قبول, اقبل, *موافق*, وافق, تقبل",
    zero="بدون استرداد, صفر",
    outside="خارج المنصة, واتساب, واتس, حساب بنكي, الحساب البنكي",
    contact="ارسل*, أرسل*, تواصل*, اكتب*, راسل*",
    unable="لا نستطيع, لا يمكننا, لا يمكن, مستحيل",
    open="مفتوح*, قائم*",
    threat="القائمة السوداء, الشرطة, محام*, سنبلغ عن, نبلغ عن حسابك, حظر حسابك",
    harm="يضر, تضر, غرامة, سمعتنا, تقييمنا, سيطردني, وظيفتي",
    vendor="*البائع, بائع, *التاجر",
    asks="*طلب, *يطلب, طالب*",
    beware="ابلغ*, أبلغ*, بلغ*, ارفض*, لا توافق",
)

HEBREW = Words(
    cancel="*בטל, *בטלי, *בטלו, *ביטול, לבטל, תבטל, בטל, *למשוך, *תמשוך, משוך, *לוותר, *תוותר",
    close=(
        "*לסגור, *תסגור, *סגור, סגרו, *סגרי, *תסגרו, *מחק, *למחוק, *להסיר, *הסר, *לסיים, "
        "*סגירת, *תסיר, *תמחק, סגרי"
    ),
    done=(
        "*בוטל*, *נסגר*, מבוטל*, תיסגר*, ייסגר*, *סגורה, תיעלם, ייעלם, *תיסגר*, תוסר, יוסר, הוסר*"
    ),
    dispute="*מחלוקת, *סכסוך, *תלונה, *תביעה, *דיספיוט, *ערעור, *בקשת ההחזר, *הבקשה, *המחלוקת",
    order="*הזמנה, *ההזמנה, *חנות, *חשבון",
    it="אותו, אותה, את זה",
    without="בלי, ללא",
    no=(
        "אל, אין צורך, לא, בלי, ללא, אין סיבה, לעולם, אינך צריך, מבלי, בשום אופן, אסור, אף אחד, "
        "איש לא"
    ),
    turns="אם, אבל, אנא, בבקשה, רק, כי, לפני, תדאג*, תשכח*, להחזיר, כסף, נוכל",
    when="אם, כאשר, כש*, לאחר, אחרי, ברגע, לפני, עד",
    arrived="קיבלת*, קבלת, מרוצ*, הגיע*, תקבל",
    optional="אם תרצה, אם אתה רוצה",
    want="אנא, בבקשה, נא, צריך, חייב, מבקשים, חייבים, אשמח*, נשמח*",
    refund="*החזר*, נחזיר, *כסף, *הכסף, נשלם, *תשלום, פייפאל",
    resend="נשלח, *חדש, *שוב, *חלופי, נשלח שוב",
    gift="*מתנה, *קופון, *הנחה, *בונוס",
    extend="*להאריך, נאריך, *הארכה",
    change="*לשנות, *שנה, תשנה, שנו",
    reason="*סיבה, *סיבת",
    confirm="*לאשר, *אשר, תאשר, אשרו, סמן, סמנו",
    receipt="*קבלת, *קבלה, שקיבלת",
    press="לחץ, לחצו, תלחץ, הקלק*",
    accept="*לקבל, *הסכם, הסכם, תסכים, קבל",
    zero="ללא החזר, אפס",
    outside="וואטסאפ, ווטסאפ, מחוץ לפלטפורמה, חשבון בנק",
    contact="כתוב, שלח*, תשלח*, פנה, דבר",
    unable="לא יכולים, אי אפשר, לא ניתן",
    open="*פתוחה, *פתוח, פתוחה",
    threat="נדווח על, תיחסם, עורך דין",
    harm="*פוגע, *פוגעת, קנס, יפטרו, הדירוג שלנו, אפוטר",
    vendor="*המוכר, מוכר",
    asks="מבקש*, ביקש*, דורש*, יבקש",
    beware="דווח*, סרב*, אל תסכים, דווחו",
)

HUNGARIAN = Words(
    cancel="vonja vissza, visszavon*, törölj*, töröl*, mondja le, lemond*",
    close="zárja*, lezár*, szüntess*, zárd",
    dispute="vit*, panasz*, reklamáci*, követelés*, jogvit*",
    order="rendelés*, bolt*",
    no="ne, nem, soha",
    no_behind="nem szükséges, nem kell",
    turns="és, de, ha, kérem, kérjük, majd",
    when="ha, amikor, miután, amint",
    arrived="megkapta*, megérkez*, elégedett",
    want="kérem, kérjük, kell, legyen szíves",
    refund="visszatérít*, pénz*, visszafizet*",
    resend="újra, új terméket, újraküld*",
    gift="ajándék*, kupon*, kedvezmény*",
)

GREEK = Words(
    cancel="ακυρώσ*, ακύρωσ*, ακυρών*, αποσύρ*, αποσυρ*",
    close="κλείσ*, κλεισ*, διαγράψ*",
    dispute="διαφορά*, διαμάχη*, παράπον*, διένεξη*, αμφισβήτηση*, αίτημα*",
    order="παραγγελία*, κατάστημα",
    no="μην, μη, δεν, ποτέ, χωρίς",
    turns="αν, και, αλλά, παρακαλώ, ώστε",
    when="αν, εάν, όταν, μόλις, αφού",
    arrived="παραλάβ*, έλαβ*, λάβετε, ικανοποι*",
    want="παρακαλώ, πρέπει",
    refund="επιστρ*, χρήματ*, χρημάτ*, πληρώσ*",
    resend="ξανά, νέο προϊόν, ξαναστείλ*",
    gift="δώρο, κουπόνι, έκπτωση",
)
