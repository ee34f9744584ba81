//! How the program is linked.

use std::process::Command;

/// The first glibc that reads packed relocations, as (major, minor).
const READS_PACKED: (u32, u32) = (2, 36);

/// A program that may be loaded anywhere holds 80,000 places to be adjusted when it starts. Packed they take 30 kB instead of 1.8 MB,
/// in the file and in memory; an older glibc would refuse the program, so that what is built there has them the long way.
fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is_native = std::env::var("HOST").ok() == std::env::var("TARGET").ok();
    if is_native && glibc().is_some_and(|version| version >= READS_PACKED) {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// The glibc of this machine, where it has one.
fn glibc() -> Option<(u32, u32)> {
    let asked = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let answer = String::from_utf8(asked.stdout).ok()?;
    let (major, minor) = answer.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.split('.').next()?.parse().ok()?))
}
