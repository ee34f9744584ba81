//! What a mail calls an edit, in each language.

use super::words::Counted;
use crate::model::{ChangeKind, Language};

/// The words for changes in one language. `{}` stands for a number or for names.
#[derive(Debug)]
pub(super) struct ChangeWords {
    /// What happened to an article, by kind.
    kinds: [(ChangeKind, &'static str); 14],
    /// What happened where nothing more is known of it.
    edited: &'static str,
    /// The same of a watched page.
    page: &'static str,
    /// Before tracked names that are new in the text, and before those that are gone.
    pub(super) appeared: &'static str,
    pub(super) vanished: &'static str,
    /// Replaced words without room.
    pub(super) more: Counted,
}

impl ChangeWords {
    /// The words of this language.
    pub(super) fn of(language: Language) -> &'static Self {
        match language {
            Language::Vi => &VIETNAMESE,
            Language::En => &ENGLISH,
        }
    }

    /// What happened.
    pub(super) fn label(&self, kind: Option<ChangeKind>, is_of_page: IsOfPage) -> &'static str {
        let told = self.kinds.iter().find(|(known, _)| Some(*known) == kind);
        let usual = match is_of_page {
            IsOfPage::Yes => self.page,
            IsOfPage::No => self.edited,
        };
        told.map_or(usual, |(_, label)| label)
    }
}

/// Whether a watched page changed, or an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IsOfPage {
    Yes,
    No,
}

static VIETNAMESE: ChangeWords = ChangeWords {
    kinds: [
        (ChangeKind::TakenDown, "Đã bị gỡ"),
        (ChangeKind::Truncated, "Chỉ còn phần đầu, phần sau bị khóa"),
        (ChangeKind::ItemAdded, "Có mục mới"),
        (ChangeKind::ItemRemoved, "Mất một mục"),
        (ChangeKind::ItemEdited, "Một mục đổi tên"),
        (ChangeKind::Reordered, "Thứ tự các mục thay đổi"),
        (ChangeKind::Correction, "Đính chính"),
        (ChangeKind::TitleEdit, "Sửa tiêu đề"),
        (ChangeKind::Moved, "Các đoạn đổi chỗ"),
        (ChangeKind::ParagraphAdded, "Thêm đoạn"),
        (ChangeKind::ParagraphRemoved, "Bỏ đoạn"),
        (ChangeKind::NumberEdit, "Sửa số liệu"),
        (ChangeKind::EntityEdit, "Sửa tên"),
        (ChangeKind::Minor, "Sửa chính tả"),
    ],
    edited: "Đã sửa",
    page: "Trang thay đổi",
    appeared: "Mới có tên: {}",
    vanished: "Không còn tên: {}",
    more: Counted { one: "và 1 chỗ nữa", many: "và {} chỗ nữa" },
};

static ENGLISH: ChangeWords = ChangeWords {
    kinds: [
        (ChangeKind::TakenDown, "Taken down"),
        (ChangeKind::Truncated, "Cut off at a wall"),
        (ChangeKind::ItemAdded, "New item"),
        (ChangeKind::ItemRemoved, "Item gone"),
        (ChangeKind::ItemEdited, "Item renamed"),
        (ChangeKind::Reordered, "Items reordered"),
        (ChangeKind::Correction, "Correction"),
        (ChangeKind::TitleEdit, "Headline edited"),
        (ChangeKind::Moved, "Paragraphs moved"),
        (ChangeKind::ParagraphAdded, "Paragraph added"),
        (ChangeKind::ParagraphRemoved, "Paragraph removed"),
        (ChangeKind::NumberEdit, "Number edited"),
        (ChangeKind::EntityEdit, "Name edited"),
        (ChangeKind::Minor, "Spelling edited"),
    ],
    edited: "Edited",
    page: "Page changed",
    appeared: "Named now: {}",
    vanished: "No longer named: {}",
    more: Counted { one: "and 1 more place", many: "and {} more places" },
};
