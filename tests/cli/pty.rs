//! A program in a pseudo-terminal: keys in, what is on the screen out.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};

/// How long the program has for anything.
const PATIENCE: Duration = Duration::from_secs(20);

/// The keys that have no character.
pub(crate) const UP: &str = "\x1b[A";
pub(crate) const DOWN: &str = "\x1b[B";
pub(crate) const ESCAPE: &str = "\x1b";
pub(crate) const TAB: &str = "\t";
pub(crate) const ENTER: &str = "\r";
pub(crate) const CTRL_C: &str = "\x03";
pub(crate) const CTRL_D: &str = "\x04";

/// A program in a pseudo-terminal.
pub(crate) struct Pty {
    master: Box<dyn MasterPty + Send>,
    /// Held, so that the terminal can be looked at after the program has gone.
    _slave: Box<dyn SlavePty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<Mutex<Seen>>,
    /// Whether keys were handed over line by line, with an echo, before the program began.
    before: String,
}

struct Seen {
    screen: vt100::Parser,
    bytes: Vec<u8>,
}

impl Pty {
    /// Starts `mesh-advisor` with these arguments on a screen of this size.
    pub(crate) fn start(
        directory: &Path,
        (columns, rows): (u16, u16),
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> Self {
        let size = PtySize {
            rows,
            cols: columns,
            ..PtySize::default()
        };
        let pair = native_pty_system()
            .openpty(size)
            .expect("a pseudo-terminal");
        // Called by its name, as somebody calls it who has installed it.
        let mut command = CommandBuilder::new("mesh-advisor");
        command.args(arguments);
        command.cwd(directory);
        command.env_clear();
        let program = assert_cmd::cargo::cargo_bin("mesh-advisor");
        command.env("PATH", program.parent().expect("its folder"));
        command.env("TERM", "xterm-256color");
        for (name, value) in variables {
            command.env(name, value);
        }
        let before = modes(&*pair.master);
        let child = pair.slave.spawn_command(command).expect("it starts");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let rows_and_columns = |number: u16| std::num::NonZeroU16::new(number).expect("not empty");
        let screen = vt100::Parser::new(rows_and_columns(rows), rows_and_columns(columns), 500);
        let seen = Arc::new(Mutex::new(Seen {
            screen,
            bytes: Vec::new(),
        }));
        let writer = pair.master.take_writer().expect("a writer");
        let shared = seen.clone();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                let mut seen = shared.lock().expect("nobody panics");
                seen.screen.process(&buffer[..length]);
                seen.bytes.extend_from_slice(&buffer[..length]);
            }
        });
        Self {
            master: pair.master,
            _slave: pair.slave,
            writer,
            child,
            seen,
            before,
        }
    }

    /// The number of the process.
    #[cfg(target_os = "linux")]
    pub(crate) fn id(&self) -> String {
        self.child.process_id().expect("it runs").to_string()
    }

    /// The name of the terminal, as other programs open it.
    #[cfg(target_os = "linux")]
    pub(crate) fn name(&self) -> String {
        let name = self.master.tty_name().expect("it has a name");
        name.to_string_lossy().into_owned()
    }

    /// Presses keys.
    pub(crate) fn press(&mut self, keys: &str) {
        self.writer
            .write_all(keys.as_bytes())
            .and_then(|()| self.writer.flush())
            .expect("the terminal listens");
    }

    /// Waits until the screen fulfils a wish, and returns it.
    pub(crate) fn wait_until(&self, what: &str, is_fulfilled: impl Fn(&str) -> bool) -> String {
        let since = Instant::now();
        loop {
            let screen = self.screen();
            if is_fulfilled(&screen) {
                return screen;
            }
            assert!(since.elapsed() < PATIENCE, "never: {what}\n{screen}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until this stands on the screen, and returns the screen.
    pub(crate) fn wait_for(&self, text: &str) -> String {
        self.wait_until(text, |screen| screen.contains(text))
    }

    /// Waits until nothing more is written for a while.
    pub(crate) fn settle(&self) {
        let mut before = 0;
        while before != self.written().len() {
            before = self.written().len();
            thread::sleep(Duration::from_millis(100));
        }
    }

    /// What is on the screen, no-break spaces as spaces.
    pub(crate) fn screen(&self) -> String {
        self.look(|screen| screen.contents().replace('\u{a0}', " "))
    }

    /// Looks at the screen.
    pub(crate) fn look<T>(&self, at: impl FnOnce(&vt100::Screen) -> T) -> T {
        at(self.seen.lock().expect("nobody panics").screen.screen())
    }

    /// All that was written to the screen.
    pub(crate) fn written(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().expect("nobody panics").bytes).into_owned()
    }

    /// Changes the size of the window.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.master
            .resize(PtySize {
                rows,
                cols: columns,
                ..PtySize::default()
            })
            .expect("resized");
        let size = |number: u16| std::num::NonZeroU16::new(number).expect("not empty");
        self.seen
            .lock()
            .expect("nobody panics")
            .screen
            .set_size(size(rows), size(columns));
    }

    /// Waits for the end; the exit code. The terminal must be as it was.
    pub(crate) fn end(&mut self) -> u32 {
        let since = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                break status;
            }
            assert!(
                since.elapsed() < PATIENCE,
                "it does not end\n{}",
                self.screen()
            );
            thread::sleep(Duration::from_millis(5));
        };
        // What was written last is still on its way.
        thread::sleep(Duration::from_millis(50));
        assert_eq!(
            modes(&*self.master),
            self.before,
            "the terminal is restored"
        );
        assert!(self.look(|screen| !screen.hide_cursor() && !screen.alternate_screen()));
        status.exit_code()
    }
}

/// The modes of the terminal: echo, line by line, signals and the rest.
fn modes(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios())
}
