//! Text from files is untrusted: it is made harmless for the place it goes to.

/// Whether a character could move the cursor, or change the order in which a line is read.
fn is_control(character: char) -> bool {
    let is_bidirectional = matches!(
        character,
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    character.is_control() || is_bidirectional
}

/// One line for a terminal: control and bidirectional characters are written out as `\u{…}`.
pub fn for_terminal(text: &str) -> String {
    let escape = |character: char| match character {
        hostile if is_control(hostile) => hostile.escape_unicode().to_string(),
        harmless => harmless.to_string(),
    };
    text.chars().map(escape).collect()
}

/// Running text or a table cell in Markdown: nothing in it is read as markup, and it stays on its line.
pub fn for_markdown(text: &str) -> String {
    let escape = |character: char| match character {
        '\n' | '\r' | '\t' => " ".to_owned(),
        hostile if is_control(hostile) => String::new(),
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => format!("\\{character}"),
        harmless => harmless.to_string(),
    };
    text.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_a_terminal_that_could_steer_it() {
        assert_eq!(for_terminal("a\u{1b}[2J\u{202e}b\n"), "a\\u{1b}[2J\\u{202e}b\\u{a}");
        assert_eq!(for_terminal("20–60 cores ███"), "20–60 cores ███");
    }

    #[test]
    fn a_markdown_cell_stays_a_cell() {
        assert_eq!(for_markdown("a|b\n<b>*c*</b> [d](e)"), "a\\|b &lt;b&gt;\\*c\\*&lt;/b&gt; \\[d\\](e)");
    }
}
