//! What sort of change an edit is, in words.

use crate::model::ChangeKind;

/// In Vietnamese.
pub(super) fn vietnamese(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::HttpError => "Máy chủ báo lỗi",
        ChangeKind::Empty => "Trang trống",
        ChangeKind::Incomplete => "Trang tải không trọn",
        ChangeKind::Blocked => "Trang chặn truy cập tự động",
        ChangeKind::FilterMissing => "Không thấy phần được theo dõi",
        ChangeKind::TakenDown => "Đã bị gỡ",
        ChangeKind::Truncated => "Đã bị khóa sau đăng nhập hoặc trả phí",
        ChangeKind::Restored => "Đã có lại",
        ChangeKind::ItemAdded => "Có mục mới",
        ChangeKind::ItemRemoved => "Bớt một mục",
        ChangeKind::ItemEdited => "Đổi tên một mục",
        ChangeKind::Reordered => "Đổi thứ tự",
        ChangeKind::Correction => "Có lời đính chính",
        ChangeKind::TitleEdit => "Đổi tiêu đề",
        ChangeKind::Moved => "Đảo thứ tự các đoạn",
        ChangeKind::ParagraphAdded => "Thêm đoạn",
        ChangeKind::ParagraphRemoved => "Bỏ đoạn",
        ChangeKind::NumberEdit => "Sửa số liệu",
        ChangeKind::EntityEdit => "Đổi tên riêng",
        ChangeKind::Edit => "Sửa câu chữ",
        ChangeKind::Minor => "Sửa nhỏ",
    }
}

/// In English.
pub(super) fn english(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::HttpError => "The server fails",
        ChangeKind::Empty => "The page is empty",
        ChangeKind::Incomplete => "The page came incomplete",
        ChangeKind::Blocked => "The page keeps programs out",
        ChangeKind::FilterMissing => "The watched part is not there",
        ChangeKind::TakenDown => "Taken down",
        ChangeKind::Truncated => "Now behind a login or pay wall",
        ChangeKind::Restored => "Is back",
        ChangeKind::ItemAdded => "New in the list",
        ChangeKind::ItemRemoved => "Gone from the list",
        ChangeKind::ItemEdited => "Renamed in the list",
        ChangeKind::Reordered => "In another order",
        ChangeKind::Correction => "Correction added",
        ChangeKind::TitleEdit => "Headline changed",
        ChangeKind::Moved => "Paragraphs moved",
        ChangeKind::ParagraphAdded => "Paragraph added",
        ChangeKind::ParagraphRemoved => "Paragraph removed",
        ChangeKind::NumberEdit => "Numbers changed",
        ChangeKind::EntityEdit => "Name changed",
        ChangeKind::Edit => "Wording changed",
        ChangeKind::Minor => "Small change",
    }
}
