//! Days on the command line.

use jiff::civil::Date;

/// Reads a day.
pub(super) fn day(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| "a day is expected: YYYY-MM-DD, such as 2026-11-20".to_owned())
}
