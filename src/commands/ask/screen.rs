//! The terminal's screen: raw mode for as long as it is needed, and rows that are painted without flicker.
//!
//! The conversation is a transcript in the ordinary screen, with one open form below it. Only rows that differ are
//! written, all of them in one write.

use std::io::{self, Write};
use std::panic;
use std::sync::Once;

use anstyle::Style;
use crossterm::cursor::{Hide, MoveTo, MoveToColumn, MoveUp, Show};
use crossterm::queue;
use crossterm::terminal::{self, BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use mesh_advisor::prompt::form::{Laid, Row, Tone};

/// The size that is taken when a terminal does not tell its own.
const USUAL_SIZE: (usize, usize) = (80, 24);

/// The screen below the cursor's place at the start.
pub(super) struct Screen {
    is_styled: bool,
    /// The rows of the open form, as they were written.
    painted: Vec<String>,
    /// The row of the form in which the cursor stands.
    caret: usize,
    size: (usize, usize),
    /// Whether the terminal hands over each key at once and echoes none.
    is_raw: bool,
}

impl Screen {
    pub(super) fn new(is_styled: bool) -> Self {
        static HOOK: Once = Once::new();
        // A panic's message should stand in an ordinary terminal, and whoever reads it needs one afterwards.
        HOOK.call_once(|| {
            let usual = panic::take_hook();
            panic::set_hook(Box::new(move |panic| {
                restore();
                usual(panic);
            }));
        });
        Self {
            is_styled,
            painted: Vec::new(),
            caret: 0,
            size: measured(),
            is_raw: false,
        }
    }

    /// Columns and rows. One column is left free, because what happens at the last one differs between terminals.
    pub(super) fn size(&self) -> (usize, usize) {
        (self.size.0.saturating_sub(1).max(1), self.size.1)
    }

    /// Whether the terminal has another size than at the last look.
    pub(super) fn is_resized(&mut self) -> bool {
        let size = measured();
        std::mem::replace(&mut self.size, size) != size
    }

    /// Paints a form in the place of the one before.
    pub(super) fn paint(&mut self, laid: &Laid) -> io::Result<()> {
        let mut bytes = self.over(&laid.rows)?;
        let last = self.painted.len().max(laid.rows.len()).saturating_sub(1);
        up(&mut bytes, last.saturating_sub(laid.caret.0))?;
        queue!(
            bytes,
            MoveToColumn(u16::try_from(laid.caret.1).unwrap_or(u16::MAX)),
            Show,
            EndSynchronizedUpdate
        )?;
        self.painted = laid.rows.iter().map(|row| self.written(row)).collect();
        self.caret = laid.caret.0;
        write(&bytes)
    }

    /// Leaves rows on the screen for good, in the place of the form.
    pub(super) fn leave(&mut self, rows: &[Row]) -> io::Result<()> {
        let mut bytes = self.over(rows)?;
        let last = self.painted.len().max(rows.len()).saturating_sub(1);
        up(&mut bytes, last.saturating_sub(rows.len()))?;
        if rows.len() > last {
            bytes.extend_from_slice(b"\r\n");
        }
        queue!(bytes, MoveToColumn(0), Show, EndSynchronizedUpdate)?;
        self.painted.clear();
        self.caret = 0;
        write(&bytes)
    }

    /// Takes rows that were left just above back into the form, so that the next one replaces them. Does nothing when
    /// they may have left the screen.
    pub(super) fn take_back(&mut self, rows: &[Row]) {
        if rows.len() + self.painted.len() < self.size.1 {
            let written: Vec<String> = rows.iter().map(|row| self.written(row)).collect();
            self.painted.splice(0..0, written);
            self.caret += rows.len();
        }
    }

    /// Clears the screen and writes the end of the transcript again, with room for a form of so many rows.
    pub(super) fn start_again(&mut self, transcript: &[Row], room: usize) -> io::Result<()> {
        let shown = self.size.1.saturating_sub(room + 1).min(transcript.len());
        let mut bytes = Vec::new();
        queue!(
            bytes,
            BeginSynchronizedUpdate,
            Clear(ClearType::All),
            MoveTo(0, 0)
        )?;
        for row in transcript.iter().skip(transcript.len() - shown) {
            bytes.extend_from_slice(self.written(row).as_bytes());
            bytes.extend_from_slice(b"\r\n");
        }
        queue!(bytes, EndSynchronizedUpdate)?;
        self.painted.clear();
        self.caret = 0;
        write(&bytes)
    }

    /// Paints the next form below this one, and leaves everything above it alone.
    pub(super) fn start_below(&mut self) -> io::Result<()> {
        let mut bytes = b"\r\n".repeat(self.painted.len().saturating_sub(self.caret));
        queue!(bytes, MoveToColumn(0))?;
        self.painted.clear();
        self.caret = 0;
        write(&bytes)
    }

    /// Takes the keyboard.
    pub(super) fn take_keys(&mut self) -> io::Result<()> {
        if !self.is_raw {
            terminal::enable_raw_mode()?;
            self.is_raw = true;
        }
        Ok(())
    }

    /// Takes the keyboard once more: whoever stopped the program may have used the terminal in between.
    pub(super) fn take_keys_again(&mut self) -> io::Result<()> {
        if self.is_raw {
            terminal::disable_raw_mode()?;
            terminal::enable_raw_mode()?;
        }
        Ok(())
    }

    /// Gives the terminal back as it was.
    pub(super) fn give_keys_back(&mut self) {
        if std::mem::take(&mut self.is_raw) {
            restore();
        }
    }

    /// What writes `rows` over the form, and ends in the last row of either.
    fn over(&self, rows: &[Row]) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        queue!(bytes, BeginSynchronizedUpdate, Hide, MoveToColumn(0))?;
        up(&mut bytes, self.caret)?;
        for index in 0..self.painted.len().max(rows.len()) {
            if index > 0 {
                bytes.extend_from_slice(b"\r\n");
            }
            let row = rows.get(index).map(|row| self.written(row));
            if row.as_ref() != self.painted.get(index) {
                bytes.extend_from_slice(row.unwrap_or_default().as_bytes());
                queue!(bytes, Clear(ClearType::UntilNewLine))?;
            }
        }
        Ok(bytes)
    }

    fn written(&self, row: &Row) -> String {
        let pieces = row.pieces().iter().map(|(tone, text)| {
            let style = match tone {
                _ if !self.is_styled => Style::new(),
                Tone::Normal => Style::new(),
                Tone::Strong => Style::new().bold(),
                Tone::Quiet => Style::new().dimmed(),
            };
            format!("{style}{text}{style:#}")
        });
        pieces.collect()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.give_keys_back();
    }
}

