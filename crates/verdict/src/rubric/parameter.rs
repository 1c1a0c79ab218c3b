//! Parameters: what starters ask their reader for, and the forms of what is given.
//!
//! No form lets a value out of the quotes in which a starter holds it: none has quotes, backslashes, blanks or control
//! characters.

use serde::{Deserialize, Serialize};

use super::Words;
use crate::text::{Problem, Route, shortened};

/// The most characters of a DNS name, RFC 1035, section 2.3.4.
const LONGEST_NAME: usize = 253;

/// The most characters of one of its labels.
const LONGEST_LABEL: i64 = 63;

/// The most characters of a path.
const LONGEST_PATH: usize = 1024;

/// Something that starters ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Parameter {
    /// Its name.
    pub id: Words,
    /// What is asked for.
    pub ask: Words,
    /// What values it takes.
    pub form: Form,
    /// The value where none is given.
    pub default: Option<Words>,
    /// Where it stands in the file.
    pub route: Route,
}

const HTTP_METHODS: [&str; 9] = [
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE",
];

/// What values a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// A DNS label, RFC 1123.
    DnsLabel {
        /// The most characters.
        longest: i64,
    },
    /// A DNS name: labels joined by dots.
    DnsName,
    /// A path of a URL.
    Path,
    /// The key of a label in Kubernetes: a name, or a DNS name, a slash and a name.
    LabelKey,
    /// A length of time as the Gateway API writes it, GEP-2257: `1m30s`.
    Duration,
    /// A method of HTTP, RFC 9110 section 9 and RFC 5789; their names are case-sensitive.
    HttpMethod,
    /// One word of letters, digits, dots, hyphens and underscores.
    Word,
    /// A whole number.
    Count {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
}

impl Parameter {
    /// The value that is written as `text`, ready to stand in a starter.
    ///
    /// # Errors
    /// It does not have the parameter's form.
    pub fn read(&self, text: &str, route: &Route) -> Result<String, Box<Problem>> {
        if self.form.fits(text) {
            return Ok(text.to_owned());
        }
        let message = format!("\"{}\" is {}", shortened(text), self.form.missed());
        Err(Box::new(
            Problem::new(route, message).allowed(self.form.expects()),
        ))
    }
}

impl Form {
    /// Whether it is a number, which a starter may hold without quotes.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Count { .. })
    }

    /// What is allowed, in words.
    pub fn expects(self) -> String {
        match self {
            Self::DnsLabel { longest } => {
                format!(
                    "a DNS label: at most {longest} of a-z, 0-9 and -, which stands only within"
                )
            }
            Self::DnsName => "a DNS name, such as shop.example.com".to_owned(),
            Self::Path => "a path that begins with /, such as /orders/refund".to_owned(),
            Self::LabelKey => {
                "the key of a label, such as app or app.kubernetes.io/name".to_owned()
            }
            Self::Duration => "a duration in h, m, s and ms, such as 2s, 800ms or 1m30s".to_owned(),
            Self::HttpMethod => format!("one of {}", HTTP_METHODS.join(", ")),
            Self::Word => "a word of letters, digits, dots, hyphens and underscores".to_owned(),
            Self::Count { min, max } => format!("a whole number from {min} to {max}"),
        }
    }

    fn missed(self) -> &'static str {
        match self {
            Self::DnsLabel { .. } => "no DNS label",
            Self::DnsName => "no DNS name",
            Self::Path => "no path",
            Self::LabelKey => "no key of a label",
            Self::Duration => "no duration",
            Self::HttpMethod => "no method of HTTP",
            Self::Word => "no word",
            Self::Count { .. } => "no such number",
        }
    }

    fn fits(self, text: &str) -> bool {
        let consists_of = |others: &[u8]| {
            let is_one = |byte: u8| byte.is_ascii_alphanumeric() || others.contains(&byte);
            !text.is_empty() && text.bytes().all(is_one)
        };
        match self {
            Self::DnsLabel { longest } => is_label(text, longest),
            Self::DnsName => is_name(text),
            Self::Path => {
                text.starts_with('/')
                    && text.len() <= LONGEST_PATH
                    && consists_of(b"/-._~%:@!$&+,;=*")
            }
            Self::LabelKey => match text.split_once('/') {
                Some((prefix, name)) => is_name(prefix) && is_key(name),
                None => is_key(text),
            },
            Self::Duration => is_duration(text),
            Self::HttpMethod => HTTP_METHODS.contains(&text),
            Self::Word => {
                i64::try_from(text.len()).is_ok_and(|length| length <= LONGEST_LABEL)
                    && consists_of(b"._-")
            }
            Self::Count { min, max } => {
                let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
                let is_shortest = text == "0" || !text.starts_with('0');
                let number = text.parse::<i64>();
                is_plain && is_shortest && number.is_ok_and(|number| (min..=max).contains(&number))
            }
        }
    }
}

