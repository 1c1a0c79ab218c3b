//! Changing the text of a record where the decision changed, and nowhere else: comments, order and layout stay.
//!
//! Values are replaced in their places; lines are added and taken out only in block style. Whatever else would be needed
//! (a new key in a mapping in one line, say) is left to whoever asks: the record is then written anew.

use std::ops::Range;

use crate::record::decision::Decision;
use crate::record::reading::DecisionReading;
use crate::record::writing::{HEAD, Notation, exception, head, write};
use adr::lines::{line_at, lines, slice};
use verdict::answers::write_answer;
use verdict::rubric::Rubric;
use verdict::text::{Document, Entry, Node, Part, Route, Source, Tree, flow};

/// The text of a record with a new decision in it. `yaml` holds `old` without a mistake.
pub fn update(
    yaml: &str,
    old: &Decision,
    new: &Decision,
    rubric: &Rubric,
    notation: Notation,
) -> String {
    let new = &new.as_recorded();
    let edited = edited(yaml, old, new, rubric, notation);
    let says_it = |text: &String| {
        let reading = DecisionReading::read(text, rubric);
        let is_json = || serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
        reading.problems.is_empty()
            && reading.decision == *new
            && (notation == Notation::Yaml || is_json())
    };
    edited
        .filter(says_it)
        .unwrap_or_else(|| write(new, rubric, notation))
}

fn edited(
    yaml: &str,
    old: &Decision,
    new: &Decision,
    rubric: &Rubric,
    notation: Notation,
) -> Option<String> {
    let mut draft = Draft {
        text: yaml.to_owned(),
        notation,
    };
    let mut before = "schema";
    for key in HEAD {
        if let Some(value) =
            head(new, rubric, key).filter(|value| head(old, rubric, key).as_ref() != Some(value))
        {
            draft.set(&Route::top().key(key), &value, before)?;
        }
        before = key;
    }
    let (old_answers, new_answers) = (old.answers.as_ref()?, new.answers.as_ref()?);
    let mut before = "";
    for fact in &rubric.facts {
        let (was, is) = (old_answers.answer(fact), new_answers.answer(fact));
        if was != is {
            draft.set(
                &Route::top().key("answers").key(fact.id.as_str()),
                &write_answer(fact, is),
                before,
            )?;
        }
        before = &fact.id;
    }
    if exception(old) != exception(new) {
        draft.remove("exception")?;
        if let Some(Tree::Map(parts)) = exception(new) {
            draft.add_lines(&parts)?;
        }
    }
    Some(draft.text)
}

struct Draft {
    text: String,
    notation: Notation,
}

impl Draft {
    /// Sets a value: in its place, or on a line of its own after the entry `before`, else after the last one.
    fn set(&mut self, route: &Route, value: &Tree, before: &str) -> Option<()> {
        let document = self.document()?;
        let (own, parent) = (last_key(route)?, route.parent()?);
        let siblings = keys(&document.tree, &parent)?;
        let value = self.written(value);
        if siblings.contains(&own) {
            let (key, old) = (
                document.locate(route, Part::Key),
                document.locate(route, Part::Value),
            );
            if key == old {
                // No value at all: the key stands for it.
                let colon = key.end + slice(&self.text, key.end..self.text.len()).find(':')? + 1;
                self.text.insert_str(colon, &format!(" {value}"));
            } else {
                // A text over several lines takes its line ending along.
                let end = old.start + slice(&self.text, old.clone()).trim_end().len();
                self.text.replace_range(old.start..end, &value);
            }
            return Some(());
        }
        let neighbour = siblings
            .iter()
            .find(|key| **key == before)
            .or(siblings.last())?;
        let entry = self.entry(&document, &parent.key(*neighbour), &siblings)?;
        let key = document.locate(&parent.key(*neighbour), Part::Key);
        let indent = slice(&self.text, line_at(&self.text, key.start).start..key.start).to_owned();
        self.add_line(entry.end, &format!("{indent}{own}: {value}"));
        Some(())
    }

    /// Takes a top-level entry out with its lines; nothing happens when there is none.
    fn remove(&mut self, key: &str) -> Option<()> {
        let document = self.document()?;
        let siblings = keys(&document.tree, &Route::top())?;
        if siblings.contains(&key) {
            let entry = self.entry(&document, &Route::top().key(key), &siblings)?;
            self.text.replace_range(entry, "");
        }
        Some(())
    }

    /// Adds an exception after the answers.
    fn add_lines(&mut self, parts: &[Entry]) -> Option<()> {
        let document = self.document()?;
        let siblings = keys(&document.tree, &Route::top())?;
        let entry = self.entry(&document, &Route::top().key("answers"), &siblings)?;
        let mut at = entry.end;
        at = self.add_line(at, "exception:");
        for Entry { key, value, .. } in parts {
            at = self.add_line(at, &format!("  {key}: {}", flow(&value.tree)));
        }
        Some(())
    }

