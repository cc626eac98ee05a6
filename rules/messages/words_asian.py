"""Chinese, Japanese, Korean, Thai, Hindi, Vietnamese and Indonesian words around giving a dispute up."""

from rules.messages.vocabulary import Words

CHINESE = Words(
    cancel="取消, 撤销, 撤消, 撤回, 撤诉, 撤掉, 撤了, 撤下, 撤单, 撤銷, 撤訴, 撤除, 撤一下",
    close=(
        "关闭, 关掉, 关了, 關閉, 删除, 删掉, 结束, 终止, 终结, 了结, 放弃, 停止, 關掉, 刪除, "
        "結束, 关一下"
    ),
    done="已取消, 已撤销, 已关闭, 被取消, 被关闭, 已撤回, 自动关闭, 自動關閉",
    dispute=(
        "纠纷, 糾紛, 争议, 爭議, 投诉, 投訴, 申诉, 退款申请, 退款申請, 索赔, 维权, 仲裁, 申请, "
        "案件, 案子"
    ),
    order="订单, 訂單, 店铺, 账号, 账户, 包裹",
    it="它, 这个, 一下, 掉",
    no=(
        "不要, 不用, 无需, 無需, 不必, 别, 別, 勿, 不需要, 没必要, 没有必要, 請勿, 请勿, 不能, "
        "不应, 未, 不会, 不可, 千万不, 无须, 不得, 不建议, 不想"
    ),
    turns=(
        "如果, 除非, 否则, 因为, 请先, 所以, 但, 然后, 就, 担心, 忘, 犹豫, 退款, 退钱, 才能, "
        "再, 着急, 生气, 等"
    ),
    when="如果, 若, 要是, 一旦, 当, 等, 之后, 以后, 后, 只要, 除非, 为什么, 的话",
    arrived="收到货, 收到商品, 收到包裹, 已收到, 收到了, 满意, 完好, 没有问题, 没问题后, 确认无误",
    optional="如果您愿意, 随时, 如您愿意, 由您决定, 可以自行, 如需",
    want="请, 請, 麻烦, 必须, 需要, 希望, 马上, 尽快, 帮忙, 拜托",
    refund="退款, 退钱, 退给, 退还, 返还, 打款, 转账, 赔, 补偿, 钱, paypal",
    resend="重发, 补发, 重新发, 再发, 重寄, 补寄, 重新寄, 换新, 補發",
    gift="礼物, 优惠券, 红包, 折扣, 赠品, 小礼品, 禮物",
    extend="延长, 延長",
    change="改, 修改, 更改, 选择, 变更, 換成, 换成",
    reason="原因, 理由, 个人原因",
    confirm="确认, 確認, 点击确认",
    receipt="收货, 收貨, 收到",
    whether="是否, 地址, 有没有",
    press="点击, 点, 按, 點擊, 點",
    accept="接受, 同意",
    zero="不退款, 零, 0元, 0美元, 无退款, 不退",
    formality="只是, 仅表示, 走个流程, 形式, 不会影响",
    reject="或拒绝, 或者拒绝, 或不同意",
    outside="微信, 支付宝, 私下, 平台外, 线下, 银行卡, 银行账户, 平台以外",
    contact="加, 联系, 告诉, 发给, 提供, 退, 转, 打, 解决",
    unable="无法, 不能, 没法, 不可以, 不允许",
    open="打开, 进行中, 开着, 存在, 未关闭, 期间, 还在",
    threat="黑名单, 报警, 举报您, 举报你, 封号, 起诉, 律师, 拉黑",
)


JAPANESE = Words(
    cancel="キャンセル, 取り消, 取消, 取り下げ, 取下げ, 撤回",
    close="閉じ, クローズ, 終了, 削除, 終わらせ, 解除, やめ, 中止, 終え",
    done="キャンセルされ, 閉じられ, 終了しました, 取り消され, キャンセル済み",
    dispute=(
        "紛争, 異議, 申し立て, 申立, クレーム, ディスピュート, 争議, 紛糾, 返金申請, "
        "返金リクエスト, 苦情, 係争, オープンケース, ケース"
    ),
    order="注文, オーダー, 店, アカウント",
    it="それ, これ",
    no_behind=(
        "しないで, ないで, なくて, する必要はあり, する必要はない, さないで, 必要はあり, "
        "必要はござ, 必要ありません, しなくて, 不要, さなくて, ないでください, じないで, "
        "げないで, げる必要, じる必要, す必要, なくても, 必要はない, しません, られません, "
        "できません"
    ),
    no="絶対に",
    turns="しないと, なければ, しなければ, 返金できま, でなければ",
    when="場合, たら, れば, 後, なら, すると, 次第",
    arrived="届い, 受け取, 到着, 満足, 問題がなければ, 確認でき, 受領し",
    optional="ご希望でしたら, よろしければ, いつでも, ご自由に",
    want="ください, お願い, 必要, いただけ, 下さい",
    refund="返金, お金, 払い戻し, 支払, 送金, paypal",
    resend="再送, 再発送, 新しい商品, 代替品, 交換品, 送り直",
    gift="プレゼント, クーポン, ギフト, 割引, 特典",
    extend="延長",
    change="変更, 変え, 選択, 選ん",
    reason="理由, 個人的",
    confirm="確認, 確定",
    receipt="受取, 受け取り, 受領",
    whether="かどうか, 住所",
    press="クリック, 押し, タップ",
    accept="承認, 同意, 承諾, 受け入れ, 同意する",
    zero="返金なし, ゼロ, 0円, 返金無し",
    formality="だけです, 形式的, ただの, 意味するだけ",
    reject="または拒否, か拒否",
    outside="プラットフォーム外, 銀行口座, サイト外, 直接取引, ライン",
    contact="教えて, 連絡, 送って, 追加, 返金",
    unable="できません, できない, 不可能",
    open="開いている, 継続中, 進行中, 続いている間, オープン",
    threat="ブラックリスト, 警察, 通報し, 訴え, 弁護士",
)


