//! The verdict in its other forms: as a mapping that says what is promised, and in it as a table of columns and rows.
//!
//! Both are turned into the list of rules that they stand for before anything is decoded, so that all else knows one form.
//! Everything keeps its place: a rule stands where its row does, an entry of its test where its column and its cell do.

use std::collections::BTreeSet;
use std::ops::Range;

use smol_str::{SmolStr, format_smolstr};

use crate::rubric::section::Section;
use crate::text::{Document, Entry, Node, Problem, Route, Tree};

/// The keys of the mapping.
const KEYS: [&str; 7] = [
    "complete", "unique", "rules", "columns", "rows", "because", "source",
];

/// Columns that hold a part of the rule; any other is an entry of its test.
const OF_A_RULE: [&str; 5] = ["id", "recommend", "because", "assumed", "source"];

/// What stands in a cell whose column does not matter, beside nothing at all; as DMN writes it.
const ANY: &str = "-";

/// What a row of this position is called that has no name of its own.
pub(crate) fn name_of_row(index: usize) -> SmolStr {
    format_smolstr!("row-{}", index + 1)
}

/// Puts the list of rules in the place of any other form of the verdict; its mistakes are reported.
pub(super) fn to_rules(document: &mut Document) {
    let route = Section::Verdict.route();
    let verdict = document.root().at(&route).cloned();
    let Some(Tree::Map(entries)) = verdict.as_ref().map(|verdict| &verdict.tree) else {
        return;
    };
    let key_span = document.root().locate(&route, crate::text::Part::Key);
    let mut reading = Reading {
        route,
        problems: Vec::new(),
        left_out: Vec::new(),
    };
    reading.check_keys(entries);
    let rules = reading.rules(entries);
    for problem in reading.problems {
        document.report(problem);
    }
    // From the last one on, so that those before keep their positions.
    for route in reading.left_out.iter().rev() {
        document.leave_out(route);
    }
    let promised = ["complete", "unique"].into_iter().filter_map(|key| {
        let entry = find(entries, key)?.clone();
        let key = format_smolstr!("{}.{key}", Section::Verdict.key());
        Some(Entry { key, ..entry })
    });
    let rules = Entry {
        key: Section::Verdict.key().into(),
        key_span,
        value: Node {
            tree: Tree::List(rules),
            span: verdict
                .as_ref()
                .map_or(0..0, |verdict| verdict.span.clone()),
        },
    };
    document.replace(Section::Verdict.key(), promised.chain([rules]).collect());
}

/// A verdict while it is read.
struct Reading {
    route: Route,
    problems: Vec<Problem>,
    /// What cannot be read, in the order of the file.
    left_out: Vec<Route>,
}

impl Reading {
    fn check_keys(&mut self, entries: &[Entry]) {
        for entry in entries {
            if !KEYS.contains(&entry.key.as_str()) {
                let message = format!("unknown key `{}`", entry.key);
                let problem = Problem::new(&self.route.key(&entry.key), message).at_key();
                self.problems.push(problem.one_of(&entry.key, KEYS));
            }
        }
    }

    /// The rules, from whichever form they have.
    fn rules(&mut self, entries: &[Entry]) -> Vec<Node> {
        let rules = find(entries, "rules");
        match (rules, find(entries, "columns"), find(entries, "rows")) {
            (Some(rules), None, None) => match &rules.value.tree {
                Tree::List(rules) => rules.clone(),
                other => self.unfit("rules", other, "a list of rules"),
            },
            (None, Some(columns), Some(rows)) => self.table(entries, columns, rows),
            (None, None, None) => {
                self.refused("the verdict has no rules", &Route::clone(&self.route))
            }
            (Some(_), ..) => {
                let route = self.route.key("rules");
                self.refused(
                    "the rules stand here twice, as a list and as a table",
                    &route,
                )
            }
            (None, Some(_), None) => {
                self.refused("the table has no rows", &self.route.key("columns"))
            }
            (None, None, Some(_)) => {
                self.refused("the table has no columns", &self.route.key("rows"))
            }
        }
    }

