//! Laying a form out in rows that fit the screen: its body scrolls, what stands around it gives way.

use super::{Line, Row, Tone};

/// What a screen shows.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// What stands above: the question.
    pub head: Vec<Line>,
    /// The rows to choose from.
    pub body: Vec<Line>,
    /// Which of them is highlighted.
    pub cursor: usize,
    /// What stands below: explanations, the keys.
    pub foot: Vec<Line>,
    /// Where the terminal's own cursor stands.
    pub caret: Caret,
}

/// Where the terminal's own cursor stands, so that screen readers and magnifiers find the place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Caret {
    /// At the pointer of the highlighted row.
    #[default]
    BodyStart,
    /// After the text of the highlighted row.
    BodyEnd,
    /// After the last line above.
    HeadEnd,
}

/// Rows that fit the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laid {
    /// The rows, from the top.
    pub rows: Vec<Row>,
    /// Row and column of the terminal's own cursor, from 0.
    pub caret: (usize, usize),
}

/// The rows that tell how much of the body is above and below.
const ARROWS: usize = 2;

impl View {
    /// The rows for a screen of this size.
    pub fn lay(&self, width: usize, height: usize) -> Laid {
        let mut head = rows(&self.head, width);
        let mut foot = rows(&self.foot, width);
        let body: Vec<Vec<Row>> = self.body.iter().map(|line| line.rows(width)).collect();
        let needed: usize = body.iter().map(Vec::len).sum();
        let least = ARROWS + body.get(self.cursor).map_or(1, Vec::len);
        let around = height.saturating_sub(needed.min(least));
        while head.len() + foot.len() > around && head.len() > 1 {
            head.remove(0);
        }
        while head.len() + foot.len() > around && !foot.is_empty() {
            foot.remove(0);
        }
        let (body, place) = window(
            &body,
            self.cursor,
            height.saturating_sub(head.len() + foot.len()).max(1),
        );
        let end_of = |row: Option<&Row>| row.map_or(0, Row::width);
        let caret = match self.caret {
            Caret::HeadEnd => (head.len().saturating_sub(1), end_of(head.last())),
            Caret::BodyStart => (head.len() + place, 2),
            Caret::BodyEnd => (head.len() + place, end_of(body.get(place))),
        };
        Laid {
            rows: head.into_iter().chain(body).chain(foot).collect(),
            caret,
        }
    }
}

fn rows(lines: &[Line], width: usize) -> Vec<Row> {
    lines.iter().flat_map(|line| line.rows(width)).collect()
}

/// As many of the lines around the highlighted one as fit, and the row at which that one begins.
fn window(lines: &[Vec<Row>], cursor: usize, height: usize) -> (Vec<Row>, usize) {
    let length = |line: usize| lines.get(line).map_or(0, Vec::len);
    let all: usize = lines.iter().map(Vec::len).sum();
    let cursor = cursor.min(lines.len().saturating_sub(1));
    let has_arrows = all > height && height > ARROWS;
    let room = if has_arrows { height - ARROWS } else { height };
    let (mut first, mut end, mut used) = (cursor, cursor + 1, length(cursor));
    loop {
        let grows_down = end < lines.len() && used + length(end) <= room;
        if grows_down {
            used += length(end);
            end += 1;
        }
        let grows_up = first > 0 && used + length(first - 1) <= room;
        if grows_up {
            first -= 1;
            used += length(first);
        }
        if !grows_down && !grows_up {
            break;
        }
    }
    let more = |count: usize, arrow: &str| {
        let text = if count == 0 {
            String::new()
        } else {
            format!("{arrow} {count} more")
        };
        Line::indented(4, 0)
            .and(Tone::Quiet, &text)
            .rows(usize::MAX)
    };
    let shown = lines
        .get(first..end)
        .unwrap_or(&[])
        .iter()
        .flatten()
        .cloned();
    let before: usize = (first..cursor).map(length).sum();
    if !has_arrows {
        return (
            shown.take(height).collect(),
            before.min(height.saturating_sub(1)),
        );
    }
    let above = more(first, "↑");
    let place = above.len() + before;
    let below = more(lines.len().saturating_sub(end), "↓");
    (
        above
            .into_iter()
            .chain(shown.take(room))
            .chain(below)
            .collect(),
        place,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(options: usize, cursor: usize) -> View {
        let line = |text: String| Line::indented(2, 2).and(Tone::Normal, &text);
        View {
            head: vec![line("Question".into()), line("Fact?".into())],
            body: (0..options)
                .map(|option| line(format!("option {option} with quite some words to say")))
                .collect(),
            cursor,
            foot: vec![
                line("Why it is asked, at some length, in several rows".into()),
                line("keys".into()),
            ],
            caret: Caret::BodyStart,
        }
    }

    #[test]
    fn the_highlighted_row_is_always_on_the_screen() {
        for (width, height) in [(60, 24), (60, 10), (30, 8), (20, 5), (80, 3), (10, 2)] {
            for cursor in 0..30 {
                let laid = view(30, cursor).lay(width, height);
                assert!(laid.rows.len() <= height, "{width} {height} {cursor}");
                let text = laid.rows[laid.caret.0].text();
                assert!(
                    text.trim_start().starts_with("option"),
                    "{width} {height} {cursor}: {text}"
                );
                assert!(
                    width < 30 || text.contains(&format!("option {cursor} ")),
                    "{width} {height} {cursor}: {text}"
                );
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let text: Vec<String> = view(30, 15)
            .lay(60, 10)
            .rows
            .iter()
            .map(Row::text)
            .collect();
        assert!(
            text.iter().any(|row| row.contains("↑ ")) && text.iter().any(|row| row.contains("↓ ")),
            "{text:#?}"
        );
        assert_eq!(view(3, 0).lay(60, 24).rows.len(), 7);
    }
}
