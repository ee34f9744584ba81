//! How much room a disk has.

/// Bytes of a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiskSpace {
    /// That can still be written.
    pub free: u64,
    /// In all.
    pub total: u64,
}