    fn table(&mut self, entries: &[Entry], columns: &Entry, rows: &Entry) -> Vec<Node> {
        let Some(columns) = self.columns(entries, &columns.value.tree) else {
            self.left_out.push(self.route.key("columns"));
            return Vec::new();
        };
        let Tree::List(rows) = &rows.value.tree else {
            return self.unfit("rows", &rows.value.tree, "a list of rows");
        };
        let common = ["because", "source"]
            .into_iter()
            .filter(|key| columns.iter().all(|column| column.key != *key));
        let common: Vec<&Entry> = common.filter_map(|key| find(entries, key)).collect();
        let mut rules = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            match &row.tree {
                Tree::List(cells) if cells.len() == columns.len() => {
                    rules.push(rule(index, &row.span, &columns, cells, &common));
                }
                other => {
                    let route = self.route.key("rows").index(index);
                    let message = match other {
                        Tree::List(cells) => {
                            format!(
                                "the row has {} cells, the table {} columns",
                                cells.len(),
                                columns.len()
                            )
                        }
                        other => format!("found {}, expected a row", other.describe()),
                    };
                    let order: Vec<&str> =
                        columns.iter().map(|column| column.key.as_str()).collect();
                    let allowed = format!("a list with a cell for each of {}", order.join(", "));
                    self.problems
                        .push(Problem::new(&route, message).allowed(allowed));
                    self.left_out.push(route);
                }
            }
        }
        rules
    }

    /// The columns; `None` when they have a mistake, which is reported.
    fn columns(&mut self, entries: &[Entry], columns: &Tree) -> Option<Vec<Column>> {
        let route = self.route.key("columns");
        let Tree::List(items) = columns else {
            let message = format!("found {}, expected a list of columns", columns.describe());
            self.problems.push(Problem::new(&route, message));
            return None;
        };
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        let mistakes = self.problems.len();
        for (index, item) in items.iter().enumerate() {
            let route = route.index(index);
            let Tree::Text(key) = &item.tree else {
                let message = format!("found {}, expected a column", item.tree.describe());
                let allowed = "a key of a test or of a rule";
                self.problems
                    .push(Problem::new(&route, message).allowed(allowed));
                continue;
            };
            if !seen.insert(key.clone()) {
                let message = format!("the column `{key}` stands here twice");
                self.problems.push(Problem::new(&route, message));
            }
            found.push(Column {
                key: key.clone(),
                span: item.span.clone(),
            });
        }
        if !seen.contains("recommend") {
            let problem = Problem::new(&route, "the table has no column `recommend`").at_key();
            self.problems
                .push(problem.allowed("one column that says what each row gives"));
        }
        if !seen.contains("because") && find(entries, "because").is_none() {
            let problem = Problem::new(&route, "the table has no column `because`").at_key();
            let allowed = "that column, or `because` beside `columns`, for every row";
            self.problems.push(problem.allowed(allowed));
        }
        (self.problems.len() == mistakes).then_some(found)
    }

    fn unfit(&mut self, key: &str, found: &Tree, expected: &str) -> Vec<Node> {
        let message = format!("found {}, expected {expected}", found.describe());
        self.problems
            .push(Problem::new(&self.route.key(key), message));
        self.left_out.push(self.route.key(key));
        Vec::new()
    }

    fn refused(&mut self, message: &str, route: &Route) -> Vec<Node> {
        let problem = Problem::new(route, message).at_key();
        let allowed = "`rules`, or `columns` with `rows`";
        self.problems.push(problem.allowed(allowed));
        // Whatever it is that stands there: no rule is missed on top.
        self.left_out.push(self.route.key("rules"));
        self.left_out.push(self.route.key("rows"));
        self.left_out.push(self.route.key("columns"));
        Vec::new()
    }
}

/// A column with the place of its heading.
struct Column {
    key: SmolStr,
    span: Range<usize>,
}

/// The rule of a row.
fn rule(
    index: usize,
    span: &Range<usize>,
    columns: &[Column],
    cells: &[Node],
    common: &[&Entry],
) -> Node {
    let entry = |column: &Column, cell: &Node| Entry {
        key: column.key.clone(),
        key_span: column.span.clone(),
        value: cell.clone(),
    };
    let of_a_rule = |column: &Column| OF_A_RULE.contains(&column.key.as_str());
    let of_the_row = |key: &str, tree: Tree| Entry {
        key: key.into(),
        key_span: span.clone(),
        value: Node {
            tree,
            span: span.clone(),
        },
    };
    let written = || columns.iter().zip(cells);
    let test = written().filter(|(column, cell)| !of_a_rule(column) && !is_any(&cell.tree));
    let test: Vec<Entry> = test.map(|(column, cell)| entry(column, cell)).collect();
    let parts = written().filter(|(column, cell)| of_a_rule(column) && cell.tree != Tree::Null);
    let mut entries: Vec<Entry> = parts.map(|(column, cell)| entry(column, cell)).collect();
    if find(&entries, "id").is_none() {
        let id = Tree::Text(name_of_row(index));
        entries.insert(0, of_the_row("id", id));
    }
    if !test.is_empty() {
        entries.push(of_the_row("when", Tree::Map(test)));
    }
    entries.extend(common.iter().copied().cloned());
    Node {
        tree: Tree::Map(entries),
        span: span.clone(),
    }
}

fn is_any(cell: &Tree) -> bool {
    matches!(cell, Tree::Null) || matches!(cell, Tree::Text(word) if word == ANY)
}

fn find<'e>(entries: &'e [Entry], key: &str) -> Option<&'e Entry> {
    entries.iter().find(|entry| entry.key == key)
}

