//! What a single value means: the core schema of YAML 1.2, with binary numbers as serde_yaml reads them.

use saphyr_parser::{ScalarStyle, Tag};

use crate::text::Tree;

/// The value of a scalar. Quotes make it a text, and so does the tag `!!str`; other tags of the core schema make it what
/// they say where it can be that.
pub(super) fn value(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Tree {
    let core = tag
        .filter(|tag| tag.is_yaml_core_schema())
        .map(|tag| tag.suffix.as_str());
    match (core, style) {
        (Some("null" | "bool" | "int" | "float"), _) => plain(text),
        (None, ScalarStyle::Plain) => plain(text),
        _ => Tree::Text(text.into()),
    }
}

/// What a word without quotes means.
pub(crate) fn plain(text: &str) -> Tree {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Tree::Null,
        "true" | "True" | "TRUE" => Tree::Bool(true),
        "false" | "False" | "FALSE" => Tree::Bool(false),
        _ => number(text).unwrap_or_else(|| Tree::Text(text.into())),
    }
}

fn number(text: &str) -> Option<Tree> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let first = unsigned.bytes().next()?;
    if !(first.is_ascii_digit() || first == b'.') {
        return None;
    }
    let radix = [("0x", 16), ("0o", 8), ("0b", 2)]
        .into_iter()
        .find_map(|(prefix, radix)| Some((unsigned.strip_prefix(prefix)?, radix)));
    if let Some((digits, radix)) = radix {
        let is_number =
            !digits.is_empty() && digits.chars().all(|character| character.is_digit(radix));
        return is_number.then(|| whole(text, digits, radix));
    }
    if unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        // A postcode or a telephone number.
        let is_number = unsigned == "0" || !unsigned.starts_with('0');
        return is_number.then(|| whole(text, unsigned, 10));
    }
    let is_number = matches!(unsigned, ".inf" | ".Inf" | ".INF")
        || matches!(text, ".nan" | ".NaN" | ".NAN")
        || unsigned.parse::<f64>().is_ok_and(f64::is_finite);
    is_number.then(|| Tree::Number(text.into()))
}

/// A whole number; as it is written when it is larger than any that is reckoned with.
fn whole(text: &str, digits: &str, radix: u32) -> Tree {
    let size = i128::from_str_radix(digits, radix).ok();
    let signed = size.map(|size| if text.starts_with('-') { -size } else { size });
    signed
        .and_then(|number| i64::try_from(number).ok())
        .map_or_else(|| Tree::Number(text.into()), Tree::Integer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_what_yaml_says() {
        let number = |text: &str| Tree::Number(text.into());
        let text = |text: &str| Tree::Text(text.into());
        for (word, meant) in [
            ("", Tree::Null),
            ("~", Tree::Null),
            ("nUll", text("nUll")),
            ("True", Tree::Bool(true)),
            ("yes", text("yes")),
            ("14", Tree::Integer(14)),
            ("+14", Tree::Integer(14)),
            ("-0", Tree::Integer(0)),
            ("0x1F", Tree::Integer(31)),
            ("-0o17", Tree::Integer(-15)),
            ("0b101", Tree::Integer(5)),
            ("0x", text("0x")),
            ("007", text("007")),
            ("-9223372036854775808", Tree::Integer(i64::MIN)),
            ("9223372036854775808", number("9223372036854775808")),
            ("14.0", number("14.0")),
            ("1e3", number("1e3")),
            (".5", number(".5")),
            ("5.", number("5.")),
            ("-.inf", number("-.inf")),
            ("inf", text("inf")),
            ("1e999", text("1e999")),
            ("1_000", text("1_000")),
            ("+-1", text("+-1")),
            (".", text(".")),
            ("2026-11-20", text("2026-11-20")),
            ("1.2.3", text("1.2.3")),
        ] {
            assert_eq!(plain(word), meant, "{word}");
        }
    }
}
