//! What a text is, told by looking at it before it is parsed.

/// How many brackets of YAML may be open at once, and how many lists may begin on one line. The parser looks at every open
/// one for each token.
const DEEPEST: usize = 512;

/// Whether a text that is no YAML holds an action of a template.
pub(super) fn is_template(text: &str) -> bool {
    text.contains("{{") || text.contains("{%")
}

/// Whether more is open at once than the parser can be asked to follow: brackets, or lists that begin on one line. Those in
/// strings count too: a text with so many that are never closed is no manifest.
pub(super) fn is_nested_too_deeply(text: &[u8]) -> bool {
    has_too_many_brackets(text) || has_too_many_dashes(text)
}

fn has_too_many_dashes(text: &[u8]) -> bool {
    let is_opening = |pair: &&[u8]| matches!(*pair, b"- " | b"? ");
    text.split(|byte| *byte == b'\n').any(|line| {
        let openings = line.trim_ascii_start().chunks(2).take_while(is_opening);
        openings.take(DEEPEST + 1).count() > DEEPEST
    })
}

fn has_too_many_brackets(text: &[u8]) -> bool {
    if memchr::memchr2_iter(b'{', b'[', text)
        .nth(DEEPEST)
        .is_none()
    {
        return false;
    }
    let mut depth = 0_usize;
    text.iter().any(|byte| {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}