/// RFC 1123, section 2.1: a letter or a digit at each end, hyphens only within.
fn is_label(text: &str, longest: i64) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let length = i64::try_from(text.len()).unwrap_or(i64::MAX);
    (1..=longest).contains(&length)
        && text.bytes().all(is_inner)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// RFC 1123, section 2.1: labels joined by dots.
fn is_name(text: &str) -> bool {
    text.len() <= LONGEST_NAME && text.split('.').all(|label| is_label(label, LONGEST_LABEL))
}

/// The part of a label's key that has no prefix: Kubernetes, "Labels and Selectors", syntax and character set.
fn is_key(text: &str) -> bool {
    let is_end = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    Form::Word.fits(text) && is_end(text.bytes().next()) && is_end(text.bytes().last())
}

/// GEP-2257: one to four numbers of at most five digits, each with its unit.
fn is_duration(text: &str) -> bool {
    let mut rest = text;
    for _ in 0..4 {
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_number = (1..=5).contains(&(rest.len() - after.len()));
        let units = ["ms", "h", "m", "s"].iter();
        match units.filter_map(|unit| after.strip_prefix(unit)).next() {
            Some("") => return is_number,
            Some(more) if is_number => rest = more,
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(form: Form, texts: &[&str]) -> Vec<bool> {
        texts.iter().map(|text| form.fits(text)).collect()
    }

    #[test]
    fn a_label_is_one_by_rfc_1123() {
        let label = Form::DnsLabel { longest: 5 };
        assert!(
            fits(label, &["a", "a-1", "1a", "abcde"])
                .iter()
                .all(|fits| *fits)
        );
        let not = [
            "", "-a", "a-", "A", "a_b", "a.b", "abcdef", "ä", "a b", "a\n",
        ];
        assert!(!fits(label, &not).iter().any(|fits| *fits));
    }

    #[test]
    fn the_other_forms_take_what_they_say_and_nothing_else() {
        let long = "a".repeat(64);
        let longest = format!("example.com/{}", "a".repeat(63));
        let cases: [(Form, &[&str], &[&str]); 7] = [
            (
                Form::HttpMethod,
                &["GET", "PATCH", "TRACE"],
                &["", "post", "GTE", "GET ", "GET,POST", "*"],
            ),
            (
                Form::DnsName,
                &["a", "a.example.com", "1.2"],
                &["", ".a", "a.", "a..b", "A.b", "*.a", &long],
            ),
            (
                Form::Path,
                &["/", "/orders/refund", "/a%20b"],
                &["", "a", "/a b", "/\"", "/\\", "/a\n", "/{x}", "/#"],
            ),
            (
                Form::LabelKey,
                &["app", "App_1.x", "app.kubernetes.io/name", "1/a", &longest],
                &[
                    "", "/", "a/", "/a", "a/b/c", "-a", "a.", "_a", "A.b/c", "a..b/c", "a b", "a:",
                    "\"", "ä", &long,
                ],
            ),
            (
                Form::Duration,
                &["2s", "800ms", "0s", "1h2m3s4ms", "99999m"],
                &[
                    "",
                    "2",
                    "s",
                    "2 s",
                    "2x",
                    "1.5s",
                    "-1s",
                    "123456s",
                    "1s1s1s1s1s",
                    "2sm",
                    "2S",
                ],
            ),
            (Form::Word, &["POST", "v1.2_3-x"], &["", "a b", "\"", &long]),
            (
                Form::Count { min: 1, max: 80 },
                &["1", "80"],
                &[
                    "0",
                    "81",
                    "01",
                    "-1",
                    "+1",
                    "1.0",
                    "",
                    "1e1",
                    "99999999999999999999",
                ],
            ),
        ];
        for (form, good, bad) in cases {
            for text in good {
                assert!(form.fits(text), "{form:?}: {text}");
            }
            for text in bad {
                assert!(!form.fits(text), "{form:?}: {text}");
            }
        }
    }
}
