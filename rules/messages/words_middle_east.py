"""Turkish, Arabic, Hebrew, Hungarian and Greek words around giving a dispute up."""

from rules.messages.vocabulary import Words

TURKISH = Words(
    cancel="iptal, geri çek*, vazgeç*, geri al*",
    close="kapat*, sil, silin, siler*, silmen*, sonlandır*, bitir*, kaldır*, kapan*",
    done="iptal edildi, kapatıldı, iptal edilmiş*, kapatılmış*, iptal edilecek",
    dispute=(
        "anlaşmazlı*, ihtilaf*, itiraz*, uyuşmazlı*, şikayet*, talebi*, talebin*, "
        "iade talebi*, dispute, davayı, dosya*"
    ),
    order="sipariş*, mağaza*, hesab*, paket*",
    it="onu, bunu",
    no_behind=(
        "etmeyin, etme, etmeyiniz, etmenize gerek, etmeniz gerek*mez, gerek yok, gerekmez, "
        "gerekmiyor, *mayın, *meyin, *mayınız, *meyiniz, etmenize ihtiyaç, ihtiyaç yok, "
        "şart değil, zorunda değil*, gerek olmadan, etmek zorunda değil*"
    ),
    no="asla",
    turns="eğer, ama, ve, lütfen, ise, iade, para, etmezsen*, etmezseniz, kapatmazs*",
    when=(
        "eğer, sonra, takdirde, zaman, etmezsen*, ederseniz, *ınca, *ince, durumda, *sanız, *seniz"
    ),
    arrived="aldıysanız, aldığınızda, ulaştı*, memnun*, teslim aldı*, aldıktan, elinize",
    refund="iade, para*, öde*, havale, geri öde*, paypal",
    resend="yeniden gönder*, tekrar gönder*, yeni ürün, yenisini, değişim",
    gift="hediye*, kupon*, indirim*, bonus",
    want="lütfen, rica, gerek*, lazım, hemen",
    extend="uzat*",
    change="değiştir*, seç*",
    reason="neden*, sebe*, gerekçe*",
    confirm="onayla*, teyit",
    receipt="teslim*, alındı*, aldığınızı",
    press="tıkla*, bas, basın",
    accept="kabul, onayla*",
    zero="iadesiz, sıfır, iade yok",
    optional="isterseniz, dilerseniz, istediğiniz zaman",
    outside="platform dışı*, banka hesab*, iban",
    contact="yaz*, gönder*, ekle*, iletişim, ver*",
    unable="yapamayız, edemeyiz, mümkün değil, edemiyoruz",
    open="açık, açıkken, devam",
    threat="kara liste*, polis*, avukat*",
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
    done="ملغى, ألغيت, تم الغاء*, تم إلغاء*, مغلق, تم اغلاق*, تم إغلاق*",
    dispute="*نزاع*, *شكوى*, *مطالبة*, *خلاف*, *طلب الاسترداد*, طلب استرداد*, القضية, *البلاغ*",
    order="*الطلبية*, *الطلب, طلبك, طلبية, المتجر, الحساب, *حساب*",
    no=(
        "لا, لن, لم, بدون, دون, لا داعي, لا حاجة, ليس عليك, غير ضروري, لا تقم, ليس من الضروري, "
        "لا يلزم"
    ),
    turns="اذا, إذا, لكن, قبل, حتى, من فضلك, يرجى, تقلق, تنسى, نستطيع, يمكننا, المال, ثم",
    when="اذا, إذا, عند, عندما, بعد, بمجرد, ان, لو, حتى",
    arrived="استلمت, استلام*, وصل*, راض*, بحالة جيدة, استلامك",
    refund="*استرداد*, نعيد, سنعيد, *المال*, المبلغ, *اموال*, *أموال*, ندفع, نحول*, سنرد",
    resend="*اعادة ارسال*, *إعادة إرسال*, نرسل, سنرسل, *جديد*, بديل*",
    gift="*هدية*, *كوبون*, *خصم*, قسيمة",
    want="يرجى, من فضلك, الرجاء, ارجو, أرجو, نرجو, يجب, رجاء, لو سمحت",
    extend="*تمديد*, نمدد",
    change="*تغيير*, غير, *تعديل*",
    reason="*سبب*",
    confirm="*تأكيد*, اكد, أكد, تأكيد",
    receipt="*استلام*, استلمت",
    press="اضغط*, انقر*",
    accept="قبول, اقبل, *موافق*, وافق, تقبل",
    zero="بدون استرداد, صفر",
    optional="اذا اردت, إذا أردت, كما تريد",
    outside="خارج المنصة, واتساب, واتس, حساب بنكي, الحساب البنكي",
    contact="ارسل*, أرسل*, تواصل*, اكتب*, راسل*",
    unable="لا نستطيع, لا يمكننا, لا يمكن, مستحيل",
    open="مفتوح*, قائم*",
    threat="القائمة السوداء, الشرطة, محام*",
)