    fn add_line(&mut self, at: usize, line: &str) -> usize {
        let ending = if self.text.contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        let is_open = at > 0 && !slice(&self.text, 0..at).ends_with('\n');
        let line = if is_open {
            format!("{ending}{line}")
        } else {
            format!("{line}{ending}")
        };
        self.text.insert_str(at, &line);
        at + line.len()
    }

    /// The lines of an entry in block style, up to the next one; comments before the next one are not its own.
    fn entry(&self, document: &Node, route: &Route, siblings: &[&str]) -> Option<Range<usize>> {
        let start = self.own_line(document.locate(route, Part::Key))?;
        let parent = route.parent()?;
        let place = siblings
            .iter()
            .position(|key| Some(*key) == last_key(route))?;
        let end = match siblings.get(place + 1) {
            Some(next) => self.own_line(document.locate(&parent.key(*next), Part::Key))?,
            None if parent.steps().is_empty() => self.text.len(),
            None => {
                let top = keys(&document.tree, &Route::top())?;
                self.entry(document, &parent, &top)?.end
            }
        };
        let is_own = |text: &str| !text.trim().is_empty() && !text.trim_start().starts_with('#');
        let last = lines(&self.text, start..end)
            .filter(|line| is_own(line.text(&self.text)))
            .last()?;
        Some(start..last.next)
    }

    /// Where the line of a key starts; `None` when something else stands before it, as in a mapping in one line.
    fn own_line(&self, key: Range<usize>) -> Option<usize> {
        let line = line_at(&self.text, key.start);
        slice(&self.text, line.start..key.start)
            .trim()
            .is_empty()
            .then_some(line.start)
    }

    fn document(&self) -> Option<Node> {
        Document::read(&Source::new("record", self.text.as_str()))
            .ok()
            .map(Document::into_root)
    }

    fn written(&self, value: &Tree) -> String {
        match self.notation {
            Notation::Yaml => flow(value),
            Notation::Json =>
            {
                #[expect(
                    clippy::expect_used,
                    reason = "a tree of text and numbers has a JSON form"
                )]
                serde_json::to_string(value).expect("a tree")
            }
        }
    }
}

fn last_key(route: &Route) -> Option<&str> {
    match route.steps().last()? {
        verdict::text::Step::Key(key) => Some(key),
        verdict::text::Step::Index(_) => None,
    }
}

/// The keys of the mapping at a route of at most one step.
fn keys<'t>(tree: &'t Tree, route: &Route) -> Option<Vec<&'t str>> {
    let tree = match last_key(route) {
        Some(key) => tree.get(key)?,
        None => tree,
    };
    let Tree::Map(entries) = tree else {
        return None;
    };
    Some(entries.iter().map(|entry| entry.key.as_str()).collect())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::record::decision::Exception;
    use verdict::answers::{Answer, Answers};
    use verdict::rubric::Value;

    const COMMENTED: &str = "\
# Checked in CI.
schema: 1
rubric: service-mesh@0.9.0 # see the change log
decision: mesh
review_by: 2026-01-01

