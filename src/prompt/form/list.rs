//! A list to choose from: arrow keys move, letters filter, and where several may hold, the space bar ticks.

use super::{Handled, Key, Line, Tone};

/// How far a page is.
const PAGE: usize = 8;

/// A list to choose from.
#[derive(Clone, Debug)]
pub struct List {
    rows: Vec<ListRow>,
    /// Whether several rows may be chosen.
    is_many: bool,
    filter: String,
    /// The highlighted row, among those that are shown.
    cursor: usize,
    alert: Option<String>,
}

#[derive(Clone, Debug)]
struct ListRow {
    title: String,
    /// Whether it is ticked; `None` when it cannot be, because it excludes all others.
    ticked: Option<bool>,
    /// What the filter is compared with.
    searched: String,
}

impl List {
    /// A list of which one row is chosen.
    pub fn one_of<T: Into<String>>(titles: impl IntoIterator<Item = T>) -> Self {
        Self::new(
            titles
                .into_iter()
                .map(|title| ListRow::new(title.into(), None))
                .collect(),
            false,
        )
    }

    /// A list of which any of the first `tickable` rows are chosen, or one of the others alone.
    pub fn many_of<T: Into<String>>(titles: impl IntoIterator<Item = T>, tickable: usize) -> Self {
        let rows = titles.into_iter().enumerate();
        let rows = rows
            .map(|(index, title)| ListRow::new(title.into(), (index < tickable).then_some(false)));
        Self::new(rows.collect(), true)
    }

    fn new(rows: Vec<ListRow>, is_many: bool) -> Self {
        Self {
            rows,
            is_many,
            filter: String::new(),
            cursor: 0,
            alert: None,
        }
    }

    /// Lets the filter find the first rows by these names as well.
    pub fn also_found_by<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        for (row, name) in self.rows.iter_mut().zip(names) {
            row.searched = format!("{} {}", row.searched, name.to_lowercase());
        }
        self
    }

    /// Highlights a row.
    pub fn at(mut self, row: Option<usize>) -> Self {
        self.cursor = row.unwrap_or(0).min(self.rows.len().saturating_sub(1));
        self
    }

    /// Ticks rows.
    pub fn ticking(mut self, places: impl IntoIterator<Item = usize>) -> Self {
        for place in places {
            if let Some(ticked) = self.rows.get_mut(place).and_then(|row| row.ticked.as_mut()) {
                *ticked = true;
            }
        }
        self
    }

    /// Takes a key; when the list is done, the rows that were chosen.
    pub fn handle(&mut self, key: Key) -> Handled<Vec<usize>> {
        self.alert = None;
        let last = self.shown().len().saturating_sub(1);
        match key {
            Key::Up => self.cursor = self.cursor.checked_sub(1).unwrap_or(last),
            Key::Down => {
                self.cursor = if self.cursor >= last {
                    0
                } else {
                    self.cursor + 1
                }
            }
            Key::PageUp => self.cursor = self.cursor.saturating_sub(PAGE),
            Key::PageDown => self.cursor = (self.cursor + PAGE).min(last),
            Key::Home => self.cursor = 0,
            Key::End => self.cursor = last,
            Key::Enter => return self.enter(),
            Key::Char(' ') if self.is_many => self.tick(),
            Key::Char('?') => return Handled::Ignored,
            Key::Char(character) => self.set_filter(|filter| filter.push(character)),
            Key::Backspace => self.set_filter(|filter| {
                filter.pop();
            }),
            Key::Clear => self.set_filter(String::clear),
            Key::Escape if !self.filter.is_empty() => self.set_filter(String::clear),
            _ => return Handled::Ignored,
        }
        Handled::Stay
    }

    /// What is typed to filter the rows.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// What to tell the person about the last key.
    pub fn alert(&self) -> Option<String> {
        let has_none = self.shown().is_empty();
        let none = || {
            format!(
                "Nothing here matches \"{}\". Backspace takes it back.",
                self.filter
            )
        };
        self.alert.clone().or_else(|| has_none.then(none))
    }

    /// The place of the highlighted row among those that are shown.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The rows that are shown.
    pub fn lines(&self) -> Vec<Line> {
        let lines = self
            .shown()
            .into_iter()
            .filter_map(|place| self.rows.get(place))
            .enumerate();
        lines
            .map(|(place, row)| {
                let is_here = place == self.cursor;
                let mark = match (self.is_many, row.ticked) {
                    (true, Some(true)) => "[x] ",
                    (true, Some(false)) => "[ ] ",
                    (true, None) => "    ",
                    (false, _) => "",
                };
                let tone = if is_here { Tone::Strong } else { Tone::Normal };
                let pointer = if is_here { "> " } else { "  " };
                Line::indented(2, 4 + mark.len())
                    .and(tone, pointer)
                    .and(tone, mark)
                    .and(tone, &row.title)
            })
            .collect()
    }

    /// The places of the rows that the filter lets through.
    fn shown(&self) -> Vec<usize> {
        let filter = self.filter.to_lowercase();
        let fits = |row: &ListRow| {
            filter
                .split_whitespace()
                .all(|word| row.searched.contains(word))
        };
        self.rows
            .iter()
            .enumerate()
            .filter(|(_, row)| fits(row))
            .map(|(place, _)| place)
            .collect()
    }

    fn here(&self) -> Option<usize> {
        self.shown().get(self.cursor).copied()
    }

    fn set_filter(&mut self, change: impl FnOnce(&mut String)) {
        let here = self.here();
        change(&mut self.filter);
        // The highlight stays on its row while that is shown.
        let place = here.and_then(|here| self.shown().iter().position(|place| *place == here));
        self.cursor = place.unwrap_or(0);
    }

    fn tick(&mut self) {
        let here = self.here();
        match here
            .and_then(|here| self.rows.get_mut(here))
            .and_then(|row| row.ticked.as_mut())
        {
            Some(ticked) => *ticked = !*ticked,
            None => self.alert = Some("This row stands alone: Enter chooses it.".to_owned()),
        }
    }

    fn enter(&mut self) -> Handled<Vec<usize>> {
        let Some(here) = self.here() else {
            return Handled::Stay;
        };
        let can_be_ticked = self.rows.get(here).is_some_and(|row| row.ticked.is_some());
        if !self.is_many || !can_be_ticked {
            return Handled::Done(vec![here]);
        }
        let ticked: Vec<usize> = self
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.ticked == Some(true))
            .map(|(place, _)| place)
            .collect();
        if ticked.is_empty() {
            self.alert = Some(
                "Nothing is ticked yet: the space bar ticks a row, Enter takes all ticked ones."
                    .to_owned(),
            );
            return Handled::Stay;
        }
        Handled::Done(ticked)
    }
}

