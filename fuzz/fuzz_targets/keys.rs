#![no_main]

#[path = "../properties.rs"]
#[allow(dead_code, reason = "each target asks for one promise of several")]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::keys(bytes));
