//! The memory of a daemon that runs for months: what a burst of pages took goes back to the system.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::process::Command;

/// How glibc's allocator is told to give back what is free. As it is, each thread has a heap of its own, of which nothing is given
/// back that lies below anything in use, and one large block that is freed raises the bound from which blocks are mapped, up to 32 MiB.
/// After a thousand pages that is 10 MB of holes.
const SETTINGS: [(&str, &str); 3] =
    [("MALLOC_ARENA_MAX", "1"), ("MALLOC_TRIM_THRESHOLD_", "131072"), ("MALLOC_MMAP_THRESHOLD_", "65536")];

/// Says that this was done. glibc takes its own variables away from a program that runs with more rights than its user.
const DONE: &str = "DIEMTIN_LEAN";

/// Begins this program anew with those settings, as the same process, unless the environment says something of its own.
///
/// The allocator reads them before the first line of a program, and the call that changes them later is no safe code. jemalloc and
/// mimalloc, as they are, held more.
pub(super) fn begin(arguments: &[OsString]) {
    let is_set = |name: &str| std::env::var_os(name).is_some();
    let has_settings = is_set(DONE) || SETTINGS.iter().any(|(name, _)| is_set(name));
    if !cfg!(all(target_os = "linux", target_env = "gnu")) || has_settings {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let mut again = Command::new(program);
    if let Some((own_name, rest)) = arguments.split_first() {
        again.arg0(own_name).args(rest);
    }
    // Where that is refused, memory is used as the system does by itself.
    let _refused = again.envs(SETTINGS).env(DONE, "1").exec();
}
