//! Keys, decoded from the bytes that a terminal in raw mode sends.
//!
//! The sequences are those of ECMA-48 and of xterm ("XTerm Control Sequences", PC-style function keys), which the
//! terminals of our time share. Sequences of other keys are read over.

/// A key that a form knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A character that is typed.
    Char(char),
    /// Return.
    Enter,
    /// Escape, alone.
    Escape,
    /// Tabulator.
    Tab,
    /// Rubs out to the left.
    Backspace,
    /// Control and U: rubs out everything.
    Clear,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// To the first.
    Home,
    /// To the last.
    End,
    /// Several up.
    PageUp,
    /// Several down.
    PageDown,
    /// Control and C.
    Interrupt,
    /// Control and D: nothing more will come.
    EndOfInput,
    /// Control and L: draw everything again.
    Redraw,
}

/// The longest escape sequence that is waited for, in bytes.
const LONGEST: usize = 32;

/// The longest string of the terminal's own that is waited for, in bytes.
const LONGEST_STRING: usize = 4096;

/// Turns bytes into keys; keeps what is incomplete until more comes.
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    waiting: Vec<u8>,
}

/// What stands at the start of the bytes that wait.
enum Found {
    /// A key, or nothing of interest, of so many bytes.
    Key(Option<Key>, usize),
    /// The beginning of something.
    Incomplete,
}

impl Decoder {
    /// Takes bytes and returns the keys that are complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Key> {
        self.waiting.extend_from_slice(bytes);
        let mut keys = Vec::new();
        while !self.waiting.is_empty() {
            let Found::Key(key, length) = first(&self.waiting) else {
                break;
            };
            keys.extend(key);
            self.waiting.drain(..length.clamp(1, self.waiting.len()));
        }
        keys
    }

    /// Whether the beginning of a sequence waits: an escape, for one, may be a key of its own.
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Nothing more came: an escape that waited was a key, anything else is dropped.
    pub fn settle(&mut self) -> Option<Key> {
        let waiting = std::mem::take(&mut self.waiting);
        (waiting.first() == Some(&0x1b)).then_some(Key::Escape)
    }
}

fn first(bytes: &[u8]) -> Found {
    match bytes {
        [0x1b] => Found::Incomplete,
        [0x1b, 0x1b, ..] => Found::Key(Some(Key::Escape), 1),
        [0x1b, b'[', rest @ ..] => control_sequence(rest),
        [0x1b, b'O'] => Found::Incomplete,
        // The keypad's own Return; elsewhere the letter ends a report of the mouse.
        [0x1b, b'O', b'M', ..] => Found::Key(Some(Key::Enter), 3),
        [0x1b, b'O', last, ..] => Found::Key(named(*last), 3),
        [0x1b, b']' | b'P' | b'_' | b'^' | b'X', rest @ ..] => control_string(rest),
        // Alt and a key: read over, together with the escape.
        [0x1b, _, ..] => Found::Key(None, 2),
        [byte, ..] if byte.is_ascii() => Found::Key(control(*byte), 1),
        _ => character(bytes),
    }
}

/// `rest` follows the start of a string that the terminal sends by itself, such as a colour that was asked for. It ends
/// with BEL or `ESC \`.
fn control_string(rest: &[u8]) -> Found {
    // No further than that, so that the same bytes give the same keys however they arrive.
    let mut looked_at = rest.iter().take(LONGEST_STRING);
    let end = looked_at.position(|byte| matches!(byte, 0x07 | 0x1b));
    match end.map(|end| (end, rest.get(end..end + 2))) {
        Some((end, _)) if rest.get(end) == Some(&0x07) => Found::Key(None, end + 3),
        Some((end, Some([0x1b, b'\\']))) => Found::Key(None, end + 4),
        Some((end, Some(_))) => Found::Key(None, end + 2),
        None if rest.len() >= LONGEST_STRING => Found::Key(None, LONGEST_STRING + 2),
        _ => Found::Incomplete,
    }
}

/// `rest` follows `ESC [`.
fn control_sequence(rest: &[u8]) -> Found {
    // No further than that, as above.
    let mut looked_at = rest.iter().take(LONGEST);
    let Some(end) = looked_at.position(|byte| (0x40..=0x7e).contains(byte)) else {
        return if rest.len() < LONGEST {
            Found::Incomplete
        } else {
            Found::Key(None, LONGEST + 2)
        };
    };
    let (parameters, last) = (
        rest.get(..end).unwrap_or(&[]),
        rest.get(end).copied().unwrap_or(0),
    );
    let number = parameters.split(|byte| *byte == b';').next().unwrap_or(&[]);
    if last == b'M' && parameters.is_empty() {
        // A report of the mouse in the first style: three bytes more, which may be any.
        return if rest.len() < end + 4 {
            Found::Incomplete
        } else {
            Found::Key(None, end + 6)
        };
    }
    let key = match (last, number) {
        _ if parameters.starts_with(b"<") => None,
        (b'~', b"1" | b"7") => Some(Key::Home),
        (b'~', b"4" | b"8") => Some(Key::End),
        (b'~', b"3") => Some(Key::Backspace),
        (b'~', b"5") => Some(Key::PageUp),
        (b'~', b"6") => Some(Key::PageDown),
        (b'~', _) => None,
        (last, _) => named(last),
    };
    Found::Key(key, end + 3)
}

