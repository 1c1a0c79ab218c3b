//! The last look at what is printed: nothing in it may be obeyed by the terminal or the CI runner that shows it.
//!
//! Renderers escape what they put into their format. This stands behind all of them, at the one door through which both
//! streams go, so that a slip in one of them obeys nobody. The rules are those of actions/runner
//! (`src/Runner.Common/ActionCommand.cs`): a command is a line that begins with `::`, whatever blanks stand before it, or
//! that has `##[name]` anywhere; Azure Pipelines and TeamCity have names between `##` and `[`.

use std::borrow::Cow;

use super::escape;

/// The form of what is printed: how a character is spelled out in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For people, with styles (`ESC [ … m`) of our own.
    Styled,
    /// Markdown and other text for programs.
    Text,
    /// JSON, as a document or one a line.
    Json,
    /// XML.
    Xml,
    /// Workflow commands of our own, one a line.
    Commands,
}

/// `text` with everything spelled out that a terminal or a runner would obey.
pub fn harmless(text: &str, form: Form) -> Cow<'_, str> {
    let lines = text.split_inclusive('\n');
    if is_sound(text) || lines.clone().all(is_sound) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for line in lines {
        match is_sound(line) {
            true => out.push_str(line),
            false => write_line(&mut out, line, form),
        }
    }
    Cow::Owned(out)
}

/// Whether there is surely nothing to spell out, as in nearly all that is printed. Nothing that is obeyed is of two lines.
fn is_sound(text: &str) -> bool {
    !has_mark(text) && (escape::is_plain(text) || !text.chars().any(is_watched))
}

/// Whether `::` or `##` is in it. Looked for in every byte that is printed, and without an early end, so that the processor
/// looks at many bytes at once: `str::contains` takes six times as long.
fn has_mark(text: &str) -> bool {
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or_default();
    let pairs = bytes.iter().zip(next);
    pairs.fold(false, |has, (one, next)| {
        has | ((one == next) & ((*one == b':') | (*one == b'#')))
    })
}

fn is_watched(c: char) -> bool {
    !matches!(c, '\n' | '\t') && escape::deceives(c)
}

fn write_line(out: &mut String, line: &str, form: Form) {
    let mut begins = form != Form::Commands;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let style = style(rest).filter(|_| form == Form::Styled);
        if let Some(style) = style {
            out.push_str(style);
            rest = rest.get(style.len()..).unwrap_or("");
            continue;
        }
        if begins && rest.starts_with("::") {
            spell_out(out, ':', form);
        } else if c == '[' && ends_with_command_mark(out)
            || is_watched(c) && !(c == '\r' && rest == "\r\n")
        {
            spell_out(out, c, form);
        } else {
            out.push(c);
        }
        begins &= c.is_whitespace();
        rest = rest.get(c.len_utf8()..).unwrap_or("");
    }
}

/// The style at the start of a text: `ESC [`, numbers, `m`.
fn style(text: &str) -> Option<&str> {
    let parameters = text.strip_prefix("\u{1b}[")?;
    let length = parameters.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    parameters
        .get(length..)?
        .starts_with('m')
        .then(|| text.get(..length + 3))?
}

/// Whether what is written so far ends with `##` or `##name`.
fn ends_with_command_mark(out: &str) -> bool {
    out.trim_end_matches(|c: char| c.is_ascii_alphanumeric())
        .ends_with("##")
}

fn spell_out(out: &mut String, c: char, form: Form) {
    match form {
        Form::Json => c
            .encode_utf16(&mut [0; 2])
            .iter()
            .for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
        Form::Xml if !c.is_control() => out.push_str(&format!("&#{};", u32::from(c))),
        _ => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What the runner would obey, by its own rules.
    fn is_obeyed(line: &str) -> bool {
        let has_old = line.match_indices("##").any(|(at, _)| {
            let name = line[at + 2..].trim_start_matches(|c: char| c.is_ascii_alphanumeric());
            name.starts_with('[')
        });
        line.trim_start().starts_with("::") || has_old
    }

    #[test]
    fn commands_are_spelled_out_in_every_form() {
        for (text, form, expected) in [
            ("::error::x\n", Form::Text, "\\u{3a}:error::x\n"),
            (
                "a\n \t\u{a0}::error::x",
                Form::Styled,
                "a\n \t\u{a0}\\u{3a}:error::x",
            ),
            ("a ##[error]x", Form::Text, "a ##\\u{5b}error]x"),
            (
                "{\"a\": \"##[error]\"}",
                Form::Json,
                "{\"a\": \"##\\u005berror]\"}",
            ),
            ("<a b=\"##vso[x]\"/>", Form::Xml, "<a b=\"##vso&#91;x]\"/>"),
            (
                "::error file=x::##[a]",
                Form::Commands,
                "::error file=x::##\\u{5b}a]",
            ),
            ("a::b ## [x] #[y]", Form::Text, "a::b ## [x] #[y]"),
        ] {
            assert_eq!(harmless(text, form), expected);
        }
    }

    #[test]
    fn json_keeps_its_values_and_shows_them_harmlessly() {
        let value = "a\u{1b}\u{9b}\u{202e}\u{e0041}é\n";
        let written = serde_json::to_string(value).unwrap();
        let document = harmless(&written, Form::Json);
        assert_eq!(document, "\"a\\u001b\\u009b\\u202e\\udb40\\udc41é\\n\"");
        assert_eq!(serde_json::from_str::<String>(&document).unwrap(), value);
    }

    #[test]
    fn styles_pass_and_nothing_else_that_a_terminal_obeys() {
        let text =
            "\u{1b}[1;31mred\u{1b}[0m \u{1b}[2J\u{9b}1m\u{85}\u{2028}\u{200b}\u{e0041}\r\n\r";
        let expected = "\u{1b}[1;31mred\u{1b}[0m \\u{1b}[2J\\u{9b}1m\\u{85}\\u{2028}\\u{200b}\\u{e0041}\r\n\\u{d}";
        assert_eq!(harmless(text, Form::Styled), expected);
        assert!(!harmless(text, Form::Text).contains('\u{1b}'));
    }

    proptest! {
        #[test]
        fn nothing_that_is_printed_is_obeyed(text in "([:#\\[\\]a \n\t\u{a0}\u{2028}\u{85}\r\u{1b}m1]|::|##\\[|(?s).){0,40}") {
            for form in [Form::Styled, Form::Text, Form::Json, Form::Xml] {
                let printed = harmless(&text, form);
                prop_assert!(!printed.split(['\n', '\r']).any(is_obeyed), "{:?}", printed);
                prop_assert_eq!(harmless(&printed, form), printed.as_ref());
            }
        }
    }
}
