//! Making foreign text harmless for the place it goes to: a terminal, a GitHub log, XML, Markdown, a URI.
//!
//! Paths, statuses and values come from files that anybody may have written. A terminal obeys control characters, a
//! reader believes what bidirectional ones reorder, a CI log executes lines that begin with `::`.

use std::fmt::Write;

/// `text` with control, bidirectional and invisible characters spelled out (`\u{1b}`, `\n`). Tabs stay.
pub fn visible(text: &str) -> String {
    spelled_out(text, |c| c != '\t' && deceives(c))
}

/// Like [`visible`], but line feeds stay.
pub fn visible_lines(text: &str) -> String {
    spelled_out(text, |c| !matches!(c, '\t' | '\n') && deceives(c))
}

fn spelled_out(text: &str, is_hidden: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            out.extend(c.escape_default())
        } else {
            out.push(c)
        }
    }
    out
}

/// Whether a text is printable ASCII and line feeds and nothing else, as nearly all that is printed is: then no character
/// of it deceives, and none has to be looked at by itself.
pub(super) fn is_plain(text: &str) -> bool {
    // Without an early end, the processor looks at many bytes at once: it has instructions for the lesser and the greater.
    let (least, most) = text.bytes().fold((b' ', b' '), |(least, most), byte| {
        let byte = if byte == b'\n' { b' ' } else { byte };
        (byte.min(least), byte.max(most))
    });
    least == b' ' && most <= b'~'
}

/// Whether a terminal or a reader takes `c` for something that it does not show.
pub(super) fn deceives(c: char) -> bool {
    // Most characters are printable ASCII.
    if (' '..='~').contains(&c) {
        return false;
    }
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The message of a GitHub workflow command (`toolkit/packages/core/src/command.ts`: the percent sign first).
pub fn github_message(text: &str) -> String {
    visible_lines(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property of a GitHub workflow command.
pub fn github_property(text: &str) -> String {
    github_message(&visible(text))
        .replace(':', "%3A")
        .replace(',', "%2C")
}

/// Text or an attribute value of XML 1.0: markup escaped, line breaks kept, what XML forbids spelled out.
pub fn xml(text: &str) -> String {
    let is_markup = |byte: &u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | b'\n');
    if is_plain(text) && !text.as_bytes().iter().any(is_markup) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in visible_lines(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// One line of Markdown, also in a table cell: every character that could be markup is escaped.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible_lines(text).chars() {
        match c {
            '\n' | '\t' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '@' => out.push_str("&#64;"),
            c if c.is_ascii_punctuation()
                && !matches!(
                    c,
                    '.' | ','
                        | ':'
                        | ';'
                        | '/'
                        | '%'
                        | '"'
                        | '\''
                        | '?'
                        | '='
                        | '-'
                        | '('
                        | ')'
                        | '!'
                        | '^'
                        | '{'
                        | '}'
                ) =>
            {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// A name or command between backticks of Markdown, where nothing is markup but a backtick (and a pipe in a table); what
/// cannot stand there is written as text.
pub fn markdown_code(text: &str) -> String {
    let shown = visible(text);
    if shown.is_empty() || shown.contains(['`', '|', '\t']) {
        markdown(text)
    } else {
        format!("`{shown}`")
    }
}

/// The address of a link in Markdown or HTML: what could end it early is percent-encoded.
pub fn address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let is_plain = c.is_ascii_alphanumeric() || "-._~:/?#@!$&*+,;=%".contains(c);
        if is_plain {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// A path as a relative URI reference (RFC 3986): everything but unreserved characters and slashes is percent-encoded.
pub fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte))
            }
            other => {
                let _ = write!(out, "%{other:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_a_terminal_that_it_would_obey() {
        assert_eq!(
            visible("a\u{1b}[31mb\u{9b}c\rd\ne\tf"),
            "a\\u{1b}[31mb\\u{9b}c\\rd\\ne\tf"
        );
        assert_eq!(
            visible("x\u{202e}y\u{2066}z\u{200b}\u{e0041}"),
            "x\\u{202e}y\\u{2066}z\\u{200b}\\u{e0041}"
        );
        assert_eq!(visible("día 日本 \u{1f600}"), "día 日本 \u{1f600}");
        assert_eq!(visible_lines("a\nb\u{7}"), "a\nb\\u{7}");
    }

    #[test]
    fn github_messages_and_properties_cannot_end_early() {
        assert_eq!(
            github_message("50%\n::error::x, y\u{1b}"),
            "50%25%0A::error::x, y\\u{1b}"
        );
        assert_eq!(github_message("%0A\r\n"), "%250A\\r%0A");
        assert_eq!(github_property("a,b::c%\nd"), "a%2Cb%3A%3Ac%25\\nd");
    }

    #[test]
    fn xml_holds_no_markup_and_no_forbidden_character() {
        assert_eq!(
            xml("<a b=\"c\">'&\u{0}\u{ffff}\n]]>"),
            "&lt;a b=&quot;c&quot;&gt;&apos;&amp;\\u{0}\u{fffd}&#10;]]&gt;"
        );
    }

    #[test]
    fn markdown_shows_what_was_written() {
        assert_eq!(
            markdown("a|b `c` *d* <e>\n# @f [g](h)"),
            "a\\|b \\`c\\` \\*d\\* &lt;e&gt; \\# &#64;f \\[g\\](h)"
        );
    }

    #[test]
    fn code_and_addresses_of_markdown_end_where_they_should() {
        assert_eq!(markdown_code("a_b *c*"), "`a_b *c*`");
        assert_eq!(markdown_code("a`b|c"), "a\\`b\\|c");
        assert_eq!(
            address("https://a.example/b(c)?d=<e> \"f\"'g]"),
            "https://a.example/b%28c%29?d=%3Ce%3E%20%22f%22%27g%5D"
        );
    }

    #[test]
    fn a_path_becomes_a_relative_uri() {
        assert_eq!(
            uri("docs/adr/0001 a+b#é:%.md"),
            "docs/adr/0001%20a%2Bb%23%C3%A9%3A%25.md"
        );
    }
}
