//! Numbers with decimals, held as whole numbers: with two digits 99.95 is 9995. So everything that reasons knows whole
//! numbers only, and nothing is ever rounded.

use serde::{Deserialize, Serialize};

use crate::text::Tree;

/// How many decimals the numbers of a count may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Digits(u8);

/// The most decimals.
const MOST: u8 = 6;

/// The largest number that is held where there are decimals: every one up to it survives a reader who takes numbers of
/// JSON for binary fractions of 53 bits.
const MOST_HELD: i64 = 1_000_000_000_000_000;

impl Digits {
    /// Whole numbers.
    pub const NONE: Self = Self(0);

    /// What is allowed as a number of digits, in words.
    pub const ALLOWED: &'static str = "a whole number from 0 to 6";

    /// So many; `None` where that is more than there can be.
    pub fn new(count: i64) -> Option<Self> {
        let count = u8::try_from(count).ok()?;
        (count <= MOST).then_some(Self(count))
    }

    /// How many there are.
    pub fn count(self) -> u8 {
        self.0
    }

    /// How many numbers may have, in words; `None` of whole numbers.
    pub fn limit(self) -> Option<String> {
        match self.0 {
            0 => None,
            1 => Some("at most one decimal".into()),
            more => Some(format!("at most {more} decimals")),
        }
    }

    /// What 1 is held as.
    pub fn one(self) -> i64 {
        10_i64.pow(self.0.into())
    }

    /// Whether a number may be held.
    pub fn can_hold(self, number: i64) -> bool {
        self == Self::NONE || (-MOST_HELD..=MOST_HELD).contains(&number)
    }

    /// The number that stands in a file; `None` where it is none, or has too many decimals.
    pub fn read(self, tree: &Tree) -> Option<i64> {
        match tree {
            Tree::Number(text) if self != Self::NONE => self.exact(text),
            Tree::Integer(_) | Tree::Number(_) => tree.whole_number()?.checked_mul(self.one()),
            _ => None,
        }
    }

    /// The number that stands in a text, such as `99.95`, `-3` or `+1.0`.
    pub fn parse(self, text: &str) -> Option<i64> {
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        let is_plain = digits.starts_with(|own: char| own.is_ascii_digit())
            && digits.ends_with(|own: char| own.is_ascii_digit())
            && digits
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.');
        is_plain.then(|| self.exact(text)).flatten()
    }

    /// The number of a text as YAML writes it, also `1e3`, `.5` and `5.`.
    fn exact(self, text: &str) -> Option<i64> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?.into()),
            None => (text, 0_i64),
        };
        let digits = mantissa.strip_prefix(['+', '-']).unwrap_or(mantissa);
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let mut held: i128 = 0;
        for digit in whole.chars().chain(decimals.chars()) {
            held = held
                .checked_mul(10)?
                .checked_add(digit.to_digit(10)?.into())?;
        }
        let mut places = i64::from(self.0) + exponent - i64::try_from(decimals.len()).ok()?;
        while places > 0 && held != 0 {
            (held, places) = (held.checked_mul(10)?, places - 1);
        }
        while places < 0 && held != 0 {
            let is_whole = held % 10 == 0;
            (held, places) = (is_whole.then_some(held / 10)?, places + 1);
        }
        let sign = if mantissa.starts_with('-') { -1 } else { 1 };
        i64::try_from(sign * held).ok()
    }

    /// The number as it is said: `99.95`, `100`.
    pub fn say(self, number: i64) -> String {
        let one = self.one().unsigned_abs();
        let sign = if number < 0 { "-" } else { "" };
        let (whole, part) = (number.unsigned_abs() / one, number.unsigned_abs() % one);
        if part == 0 {
            return format!("{sign}{whole}");
        }
        let decimals = format!("{part:0width$}", width = usize::from(self.0));
        format!("{sign}{whole}.{}", decimals.trim_end_matches('0'))
    }

    /// The number as it is written in files: the inverse of [`Digits::read`].
    pub fn write(self, number: i64) -> Tree {
        match number % self.one() {
            0 => Tree::Integer(number / self.one()),
            _ => Tree::Number(self.say(number).into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(count: i64) -> Digits {
        Digits::new(count).expect("few")
    }

    #[test]
    fn what_is_said_is_read_as_the_same_number() {
        for count in 0..=6 {
            let digits = digits(count);
            for number in (-2000..2000).chain([999_999_999_999_999, -1_000_000_000_000_000]) {
                assert_eq!(
                    digits.parse(&digits.say(number)),
                    Some(number),
                    "{count} {number}"
                );
                assert_eq!(
                    digits.read(&digits.write(number)),
                    Some(number),
                    "{count} {number}"
                );
            }
        }
    }

    #[test]
    fn a_number_of_json_is_the_same_after_a_reader_of_binary_fractions() {
        for number in [1, 9_995, 123_456_789_012_345, 999_999_999_999_999] {
            for count in 1..=6 {
                let said = digits(count).say(number);
                let binary: f64 = said.parse().expect("a number");
                assert_eq!(
                    digits(count).exact(&format!("{binary:?}")),
                    Some(number),
                    "{said}"
                );
            }
        }
    }

    #[test]
    fn decimals_are_neither_rounded_nor_dropped() {
        for (text, held) in [
            ("99.95", Some(9995)),
            ("99.950", Some(9995)),
            ("1e3", Some(100_000)),
            ("1.5e-1", Some(15)),
            ("-.5", Some(-50)),
            ("5.", Some(500)),
            ("0e999", Some(0)),
            ("99.955", None),
            ("1e-3", None),
            ("1e99", None),
            ("1e2147483647", None),
            ("1e9223372036854775807", None),
            ("1e-9223372036854775808", None),
            (".inf", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(digits(2).read(&Tree::Number(text.into())), held, "{text}");
        }
        for text in [
            "", ".", ".5", "5.", "1.2.3", "1e3", "0x1", "--1", "1,5", " 1", "١",
        ] {
            assert_eq!(digits(2).parse(text), None, "{text}");
        }
        assert_eq!(Digits::NONE.parse("30"), Some(30));
        assert_eq!(Digits::NONE.parse("30.5"), None);
        assert_eq!(Digits::NONE.parse("-9223372036854775808"), Some(i64::MIN));
        assert_eq!(Digits::new(7), None);
        assert_eq!(Digits::new(-1), None);
    }
}