#[cfg(test)]
mod tests {
    use crate::rubric::{Draft, Rubric};
    use crate::text::Source;

    const HEAD: &str = "schema: 1\nid: lunch\nversion: 1.0.0\ntitle: Go out?\nrecommendations:\n\
        - {id: stay, title: Stay, summary: Here}\n- {id: go, title: Go, summary: There}\nquestions:\n\
        - id: weather\n  ask: How is it?\n  why: Rain\n  facts:\n  \
          - {id: rain, kind: yes_no, ask: Rain?, assume: true}\n  - {id: guests, kind: count, ask: How many?, assume: 0}\n";

    fn draft(verdict: &str) -> Draft {
        Rubric::draft(&Source::new(
            "lunch.yaml",
            format!("{HEAD}verdict:\n{verdict}"),
        ))
    }

    fn mistakes(verdict: &str) -> Vec<(usize, String)> {
        let source = Source::new("lunch.yaml", format!("{HEAD}verdict:\n{verdict}"));
        let problems = Rubric::draft(&source).problems.into_iter();
        problems
            .map(|placed| {
                let line = source.line_and_column(placed.span.start).0;
                (line - HEAD.lines().count() - 1, placed.problem.message)
            })
            .collect()
    }

    #[test]
    fn a_table_loads_to_the_rules_that_it_stands_for() {
        let table = draft(
            "  because: So\n  columns: [rain, guests, recommend]\n  rows:\n  - [no, \"-\", go]\n  - [yes, \">= 3\", go]\n  \
             - [\"-\", ~, stay]\n",
        );
        let rules = draft(
            "- {id: row-1, when: {rain: no}, recommend: go, because: So}\n\
             - {id: row-2, when: {rain: yes, guests: \">= 3\"}, recommend: go, because: So}\n\
             - {id: row-3, recommend: stay, because: So}\n",
        );
        assert_eq!(
            (table.problems.as_slice(), rules.problems.as_slice()),
            (&[][..], &[][..])
        );
        let bytes = |draft: &Draft| {
            let mut rubric = draft.rubric.clone().expect("loaded");
            rubric.digest = "same".into();
            postcard::to_allocvec(&rubric).expect("written")
        };
        assert_eq!(bytes(&table), bytes(&rules));
    }

    #[test]
    fn rows_may_carry_all_that_a_rule_has_and_the_verdict_what_it_promises() {
        let table = draft(
            "  complete: true\n  unique: true\n  columns: [id, rain, recommend, because]\n  rows:\n  \
             - [dry, no, go, Dry]\n  - [wet, yes, stay, Wet]\n",
        );
        assert_eq!(table.problems, []);
        let rubric = table.rubric.expect("loaded");
        assert!(rubric.is_complete && rubric.is_unique && rubric.otherwise().is_none());
        let ids: Vec<&str> = rubric.verdict.iter().map(|rule| rule.id.as_str()).collect();
        assert_eq!(ids, ["dry", "wet"]);
    }

    #[test]
    fn a_mistake_in_a_table_is_told_once_at_its_row_its_cell_or_its_column() {
        let rows = "  - [no, go]\n  - [yes, stay]\n";
        let promise = "  because: So\n  complete: true\n";
        for (verdict, expected) in [
            (
                format!("{promise}  columns: [rian, recommend]\n  rows:\n{rows}"),
                (3, "`rian` is not a fact"),
            ),
            (
                format!("{promise}  columns: [rain]\n  rows:\n{rows}"),
                (3, "the table has no column `recommend`"),
            ),
            (
                format!("  columns: [rain, recommend]\n  rows:\n{rows}"),
                (1, "the table has no column `because`"),
            ),
            (
                format!("{promise}  columns: [rain, recommend]\n  rows:\n{rows}  - [yes]\n"),
                (7, "the row has 1 cells, the table 2 columns"),
            ),
            (
                format!("{promise}  columns: [rain, recommend]\n  rows:\n{rows}  - [maybe, go]\n"),
                (7, "\"maybe\" does not test `rain`"),
            ),
            (
                format!("{promise}  columns: [rain, recommend]\n  rows:\n{rows}  - [yes, og]\n"),
                (7, "`og` is not a recommendation"),
            ),
            (
                format!("{promise}  column: [rain, recommend]\n  rows:\n{rows}"),
                (3, "unknown key `column`"),
            ),
            (
                format!("{promise}  columns: [rain, recommend]\n"),
                (3, "the table has no rows"),
            ),
            ("  complete: true\n".into(), (0, "the verdict has no rules")),
        ] {
            let found = mistakes(&verdict);
            let (line, message) = found.first().expect("a mistake");
            assert_eq!(*line, expected.0, "{found:?}");
            assert!(message.starts_with(expected.1), "{found:?}");
            let is_alone = found.len() == 1 || verdict.contains("column: ");
            assert!(is_alone, "{found:?}");
        }
    }
}
