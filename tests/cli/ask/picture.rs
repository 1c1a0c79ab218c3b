//! The picture of a session that the README shows: drawn from what the program wrote to a real pseudo-terminal.
//!
//! After a change of what `ask` shows, `UPDATE_EXAMPLES=1 cargo test picture` draws it again.
#![cfg(unix)]

use std::fmt::Write;

use mesh_advisor::show::escape;
use tempfile::tempdir;

use super::pty::{CTRL_C, DOWN, Pty};

/// Where the picture is kept.
const PICTURE: &str = "examples/ask-session.svg";

/// The size of the screen in the picture.
const SIZE: (u16, u16) = (80, 34);

/// The size of a character cell, and the space around the screen, in pixels.
const CELL: (f32, f32) = (8.4, 18.0);
const MARGIN: f32 = 16.0;

#[test]
fn the_picture_in_the_readme_is_what_the_program_shows() {
    let directory = tempdir().expect("a directory");
    let mut pty = Pty::start(directory.path(), SIZE, &["ask"], &[]);
    pty.wait_for("How many services");
    for keys in ["150\r", "12\r", "4\r", "n\r"] {
        pty.press(keys);
    }
    pty.wait_for("Which mandate covers");
    pty.press("every\r");
    pty.wait_for("What must a rule");
    pty.press(&format!("?{DOWN}"));
    pty.wait_for("> method and path");
    pty.settle();
    let drawn = pty.look(draw);
    pty.press(CTRL_C);
    assert_eq!(pty.end(), 130);
    if std::env::var_os("UPDATE_EXAMPLES").is_some() {
        std::fs::write(PICTURE, &drawn).expect("written");
    }
    let kept = std::fs::read_to_string(PICTURE).expect("the picture");
    assert!(
        kept == drawn,
        "{PICTURE} is not what the program shows: draw it again with UPDATE_EXAMPLES=1"
    );
}

/// The screen as SVG: one text for each run of cells that look alike.
fn draw(screen: &vt100::Screen) -> String {
    let (columns, rows) = (f32::from(SIZE.0), f32::from(SIZE.1));
    let (width, height) = (
        columns.mul_add(CELL.0, 2.0 * MARGIN),
        rows.mul_add(CELL.1, 2.0 * MARGIN),
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n\
         <title>A session of mesh-advisor ask</title>\n\
         <style>text {{ font: 14px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; fill: #e6e6e6; \
         white-space: pre }} .strong {{ font-weight: bold; fill: #ffffff }} .quiet {{ fill: #9aa5b1 }}</style>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1b2027\"/>\n"
    );
    for row in 0..SIZE.1 {
        for (column, class, text) in runs(screen, row) {
            let x = f32::from(column).mul_add(CELL.0, MARGIN);
            let y = f32::from(row).mul_add(CELL.1, MARGIN + 13.0);
            let length = text.chars().count() as f32 * CELL.0;
            let text = escape::xml(&text);
            writeln!(
                svg,
                "<text{class} x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{length:.1}\">{text}</text>"
            )
            .expect("a text takes everything");
        }
    }
    svg + "</svg>\n"
}

/// The runs of a row: where each begins, how it looks, what it says. Blanks at the ends are left out.
fn runs(screen: &vt100::Screen, row: u16) -> Vec<(u16, &'static str, String)> {
    let mut runs: Vec<(u16, &'static str, String)> = Vec::new();
    for column in 0..SIZE.0 {
        let cell = screen.cell(row, column).expect("a cell");
        let class = match (cell.bold(), cell.dim()) {
            (true, _) => " class=\"strong\"",
            (false, true) => " class=\"quiet\"",
            (false, false) => "",
        };
        let text = cell.contents().replace('\u{a0}', " ");
        let text = if text.is_empty() {
            " ".to_owned()
        } else {
            text
        };
        match runs.last_mut() {
            Some((_, own, run)) if *own == class => *run += &text,
            _ => runs.push((column, class, text)),
        }
    }
    runs.retain_mut(|(column, _, text)| {
        let leading = text.len() - text.trim_start().len();
        *column += u16::try_from(leading).expect("a row is short");
        *text = text.trim().to_owned();
        !text.is_empty()
    });
    runs
}
