//! What language a file is written in, told by how it begins.

use super::skipped::Reason;

/// How much of a file is looked at for words that only a manifest has.
pub(crate) const WINDOW: usize = 4096;

/// The languages that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    Json,
    Yaml,
}

/// What a file seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sniffed {
    Text(Syntax),
    /// It was expected to be a manifest and cannot be one.
    Skipped(Reason),
    /// Nothing says that it is a manifest.
    Other,
}

/// Tells from the beginning of a file what it is. `is_expected`: its name says that it holds YAML or JSON.
pub(crate) fn sniff(start: &[u8], is_expected: bool) -> Sniffed {
    let window = start.get(..WINDOW).unwrap_or(start);
    let unless_other = |reason| {
        if is_expected {
            Sniffed::Skipped(reason)
        } else {
            Sniffed::Other
        }
    };
    if window.starts_with(&[0x1f, 0x8b]) || window.starts_with(b"PK\x03\x04") {
        return unless_other(Reason::Compressed);
    }
    let has = |word: &[u8]| memchr::memmem::find(window, word).is_some();
    // One broken document among others is told apart where it stands.
    let is_binary = memchr::memchr(0, window).is_some() && !(is_expected && has(b"kind"));
    if is_binary {
        return unless_other(Reason::Binary);
    }
    let text = window.trim_ascii_start();
    let syntax = match text.first() {
        Some(b'{') if matches!(text.get(1), Some(b'{' | b'%')) => Syntax::Yaml,
        Some(b'{' | b'[') => Syntax::Json,
        _ => Syntax::Yaml,
    };
    let says_kind = match syntax {
        Syntax::Json => has(b"\"kind\"") || has(b"\"apiVersion\""),
        Syntax::Yaml => has(b"kind:") || has(b"apiVersion:"),
    };
    if is_expected || says_kind {
        Sniffed::Text(syntax)
    } else {
        Sniffed::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_an_extension_is_read_when_it_begins_like_a_manifest() {
        assert_eq!(
            sniff(b"apiVersion: v1\nkind: List\n", false),
            Sniffed::Text(Syntax::Yaml)
        );
        assert_eq!(
            sniff(b"\n {\"kind\": \"List\"}", false),
            Sniffed::Text(Syntax::Json)
        );
        assert_eq!(sniff(b"[core]\n  bare = false\n", false), Sniffed::Other);
        assert_eq!(sniff(b"#!/bin/sh\necho\n", false), Sniffed::Other);
    }

    #[test]
    fn a_template_that_begins_with_an_action_is_no_json() {
        assert_eq!(
            sniff(b"{{- if .Values.mesh }}\nkind: X\n", true),
            Sniffed::Text(Syntax::Yaml)
        );
    }

    #[test]
    fn what_no_text_is_made_of_is_told_apart() {
        assert_eq!(
            sniff(b"\x00GITCRYPT\x00", true),
            Sniffed::Skipped(Reason::Binary)
        );
        assert_eq!(
            sniff(b"kind: Pod\n---\n\x00\x01", true),
            Sniffed::Text(Syntax::Yaml)
        );
        assert_eq!(
            sniff(&[0x1f, 0x8b, 8, 0], true),
            Sniffed::Skipped(Reason::Compressed)
        );
        assert_eq!(sniff(&[0x1f, 0x8b, 8, 0], false), Sniffed::Other);
    }
}