KOREAN = Words(
    cancel="취소, 철회, 캔슬, 취하",
    close="종료, 닫아, 닫으, 닫고, 닫으시, 삭제, 중단, 종결, 마감, 내려, 없애, 포기, 해제, 닫",
    done="취소되었, 취소됐, 종료되었, 취소된, 종료됐, 자동 종료",
    dispute="분쟁, 이의, 클레임, 신고, 환불 요청, 환불 신청, 디스퓨트, 요청, 컴플레인, 불만",
    order="주문, 상점, 계정, 가게",
    it="그것, 이것",
    no_behind=(
        "하지 마, 하지마, 할 필요, 하지 않, 하실 필요, 필요 없, 필요가 없, 필요는 없, "
        "지 마세요, 지 마시, 지 말, 지 않아도, 을 필요, 안 하셔도, 하지 말"
    ),
    no="안, 절대",
    turns="않으면, 않을 경우, 안 하면",
    when="경우, 면, 후에, 하시면, 뒤에, 다음",
    arrived="받으시고, 받으신 후, 도착하면, 받은 후, 수령, 만족, 받으셨, 이상이 없",
    optional="원하시면, 언제든지, 원하신다면, 편하실 때",
    want="주세요, 부탁, 바랍니다, 해야, 주시, 주십시오",
    refund="환불, 돈, 입금, 송금, 보상, 페이팔, paypal",
    resend="재발송, 다시 보내, 새 상품, 교환, 새로 보내, 다시 발송",
    gift="선물, 쿠폰, 할인, 사은품",
    extend="연장",
    change="변경, 바꿔, 수정, 선택",
    reason="이유, 사유",
    confirm="확인",
    receipt="수령, 수취, 구매확정, 상품 받",
    whether="여부, 주소, 인지",
    press="클릭, 눌러, 누르",
    accept="수락, 동의, 승인",
    zero="환불 없, 0원, 환불 없이",
    formality="일 뿐, 형식적, 뿐입니다",
    reject="또는 거절, 거나 거절",
    outside="카카오톡, 카톡, 계좌, 플랫폼 외, 밖에서, 따로",
    contact="알려, 보내, 추가, 연락, 환불, 입금",
    unable="할 수 없, 불가능, 안 됩니다, 수 없습니다",
    open="열려, 진행 중, 진행중",
    threat="블랙리스트, 경찰, 신고하겠, 차단하겠, 계정이 정지",
)


THAI = Words(
    cancel="ยกเลิก, เพิกถอน, ถอน",
    close="ปิด, ลบ, ยุติ",
    done="ถูกยกเลิก, ยกเลิกแล้ว, ถูกปิด",
    dispute="ข้อพิพาท, พิพาท, เคส, คำร้อง, ร้องเรียน, คำขอคืนเงิน, ดิสพิวท์",
    order="คำสั่งซื้อ, ออเดอร์, ร้าน, บัญชี",
    no="ไม่ต้อง, อย่า, ไม่จำเป็นต้อง, ห้าม, ไม่ควร, ไม่ให้, ไม่",
    turns="ถ้า, หาก, กรุณา, คืนเงิน, กังวล, ลืม, โปรด, แล้ว",
    when="ถ้า, หาก, เมื่อ, หลังจาก",
    arrived="ได้รับสินค้า, ได้รับของ, ได้รับพัสดุ, พอใจ",
    want="กรุณา, โปรด, ช่วย, ต้อง, ขอให้",
    refund="คืนเงิน, เงิน, โอน, paypal",
    resend="ส่งใหม่, ส่งสินค้าใหม่, ส่งอีกครั้ง",
    gift="ของขวัญ, คูปอง, ส่วนลด, ของแถม",
    extend="ขยาย",
    change="เปลี่ยน, แก้ไข",
    reason="เหตุผล",
    confirm="ยืนยัน",
    receipt="รับสินค้า, ได้รับ",
    press="กด, คลิก",
    accept="ยอมรับ, ตกลง",
    zero="ไม่คืนเงิน",
    outside="นอกแพลตฟอร์ม, ไลน์, บัญชีธนาคาร",
    contact="แอด, ติดต่อ, ส่ง, โอน",
    optional="หากต้องการ, ถ้าต้องการ",
    it="มัน",
)


