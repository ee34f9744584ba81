//! Copies, reports of one kind, and stories, in texts made up for it.

mod copies;
mod kin;
mod stories;

use super::*;
use crate::model::{Field, Mention};

const VIETNAMESE: &str = "Sao Mai mở nhà máy linh kiện thứ hai tại Quảng Trị
Tập đoàn Sao Mai sáng nay khánh thành nhà máy linh kiện thứ hai ở Quảng Trị, với vốn đầu tư 1.250 tỷ đồng sau 18 tháng xây dựng.
Theo bà Lê Thu Hà, giám đốc điều hành, dây chuyền mới giúp sản lượng tăng 35% và tạo việc làm cho khoảng 2.400 lao động địa phương.
Nhà máy dùng điện mặt trời trên mái cho gần một nửa nhu cầu và tái chế toàn bộ nước thải trước khi đưa trở lại xưởng mạ.
Các đối tác từ Nhật Bản đã đặt hàng cho hai năm tới, trong khi chính quyền tỉnh hứa hoàn thành tuyến đường nối ra cảng trước mùa mưa.
Giới phân tích cho rằng bước đi này giúp công ty giảm phụ thuộc vào nguồn cung từ nước ngoài khi chi phí vận chuyển còn biến động.";

const ENGLISH: &str = "Harbour city approves a tunnel under the old docks
The council of Port Ellery voted late on Monday to build a rail tunnel beneath its old docks, a project put at $2.4 billion.
Supporters said the line would take 38,000 cars off the bridges each day and bring the northern suburbs within a quarter of an hour.
Opponents, among them the union of dock workers, warned that digging could disturb the foundations of warehouses built in 1880.
Mayor Ruth Okafor promised that an independent engineer would report on the ground every three months while the machines were at work.
The first trains are expected to run in nine years, and the state treasury has agreed to carry 60% of whatever the builders ask.";

const CHINESE: &str = "星河科技在滨海新区启动储能电站建设
星河科技周二宣布，在滨海新区启动一座大型储能电站的建设，项目总投资约为48亿元，预计两年后并网运行。
公司负责人林若水表示，电站采用自主研发的液流电池，储存容量可满足三十万户家庭一个晚上的用电需求。
当地政府为项目提供了土地和税收方面的支持，并要求施工单位在雨季到来之前完成地基工程和防洪设施。
业内人士认为，随着风电和光伏装机不断增加，电网对长时储能的需求将在未来几年里保持较快的增长速度。
不过也有专家提醒，液流电池的成本仍然偏高，企业需要通过规模化生产和材料回收来进一步降低价格。";

fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

/// Title, lead and text by lines; the entities named stand in the title.
fn facts(text: &str, entities: &[&str]) -> Facts {
    let mut lines = text.splitn(3, '\n');
    let mut next = || lines.next().unwrap_or_default();
    let mention = |entity: &&str| Mention {
        entity: (*entity).to_owned(),
        alias: (*entity).to_owned(),
        surface: (*entity).to_owned(),
        start: 0,
        end: 1,
        field: Field::Title,
    };
    let mentions: Vec<Mention> = entities.iter().map(mention).collect();
    Facts::of(Parts { title: next(), lead: next(), text: next(), mentions: &mentions, published: None })
}
