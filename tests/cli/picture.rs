//! The pictures of sessions that the README shows: drawn from what the program wrote to a real pseudo-terminal.
//!
//! After a change of what it shows, `UPDATE_EXAMPLES=1 cargo test picture` draws them again.

use std::fmt::Write;
use std::path::Path;

use mesh_advisor::show::escape;
use tempfile::tempdir;

use crate::program::run;
use crate::pty::{CTRL_C, DOWN, Pty};

/// The size of a character cell, and the space around the screen, in pixels.
const CELL: (f32, f32) = (8.4, 18.0);
const MARGIN: f32 = 16.0;

#[test]
fn the_picture_of_a_questionnaire_is_what_the_program_shows() {
    let directory = tempdir().expect("a directory");
    let mut pty = Pty::start(directory.path(), (80, 34), &["ask"], &[]);
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
    let drawn = pty.look(|screen| draw(screen, "A session of mesh-advisor ask", ""));
    pty.press(CTRL_C);
    assert_eq!(pty.end(), 130);
    compare("examples/ask-session.svg", &drawn);
}

#[test]
fn the_picture_of_an_inspection_is_what_the_program_shows() {
    let arguments = [
        "inspect",
        "examples/clusters/unused-mesh.yaml",
        "--as-of",
        "2026-12-01",
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pty = Pty::start(root, (100, 60), &arguments, &[]);
    pty.wait_for("Next ");
    assert_eq!(pty.end(), 0);
    let command = "$ mesh-advisor inspect examples/clusters/unused-mesh.yaml";
    let drawn = pty.look(|screen| draw(screen, "A session of mesh-advisor inspect", command));
    compare("examples/inspect-session.svg", &drawn);
}

/// The advice that the README shows, as a page and as a report.
const ADVICE: [&str; 11] = [
    "advise",
    "--answers",
    "examples/answers/polyglot-150-services.yaml",
    "--set",
    "pods=400",
    "--set",
    "nodes=20",
    "--set",
    "waypoints=20",
    "--as-of",
    "2026-12-01",
];

#[test]
fn the_picture_of_a_page_is_what_the_program_shows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pty = Pty::start(root, (80, 60), &ADVICE, &[]);
    pty.wait_for("all reasons");
    assert_eq!(pty.end(), 0);
    let command = "$ mesh-advisor advise --answers fleet.yaml";
    let drawn = pty.look(|screen| draw(screen, "A page of advice", command));
    compare("examples/advice-page.svg", &drawn);
}

/// A browser shows parts of the report within the picture, with the report's own style, so it follows a dark theme as well:
/// what is recommended, the buttons as they are where scripts may run, the picture and the cost.
#[test]
fn the_picture_of_a_report_is_made_of_a_report() {
    const HEIGHT: usize = 1256;
    let html = run(&[&ADVICE[..], &["--format", "html"]].concat()).out;
    let style = between(&html, "<style>", "</style>");
    let header = between(&html, "To the advice</a>", "</header>");
    let result = between(&html, "<main id=\"main\">", "<p id=\"now\"");
    let buttons = between(&html, "<div class=\"live noprint\" hidden>", "<details>");
    let changes = between(&html, "<section>\n<h2>What one changed", "</section>");
    let cost = between(&html, "<section id=\"cost\">", "</section>");
    let main = format!(
        "{result}<details class=\"questions\"><summary>Change an answer</summary></details>\n{buttons}\
         <section>\n<h2>What one changed{changes}</section>\n<section>{cost}</section>\n"
    );
    // Within a picture, everything says which language it is in.
    let main = main.replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ");
    let drawn = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 {HEIGHT}\" role=\"img\">\n<title>From a live \
         report</title>\n<foreignObject width=\"900\" height=\"{HEIGHT}\">\n<div \
         xmlns=\"http://www.w3.org/1999/xhtml\" class=\"page\">\n<style>{style}\n.page {{ height: {HEIGHT}px; overflow: \
         hidden; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }}</style>\n\
         <header>{}</header>\n<main>{main}</main>\n</div>\n</foreignObject>\n</svg>\n",
        header.trim()
    );
    uppsala::parse(&drawn).expect("a picture is XML");
    compare("examples/live-report.svg", &drawn);
}

/// What stands between two marks.
fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let (_, rest) = text.split_once(start).expect("the start");
    rest.split_once(end).expect("the end").0
}

/// Compares a picture that is kept with one drawn now.
fn compare(path: &str, drawn: &str) {
    if std::env::var_os("UPDATE_EXAMPLES").is_some() {
        std::fs::write(path, drawn).expect("written");
    }
    let kept = std::fs::read_to_string(path).expect("the picture");
    assert!(
        kept == drawn,
        "{path} is not what the program shows: draw it again with UPDATE_EXAMPLES=1"
    );
}

/// The screen as SVG, without the empty rows at its end: one text for each run of cells that look alike. `command` stands
/// above it, where there is one.
fn draw(screen: &vt100::Screen, title: &str, command: &str) -> String {
    let (rows, columns) = screen.size();
    let rows: Vec<_> = (0..rows.get())
        .map(|row| runs(screen, row, columns.get()))
        .collect();
    let last = rows.iter().rposition(|row| !row.is_empty()).unwrap_or(0);
    let command: Vec<_> = [command]
        .into_iter()
        .filter(|command| !command.is_empty())
        .map(|command| vec![(0, " class=\"strong\"", command.to_owned())])
        .collect();
    let lines = command.iter().chain(rows.iter().take(last + 1));
    let (width, height) = (
        f32::from(columns.get()).mul_add(CELL.0, 2.0 * MARGIN),
        (lines.clone().count() as f32).mul_add(CELL.1, 2.0 * MARGIN),
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n\
         <title>{title}</title>\n\
         <style>text {{ font: 14px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; fill: #e6e6e6; \
         white-space: pre }} .strong {{ font-weight: bold; fill: #ffffff }} .quiet {{ fill: #9aa5b1 }} \
         .cyan {{ fill: #5cc8e8 }} .yellow {{ fill: #f2c14e }} .magenta {{ fill: #e6a0cf }}</style>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1b2027\"/>\n"
    );
    for (row, line) in lines.enumerate() {
        for (column, class, text) in line {
            let x = f32::from(*column).mul_add(CELL.0, MARGIN);
            let y = (row as f32).mul_add(CELL.1, MARGIN + 13.0);
            let length = text.chars().count() as f32 * CELL.0;
            let text = escape::xml(text);
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
fn runs(screen: &vt100::Screen, row: u16, columns: u16) -> Vec<(u16, &'static str, String)> {
    let mut runs: Vec<(u16, &'static str, String)> = Vec::new();
    for column in 0..columns {
        let cell = screen.cell(row, column).expect("a cell");
        let class = match (cell.fgcolor(), cell.bold(), cell.dim()) {
            (vt100::Color::Idx(6), ..) => " class=\"strong cyan\"",
            (vt100::Color::Idx(3), ..) => " class=\"strong yellow\"",
            (vt100::Color::Idx(5), ..) => " class=\"strong magenta\"",
            (_, true, _) => " class=\"strong\"",
            (_, false, true) => " class=\"quiet\"",
            (_, false, false) => "",
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