HINDI = Words(
    cancel="रद्द, कैंसल, कैंसिल, वापस ले",
    close="बंद, हटा, समाप्त",
    dispute="विवाद, डिस्प्यूट, शिकायत, दावा, क्लेम",
    order="ऑर्डर, आर्डर, दुकान, खाता",
    no="मत, न, ना, बिना",
    no_behind="मत, न करें, ना करें, नहीं, की जरूरत नहीं, की आवश्यकता नहीं, की ज़रूरत नहीं",
    turns="अगर, यदि, कृपया, तो, और",
    when="अगर, यदि, जब, बाद",
    arrived="मिल गया, मिल जाए, प्राप्त, संतुष्ट",
    refund="पैसे, पैसा, रिफंड, वापसी, भुगतान",
    resend="दोबारा, फिर से, नया",
    gift="उपहार, कूपन, छूट, गिफ्ट",
    want="कृपया, प्लीज",
    extend="बढ़ा",
    change="बदल",
    reason="कारण",
    confirm="पुष्टि",
    receipt="प्राप्ति, प्राप्त",
    it="इसे",
)


VIETNAMESE = Words(
    cancel="hủy, huỷ, rút lại, rút, bãi bỏ",
    close="đóng, xóa, xoá, kết thúc, gỡ, bỏ",
    done="đã hủy, đã đóng, bị hủy",
    dispute="tranh chấp, khiếu nại, yêu cầu hoàn tiền, yêu cầu",
    order="đơn hàng, cửa hàng, tài khoản",
    no="không, đừng, chưa, không cần, khỏi",
    turns="nếu, nhưng, vui lòng, xin, hoàn tiền, lo, quên, thì, và",
    when="nếu, khi, sau khi, một khi",
    arrived="nhận được, nhận hàng, hài lòng, đã nhận",
    refund="hoàn tiền, tiền, chuyển khoản, trả lại, hoàn lại",
    resend="gửi lại, gửi hàng mới, sản phẩm mới, đổi",
    gift="quà, phiếu giảm giá, giảm giá, tặng",
    want="vui lòng, xin, hãy, cần, phải, làm ơn",
    extend="gia hạn",
    change="thay đổi, sửa, đổi",
    reason="lý do",
    confirm="xác nhận",
    receipt="nhận hàng, đã nhận",
    press="nhấn, bấm, nhấp",
    accept="chấp nhận, đồng ý",
    zero="không hoàn tiền",
    optional="nếu bạn muốn",
    outside="zalo, ngoài nền tảng, tài khoản ngân hàng",
    contact="gửi, liên hệ, thêm, cho",
    it="nó",
)


INDONESIAN = Words(
    cancel=(
        "batal*, membatal*, dibatal*, pembatalan, cabut, mencabut, tarik kembali, menarik, "
        "tarik, urungkan"
    ),
    close="tutup, menutup, hapus, menghapus, akhiri, selesaikan, hentikan, ditutup",
    dispute="sengketa, komplain, keluhan, klaim, perselisihan, dispute, tuntutan, kasus, banding",
    order="pesanan, toko, akun, order",
    no="jangan, tidak perlu, tidak usah, tanpa, tidak harus, tidak, tak perlu, gak usah",
    turns="jika, kalau, tapi, silakan, tolong, mohon, khawatir, lupa, dan, kembalikan, uang",
    when="jika, kalau, setelah, ketika, begitu, bila",
    arrived="sudah menerima, menerima barang, diterima, puas, barang sampai",
    refund="uang, refund, kembalikan, pengembalian, transfer, bayar",
    resend="kirim ulang, kirim lagi, barang baru, mengirim ulang, kirim kembali",
    gift="hadiah, kupon, diskon, bonus",
    want="tolong, mohon, silakan, harus, harap, silahkan",
    extend="perpanjang*",
    change="ubah, ganti, mengubah",
    reason="alasan",
    confirm="konfirmasi*",
    receipt="penerimaan, diterima, barang diterima, terima barang",
    press="klik, tekan",
    accept="terima, setuju, setujui",
    zero="tanpa pengembalian",
    optional="jika anda mau, kalau mau, jika ingin",
    outside="di luar platform, rekening",
    contact="kirim, hubungi, tambahkan, beri",
    it="itu, ini, nya",
)