answers:
    # from the catalogue
    services: {value: 14, source: \"service catalogue\", as_of: 2026-11-20} # growing
    teams:
      value: 3
      source: staff list
    authorization: network
# Until the pilot ends.
exception:
  because: |
    the group runs it
  until: 2027-01-31
# The end.
";

    fn updated(yaml: &str, notation: Notation, change: impl Fn(&mut Decision, &Rubric)) -> String {
        let rubric = crate::embedded::rubric().unwrap();
        let reading = DecisionReading::read(yaml, &rubric);
        assert_eq!(reading.problems, []);
        let mut new = reading.decision.clone();
        change(&mut new, &rubric);
        let text = update(yaml, &reading.decision, &new, &rubric, notation);
        assert_eq!(DecisionReading::read(&text, &rubric).decision, new);
        text
    }

    fn set(answers: &mut Option<Answers>, rubric: &Rubric, fact: &str, value: Value) {
        let answer = Answer {
            value: Some(value),
            ..Answer::default()
        };
        answers
            .as_mut()
            .unwrap()
            .set(rubric.fact(fact).unwrap(), answer);
    }

    #[test]
    fn nothing_changed_is_nothing_touched() {
        assert_eq!(updated(COMMENTED, Notation::Yaml, |_, _| {}), COMMENTED);
    }

    #[test]
    fn only_what_changed_is_touched() {
        let text = updated(COMMENTED, Notation::Yaml, |new, rubric| {
            new.version = Some(rubric.version);
            new.decided = Some(date(2026, 11, 23));
            new.review_by = Some(date(2027, 5, 23));
            set(&mut new.answers, rubric, "teams", Value::Count(4));
            set(&mut new.answers, rubric, "languages", Value::Count(2));
        });
        let expected = COMMENTED
            .replace("@0.9.0", "@2.0.0")
            .replace("decision: mesh\n", "decision: mesh\ndecided: 2026-11-23\n")
            .replace("2026-01-01", "2027-05-23")
            .replace(
                "value: 3\n      source: staff list\n",
                "4\n    languages: 2\n",
            );
        assert_eq!(text, expected);
    }

    #[test]
    fn comments_stay_whatever_form_the_value_before_them_has() {
        let text = updated(
            "schema: 1\nrubric: \"service-mesh@2.0.0\" # a \"word\"\ndecision: 'mesh' # it's so\ndecided: 2026-11-20\n\
             review_by: 2027-05-20\nanswers:\n  services: {value: 14} # {b}\n  teams:\n    value: 3 # c\n  # of languages\n  \
             languages: 2 # d\n  sidecar_reasons: [spire-ca] # ]\n",
            Notation::Yaml,
            |new, rubric| {
                new.choice = rubric.recommendation("no-mesh");
                for (fact, count) in [("services", 15), ("teams", 4), ("languages", 3)] {
                    set(&mut new.answers, rubric, fact, Value::Count(count));
                }
                set(
                    &mut new.answers,
                    rubric,
                    "sidecar_reasons",
                    Value::Flags(Default::default()),
                );
            },
        );
        assert_eq!(
            text,
            "schema: 1\nrubric: \"service-mesh@2.0.0\" # a \"word\"\ndecision: no-mesh # it's so\ndecided: 2026-11-20\n\
             review_by: 2027-05-20\nanswers:\n  services: 15 # {b}\n  teams:\n    4 # c\n  # of languages\n  \
             languages: 3 # d\n  sidecar_reasons: [] # ]\n"
        );
    }

    #[test]
    fn answers_with_a_subject_change_no_more_than_themselves() {
        let rubric = crate::embedded::rubric().unwrap();
        let old = DecisionReading::read(COMMENTED, &rubric).decision;
        let mut new = old.clone();
        set(&mut new.answers, &rubric, "services", Value::Count(15));
        new.answers.as_mut().unwrap().subject = Some("Checkout".into());
        let was = "{value: 14, source: \"service catalogue\", as_of: 2026-11-20}";
        let text = update(COMMENTED, &old, &new, &rubric, Notation::Yaml);
        assert_eq!(text, COMMENTED.replace(was, "15"));
    }

    #[test]
    fn an_exception_goes_and_comes_with_its_lines() {
        let without = updated(COMMENTED, Notation::Yaml, |new, _| new.exception = None);
        assert!(
            without.ends_with("authorization: network\n# Until the pilot ends.\n# The end.\n"),
            "{without}"
        );
        let again = updated(&without, Notation::Yaml, |new, _| {
            new.exception = Some(Exception {
                because: Some("a pilot".into()),
                by: None,
                until: None,
            });
        });
        assert!(
            again.contains("authorization: network\nexception:\n  because: \"a pilot\"\n# Until"),
            "{again}"
        );
    }

    #[test]
    fn a_mapping_in_one_line_is_edited_while_it_can_be() {
        let line =
            "{schema: 1, rubric: service-mesh@2.0.0, decision: no-mesh, answers: {teams: 3}}";
        let text = updated(line, Notation::Yaml, |new, rubric| {
            set(&mut new.answers, rubric, "teams", Value::Count(4))
        });
        assert_eq!(text, line.replace("teams: 3", "teams: 4"));
        let anew = updated(line, Notation::Yaml, |new, _| {
            new.review_by = Some(date(2027, 5, 20))
        });
        assert!(
            anew.starts_with("schema: 1\nrubric: service-mesh@2.0.0\n"),
            "a new key has no line: {anew}"
        );
    }

    #[test]
    fn json_stays_json() {
        let json = "{\n\t\"schema\": 1, \"rubric\": \"service-mesh@2.0.0\", \"decision\": \"no-mesh\",\n\t\"decided\": \"2026-11-20\",\
                    \"review_by\": \"2027-05-20\",\n\t\"answers\": {\"teams\": 3}\n}\n";
        let text = updated(json, Notation::Json, |new, _| {
            new.review_by = Some(date(2028, 1, 1))
        });
        assert_eq!(text, json.replace("2027-05-20", "2028-01-01"));
        let added = updated(json, Notation::Json, |new, rubric| {
            set(&mut new.answers, rubric, "services", Value::Count(4));
        });
        assert!(serde_json::from_str::<serde_json::Value>(&added).is_ok());
    }
}