HEBREW = Words(
    cancel="*בטל, *בטלי, *בטלו, *ביטול, לבטל, תבטל, בטל, *למשוך, *תמשוך, משוך, *לוותר, *תוותר",
    close=(
        "*לסגור, *תסגור, *סגור, סגרו, *סגרי, *תסגרו, *מחק, *למחוק, *להסיר, *הסר, *לסיים, "
        "*סגירת, *תסיר, *תמחק, סגרי"
    ),
    done="*בוטל*, *נסגר*, מבוטל*",
    dispute="*מחלוקת, *סכסוך, *תלונה, *תביעה, *דיספיוט, *ערעור, *בקשת ההחזר, *הבקשה, *המחלוקת",
    order="*הזמנה, *ההזמנה, *חנות, *חשבון",
    no="אל, אין צורך, לא, בלי, ללא, אין סיבה, לעולם, אינך צריך, מבלי",
    turns="אם, אבל, אנא, בבקשה, רק, כי, לפני, תדאג*, תשכח*, להחזיר, כסף, נוכל",
    when="אם, כאשר, כש*, לאחר, אחרי, ברגע, לפני, עד",
    arrived="קיבלת*, קבלת, מרוצ*, הגיע*, תקבל",
    refund="*החזר*, נחזיר, *כסף, *הכסף, נשלם, *תשלום, פייפאל",
    resend="נשלח, *חדש, *שוב, *חלופי, נשלח שוב",
    gift="*מתנה, *קופון, *הנחה, *בונוס",
    want="אנא, בבקשה, נא, צריך, חייב, מבקשים, חייבים",
    extend="*להאריך, נאריך, *הארכה",
    change="*לשנות, *שנה, תשנה, שנו",
    reason="*סיבה, *סיבת",
    confirm="*לאשר, *אשר, תאשר, אשרו",
    receipt="*קבלת, *קבלה, שקיבלת",
    press="לחץ, לחצו, תלחץ, הקלק*",
    accept="*לקבל, *הסכם, הסכם, תסכים, קבל",
    zero="ללא החזר, אפס",
    optional="אם תרצה, אם אתה רוצה",
    outside="וואטסאפ, ווטסאפ, מחוץ לפלטפורמה, חשבון בנק",
    contact="כתוב, שלח*, תשלח*, פנה, דבר",
    it="אותו, אותה, את זה",
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
    refund="visszatérít*, pénz*, visszafizet*",
    resend="újra, új terméket, újraküld*",
    gift="ajándék*, kupon*, kedvezmény*",
    want="kérem, kérjük, kell, legyen szíves",
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
    refund="επιστρ*, χρήματ*, χρημάτ*, πληρώσ*",
    resend="ξανά, νέο προϊόν, ξαναστείλ*",
    gift="δώρο, κουπόνι, έκπτωση",
    want="παρακαλώ, πρέπει",
)