impl ListRow {
    fn new(title: String, ticked: Option<bool>) -> Self {
        Self {
            searched: title.to_lowercase(),
            title,
            ticked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> List {
        List::one_of([
            "no mandate",
            "encryption only",
            "mutual TLS on some paths",
            "mutual TLS everywhere",
            "don't know",
        ])
    }

    fn press(list: &mut List, keys: &str) -> Handled<Vec<usize>> {
        let mut last = Handled::Stay;
        for character in keys.chars() {
            last = list.handle(match character {
                '\n' => Key::Enter,
                '^' => Key::Up,
                'v' => Key::Down,
                '<' => Key::Backspace,
                '\u{1b}' => Key::Escape,
                other => Key::Char(other),
            });
        }
        last
    }

    #[test]
    fn arrows_go_round() {
        assert_eq!(press(&mut list(), "v\n"), Handled::Done(vec![1]));
        assert_eq!(press(&mut list(), "^\n"), Handled::Done(vec![4]));
        assert_eq!(press(&mut list(), "vvvvv\n"), Handled::Done(vec![0]));
    }

    #[test]
    fn letters_filter_and_escape_takes_the_filter_back_first() {
        let mut list = list();
        press(&mut list, "tls eer");
        assert_eq!((list.filter(), list.lines().len()), ("tls eer", 0));
        assert_eq!(press(&mut list, "\n"), Handled::Stay);
        press(&mut list, "<<");
        assert_eq!(list.lines().len(), 2);
        assert_eq!(list.handle(Key::Escape), Handled::Stay);
        assert_eq!(list.handle(Key::Escape), Handled::Ignored);
        assert_eq!(press(&mut list, "TLS e\n"), Handled::Done(vec![2]));
    }

    #[test]
    fn ticks_stay_while_the_filter_changes_and_nothing_is_chosen_by_accident() {
        let mut many = List::many_of(["alpha", "beta", "gamma", "none of these", "don't know"], 3);
        assert_eq!(press(&mut many, "\n"), Handled::Stay);
        assert!(
            many.alert()
                .is_some_and(|alert| alert.contains("space bar"))
        );
        press(&mut many, " ga ");
        assert_eq!(many.filter(), "ga");
        assert_eq!(press(&mut many, "\u{1b}\n"), Handled::Done(vec![0, 2]));
        assert_eq!(press(&mut many, "v\n"), Handled::Done(vec![3]));
    }
}
