//! Any text as a date.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _moment = diemtin::text::date::parse(text, chrono_tz::Asia::Ho_Chi_Minh);
});
