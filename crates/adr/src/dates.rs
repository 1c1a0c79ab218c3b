//! Days in a text, as people write them beside a status: 2026-02-03, 2026/2/3, 03.02.2026, 2026年2月3日.
//!
//! 02/03/2026 is left alone: nobody can tell which of the two numbers is the month.

use std::ops::Range;

/// A day: year, month, day. Later days are greater.
pub(crate) type Day = (u16, u8, u8);

/// The days in a text and where they stand, in order.
pub(crate) fn days(text: &str) -> Vec<(Range<usize>, Day)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text
        .get(at..)
        .and_then(|rest| rest.find(|c: char| c.is_ascii_digit()))
    {
        let start = at + offset;
        let rest = text.get(start..).unwrap_or("");
        match day(rest) {
            Some((day, length)) => {
                found.push((start..start + length, day));
                at = start + length;
            }
            None => {
                at =
                    start + rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len()
            }
        }
    }
    found
}

/// The day at the start of a text, and its length in bytes.
fn day(text: &str) -> Option<(Day, usize)> {
    let (first, rest) = number(text)?;
    let separator = rest.chars().next()?;
    let (second, rest) = number(rest.get(separator.len_utf8()..)?)?;
    let again = rest.chars().next()?;
    let (third, rest) = number(rest.get(again.len_utf8()..)?)?;
    let (is_alike, rest) = match (separator, again) {
        ('-', '-') | ('/', '/') | ('.', '.') => (true, rest),
        ('年', '月') => (true, rest.strip_prefix('日').unwrap_or(rest)),
        _ => (false, rest),
    };
    let (year, month, day) = match (first.len(), separator, third.len()) {
        (4, _, 1 | 2) => (first, second, third),
        (1 | 2, '.', 4) => (third, second, first),
        _ => return None,
    };
    let day = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let is_day = is_alike && (1..=12).contains(&day.1) && (1..=31).contains(&day.2);
    is_day.then_some((day, text.len() - rest.len()))
}

fn number(text: &str) -> Option<(&str, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    (1..=4).contains(&end).then(|| text.split_at(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let found = |text| {
            days(text)
                .into_iter()
                .map(|(_, day)| day)
                .collect::<Vec<_>>()
        };
        for text in [
            "on 2026-02-03.",
            "2026/2/3",
            "03.02.2026:",
            "2026年2月3日",
            "(2026.02.03)",
        ] {
            assert_eq!(found(text), [(2026, 2, 3)], "{text}");
        }
        assert_eq!(
            found("2026-01-10 and 2026-02-03"),
            [(2026, 1, 10), (2026, 2, 3)]
        );
        for text in [
            "",
            "ADR-0005",
            "1.2.3",
            "02/03/2026",
            "2026-13-01",
            "20260203",
            "2026-02",
            "1.",
            "12345-01-01",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