fn named(last: u8) -> Option<Key> {
    Some(match last {
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'H' => Key::Home,
        b'F' => Key::End,
        _ => return None,
    })
}

fn control(byte: u8) -> Option<Key> {
    Some(match byte {
        b'\r' | b'\n' => Key::Enter,
        b'\t' => Key::Tab,
        0x7f | 0x08 => Key::Backspace,
        0x03 => Key::Interrupt,
        0x04 => Key::EndOfInput,
        0x0c => Key::Redraw,
        0x0e => Key::Down,
        0x10 => Key::Up,
        0x15 => Key::Clear,
        b' '..=b'~' => Key::Char(char::from(byte)),
        _ => return None,
    })
}

/// A character of more than one byte.
fn character(bytes: &[u8]) -> Found {
    let length = match bytes.first() {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => return Found::Key(None, 1),
    };
    match bytes.get(..length).map(std::str::from_utf8) {
        Some(Ok(text)) => Found::Key(
            text.chars()
                .next()
                .filter(|c| !c.is_control())
                .map(Key::Char),
            length,
        ),
        Some(Err(_)) => Found::Key(None, 1),
        None => Found::Incomplete,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_apart_however_their_bytes_arrive() {
        let bytes = "a\x1b[A\x1bOB\x1b[1;5Hé日\r\x7f\x1b[3~\x03\x1b[200~?".as_bytes();
        let keys = [
            Key::Char('a'),
            Key::Up,
            Key::Down,
            Key::Home,
            Key::Char('é'),
            Key::Char('日'),
            Key::Enter,
            Key::Backspace,
            Key::Backspace,
            Key::Interrupt,
            Key::Char('?'),
        ];
        assert_eq!(Decoder::default().feed(bytes), keys);
        let mut decoder = Decoder::default();
        let one_by_one: Vec<Key> = bytes
            .iter()
            .flat_map(|byte| decoder.feed(&[*byte]))
            .collect();
        assert_eq!(one_by_one, keys);
    }

    #[test]
    fn what_a_terminal_reports_by_itself_is_no_key() {
        for report in [
            "\x1b[M !!",
            "\x1b[<0;10;5M",
            "\x1b[<0;10;5m",
            "\x1b[0;10;5M",
            "\x1b[I",
            "\x1b[?1;2c",
            "\x1b[12;40R",
            "\x1b]11;rgb:0000/0000/0000\x07",
            "\x1b]11;rgb:0/0/0\x1b\\",
            "\x1bP1$r0m\x1b\\",
        ] {
            let bytes = [report.as_bytes(), b"y"].concat();
            assert_eq!(
                Decoder::default().feed(&bytes),
                [Key::Char('y')],
                "{report:?}"
            );
            let mut decoder = Decoder::default();
            let one_by_one: Vec<Key> = bytes
                .iter()
                .flat_map(|byte| decoder.feed(&[*byte]))
                .collect();
            assert_eq!(one_by_one, [Key::Char('y')], "{report:?}");
        }
        assert_eq!(Decoder::default().feed(b"\x1bOM"), [Key::Enter]);
    }

    #[test]
    fn an_escape_alone_is_a_key_once_nothing_follows() {
        let mut decoder = Decoder::default();
        assert_eq!(decoder.feed(b"\x1b"), []);
        assert!(decoder.is_waiting());
        assert_eq!(decoder.settle(), Some(Key::Escape));
        assert!(!decoder.is_waiting());
        assert_eq!(decoder.feed(b"\x1b\x1b[B"), [Key::Escape, Key::Down]);
    }

    #[test]
    fn no_bytes_bring_it_to_a_halt() {
        let mut decoder = Decoder::default();
        let mut bytes: Vec<u8> = (0..=255).collect();
        bytes.extend(std::iter::repeat_n(b'1', 100));
        bytes.extend(b"\x1b[".iter().chain(&[b'1'; 100]).chain(b"x"));
        for chunk in bytes.chunks(3) {
            decoder.feed(chunk);
        }
        decoder.settle();
        assert_eq!(decoder.feed(b"y"), [Key::Char('y')]);
    }

    #[test]
    fn what_is_too_long_to_wait_for_is_the_same_however_it_arrives() {
        let mut dice = 1_u64;
        for (start, length) in [("\u{1b}[", LONGEST), ("\u{1b}]", LONGEST_STRING)] {
            for more in [0, 1, 2, 40] {
                let mut bytes = start.as_bytes().to_vec();
                bytes.extend(std::iter::repeat_n(b'0', length + more - 1));
                bytes.extend(b"\x1b\\;\x10b");
                let mut at_once = Decoder::default();
                let expected = at_once.feed(&bytes);
                for _ in 0..40 {
                    dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    let at = usize::try_from(dice >> 33).expect("64 bits") % bytes.len();
                    let mut in_parts = Decoder::default();
                    let mut found = in_parts.feed(&bytes[..at]);
                    found.extend(in_parts.feed(&bytes[at..]));
                    assert_eq!(found, expected, "{start:?} {more} {at}");
                }
            }
        }
    }
}
