//! What Cánh Diều, the Vietnamese paper, writes. All of it is invented.

use super::Effect;
use super::english::TIDE_MODEL;
use super::story::{Appears, Edit, Paper, Story};

/// The box beside every article; none of it belongs to the article.
pub(super) const MOST_READ: &[&str] = &[
    "Huawei đặt tên một con sao biển theo chip Ascend",
    "Nvidia tặng làng chài Hòn Mây mười chiếc đèn lồng",
    "Vì sao SMIC dời lịch nghỉ mưa ở xưởng Bãi Cát Tím",
    "DeepSeek thua cờ tướng một cụ ông 93 tuổi",
];

pub(super) const STORIES: &[Story] = &[
    Story {
        slug: "huawei-do-muc-nuoc-gieng-lang",
        appears: Appears::DaysBefore(3),
        title: "Huawei lắp cảm biến đo mực nước giếng làng Hòn Mây",
        lead: "Ba giếng cổ trên đảo Hòn Mây vừa có cảm biến báo mực nước mỗi giờ một lần.",
        author: "Vũ Hải Đăng",
        paragraphs: &[
            "Huawei cho biết mỗi cảm biến chạy được mười một tháng bằng một viên pin bằng quả vải.",
            "Số liệu hiện lên một tấm bảng gỗ ở đình, cạnh lịch con nước.",
            "Trưởng làng Hòn Mây nói dân đảo vẫn sẽ ra giếng xem tận mắt, vì đó là chỗ hẹn nhau chuyện trò.",
        ],
        caption: "Giếng cổ giữa làng Hòn Mây trong một buổi sáng nhiều sương.",
        effect: Effect::Silence,
        expect: "no mail: it is older than two days at the first poll (`backfill`), so it is only noted",
        ..BLANK
    },
    Story {
        slug: "robot-phan-loai-ca-hon-may",
        appears: Appears::After(0),
        title: "Chợ cá Hòn Mây thử robot phân loại cá bằng mùi",
        lead: "Bốn robot nhỏ như chiếc ấm trà bắt đầu làm việc ở chợ cá lúc ba giờ sáng.",
        author: "Tô Khánh Chi",
        paragraphs: &[
            "Mỗi robot ngửi một sọt cá trong sáu giây rồi dán nhãn màu lên quai sọt.",
            "Ban quản lý chợ nói robot nhận ra mười bốn loài cá, nhưng vẫn nhầm cá đối với cá kình.",
            "Các tiểu thương đề nghị cho robot nghỉ trưa, vì lúc ấy mùi nước mắm từ xưởng bên cạnh quá nồng.",
        ],
        caption: "Một robot đang ngửi sọt cá đối ở cuối chợ.",
        related: &["Huawei và SMIC cùng xin thuê sạp trong chợ cá Hòn Mây"],
        effect: Effect::Silence,
        expect: "no mail: tracked names stand only in its related box, tags and sidebar, not in the article",
        ..BLANK
    },
    Story {
        slug: "huawei-mo-phong-thi-nghiem-thuy-trieu",
        appears: Appears::After(5),
        title: "Huawei mở phòng thí nghiệm chip chạy bằng thủy triều ở Hòn Mây",
        lead: "Phòng thí nghiệm nổi đầu tiên của Huawei dùng sức nước lên xuống để nuôi một cụm 96 chip Ascend.",
        author: "Lê Minh Khuê",
        paragraphs: &[
            "Huawei neo phòng thí nghiệm vào mỏm đá phía đông đảo Hòn Mây từ sáng nay, sau hai tuần chờ biển lặng.",
            "Theo bản vẽ treo ở cửa, cụm 96 chip Ascend chỉ tính toán khi nước lên và ngủ khi nước ròng.",
            "Kỹ sư trưởng Đặng Sóng Thu nói cách làm này khiến lập trình viên phải học lịch con nước trước khi viết mã.",
        ],
        caption: "Phòng thí nghiệm nổi của Huawei nhìn từ mỏm đá phía đông.",
        related: &["Nvidia bị đồn mua lại ngọn hải đăng Mũi Gió"],
        comments: &[("Người Đi Biển", "Thế Nvidia có làm được như vậy không?")],
        effect: Effect::Alert,
        expect: "a mail at once: the rule names Huawei",
        ..BLANK
    },
    Story {
        slug: "op-lung-huawei-vo-oc",
        appears: Appears::After(16),
        title: "Ốp lưng vỏ ốc cho điện thoại Huawei bán hết trong một buổi chợ",
        lead: "Một xưởng thủ công ở Hòn Mây làm 210 chiếc ốp lưng từ vỏ ốc xà cừ.",
        author: "Tô Khánh Chi",
        paragraphs: &[
            "Mỗi chiếc ốp lưng được mài trong bốn giờ, vừa khít một mẫu điện thoại Huawei đời cũ.",
            "Người mua xếp hàng từ lúc chưa tan sương, nhiều người đến chỉ để sờ thử lớp xà cừ lạnh tay.",
            "Chủ xưởng nói sẽ không làm thêm cho đến mùa ốc năm sau.",
        ],
        caption: "Những chiếc ốp lưng xà cừ phơi trên mái hiên.",
        comments: &[("Bà Tư Bến Đò", "Bao giờ có cho máy khác?")],
        effect: Effect::Digest,
        expect: "no mail of its own: the rule says AND NOT “ốp lưng”; the next digest names it",
        ..BLANK
    },
    Story {
        slug: "smic-ghep-chip-thanh-dan-dong-ca",
        appears: Appears::After(26),
        title: "SMIC ghép chip thành dàn đồng ca cho lễ hội diều",
        lead: "Dàn máy của SMIC sẽ hát bè trầm trong đêm khai mạc lễ hội diều Bãi Cát Tím.",
        author: "Lê Minh Khuê",
        paragraphs: &[
            "Xưởng Bãi Cát Tím của SMIC ghép 384 chip, mỗi chip giữ đúng một nốt nhạc.",
            "Nhạc trưởng Phan Lưu Vân cho biết dàn máy hát đúng nhịp nhưng chưa biết lấy hơi.",
            "Đêm khai mạc mở cửa tự do cho người mang theo một con diều tự làm.",
        ],
        caption: "Các giá máy xếp thành hình cánh diều trước giờ tổng duyệt.",
        edit: Some(Edit { at: 42, from: "384", to: "382" }),
        related: &["DeepSeek viết lời hai cho bài hát của ngọn hải đăng"],
        effect: Effect::Alert,
        expect: "a mail at once: the rule names SMIC",
        ..BLANK
    },
    Story {
        paper: Paper::CanhDieu,
        slug: "deepseek-tide-model-the-lantern-wire",
        appears: Appears::After(33),
        credit: Some(Paper::LanternWire.name()),
        related: &[],
        comments: &[("Thầy Giáo Làng", "Báo mình đăng tiếng Anh cho học trò đọc, hay quá.")],
        effect: Effect::Silence,
        expect: "no second mail: word for word what The Lantern Wire already brought",
        ..TIDE_MODEL
    },
    Story {
        slug: "thu-vien-noi-nhan-sach-tu-hoa-vi",
        appears: Appears::After(50),
        title: "Thư viện nổi Hòn Mây nhận giá sách biết tự xoay theo gió",
        lead: "Món quà đến từ một hãng công nghệ mà tấm biển đồng chỉ ghi bằng chữ Hán.",
        author: "Vũ Hải Đăng",
        paragraphs: &[
            "Giá sách có bốn cánh buồm nhỏ, xoay bìa sách về phía người đọc khi gió đổi chiều.",
            "Trên tấm biển đồng gắn dưới chân giá khắc hai chữ 华为, bên cạnh là hình một bông sen.",
            "Thủ thư Ngô Bích Thủy nói sách hay bị gió lật trang trước khi người ta đọc xong.",
        ],
        caption: "Giá sách có buồm trên boong thư viện nổi.",
        effect: Effect::Alert,
        expect: "a mail at once: 华为 is an alias of Huawei, though the Latin name stands nowhere in it",
        ..BLANK
    },
];

const BLANK: Story = Story { paper: Paper::CanhDieu, ..Story::BLANK };