/// Brings the terminal back to its ordinary state, as far as it still listens.
fn restore() {
    if terminal::is_raw_mode_enabled().unwrap_or(false) {
        let mut bytes = Vec::new();
        let _ = queue!(bytes, EndSynchronizedUpdate, Show);
        let _ = write(&bytes);
        let _ = terminal::disable_raw_mode();
    }
}

fn write(bytes: &[u8]) -> io::Result<()> {
    let mut output = io::stderr().lock();
    output.write_all(bytes)?;
    output.flush()
}

fn up(bytes: &mut Vec<u8>, rows: usize) -> io::Result<()> {
    match u16::try_from(rows).unwrap_or(u16::MAX) {
        0 => Ok(()),
        rows => queue!(bytes, MoveUp(rows)),
    }
}

fn measured() -> (usize, usize) {
    match terminal_size::terminal_size_of(io::stderr()) {
        Some((width, height)) if width.0 > 0 && height.0 > 0 => {
            (usize::from(width.0), usize::from(height.0))
        }
        _ => USUAL_SIZE,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Read;

    use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};

    use super::*;

    #[test]
    #[ignore = "the test below runs it, in a terminal of its own"]
    fn panics_while_it_has_the_keys() {
        let mut screen = Screen::new(false);
        screen.take_keys().expect("a terminal");
        eprintln!(
            "raw: {}",
            terminal::is_raw_mode_enabled().expect("a terminal")
        );
        panic!("a mistake of ours");
    }

    #[test]
    fn a_panic_gives_the_terminal_back_and_is_readable() {
        let pair = native_pty_system()
            .openpty(PtySize::default())
            .expect("a pseudo-terminal");
        let modes = |master: &dyn MasterPty| format!("{:?}", master.get_termios());
        let before = modes(&*pair.master);
        let mut command = CommandBuilder::new(std::env::current_exe().expect("this test"));
        command.args([
            "--exact",
            "commands::ask::screen::tests::panics_while_it_has_the_keys",
            "--ignored",
            "--nocapture",
        ]);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let mut child = pair.slave.spawn_command(command).expect("it starts");
        let said = std::thread::spawn(move || {
            let (mut said, mut buffer) = (Vec::new(), [0; 1024]);
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                said.extend_from_slice(&buffer[..length]);
            }
            String::from_utf8_lossy(&said).into_owned()
        });
        assert!(!child.wait().expect("a child").success());
        assert_eq!(modes(&*pair.master), before);
        drop(pair);
        let said = said.join().expect("it reads");
        assert!(said.contains("raw: true"), "{said}");
        // In raw mode a line feed would not return to the first column.
        assert!(
            said.contains("\x1b[?25h") && said.contains("a mistake of ours\r\n"),
            "{said:?}"
        );
    }
}
