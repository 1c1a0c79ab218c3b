//! Looking for the next byte that matters in JSON, eight bytes at a time.

use memchr::memchr3;

/// How many spaces a text begins with.
pub(super) fn spaces(text: &[u8]) -> usize {
    const EIGHT: [u8; 8] = [b' '; 8];
    let mut count = 0;
    while text.get(count..).and_then(<[u8]>::first_chunk) == Some(&EIGHT) {
        count += EIGHT.len();
    }
    let rest = text.get(count..).unwrap_or_default();
    count + rest.iter().take_while(|byte| **byte == b' ').count()
}

/// How many bytes between strings stand before the next quote or bracket, or before a letter that looks like one.
pub(super) fn up_to_structure(text: &[u8]) -> usize {
    // Without these bits all brackets are one byte, which `Y` and `_` are too.
    const COMMON: u64 = !repeat(b'[' ^ b']' | b'[' ^ b'{');
    let mut at = 0;
    while let Some(word) = text.get(at..).and_then(<[u8]>::first_chunk) {
        let word = u64::from_le_bytes(*word);
        let bracket = (word ^ repeat(b'[')) & COMMON;
        let hits = zeros(word ^ repeat(b'"')) | zeros(bracket);
        if hits != 0 {
            return at + hits.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = text.get(at..).unwrap_or_default();
    at + rest
        .iter()
        .take_while(|byte| !matches!(byte, b'"' | b'{' | b'}' | b'[' | b']'))
        .count()
}

/// Where the plain text of a string ends: the first quote, backslash or line end.
pub(super) fn end_of_plain_text(text: &[u8]) -> Option<usize> {
    // Most strings are shorter than what it costs to start a search for a long one.
    const WORDS: usize = 4;
    let mut at = 0;
    for _ in 0..WORDS {
        let Some(word) = text.get(at..).and_then(<[u8]>::first_chunk) else {
            break;
        };
        let word = u64::from_le_bytes(*word);
        let hits =
            zeros(word ^ repeat(b'"')) | zeros(word ^ repeat(b'\\')) | zeros(word ^ repeat(b'\n'));
        if hits != 0 {
            return Some(at + hits.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    memchr3(b'"', b'\\', b'\n', text.get(at..)?).map(|found| at + found)
}

const fn repeat(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The highest bit of every byte that is zero; the lowest of these bits is right, as in "Determine if a word has a zero
/// byte" of Anderson's Bit Twiddling Hacks.
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(repeat(0x01)) & !word & repeat(0x80)
}
