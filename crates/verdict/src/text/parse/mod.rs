//! The one parse: from a text to values that know their place, within limits that keep hostile files cheap.

mod build;
mod extent;
mod input;
mod offsets;
mod scalar;
mod slips;

use saphyr_parser::{Parser, ScanError};

use build::Builder;
use input::Characters;
use offsets::Offsets;
pub(crate) use scalar::plain;

use super::{Node, PlacedProblem, Problem, ProblemKind, Route, Source};

/// Reads `source` as one YAML document (JSON is YAML); nothing at all when the text holds no value.
///
/// # Errors
/// The text is not YAML, is nested deeper than 64 levels, holds more than 200,000 values, or repeats more than 1 MiB
/// by aliases.
pub(super) fn parse(source: &Source) -> Result<Node, Box<PlacedProblem>> {
    let offsets = Offsets::of(&source.text);
    let mut builder = Builder::default();
    for event in Parser::new(Characters::of(&source.text)) {
        let (event, span) = event.map_err(|error| syntax_problem(&error, &offsets, source))?;
        let span = extent::trimmed(
            &source.text,
            &event,
            offsets.range(span),
            builder.is_in_list(),
        );
        builder
            .take(event, span.clone())
            .map_err(|message| slip_at(&source.text, span.start, refused(message, span)))?;
    }
    Ok(builder.finish())
}

fn syntax_problem(error: &ScanError, offsets: &Offsets, source: &Source) -> Box<PlacedProblem> {
    let at = offsets.byte(error.marker().index());
    let message = format!("not valid YAML: {}", error.info());
    match slips::at(&source.text, at) {
        Some(slip) => slipped(slip, message),
        None => refused(message, at..at),
    }
}

/// The refusal of what begins at `start`, or the slip that begins there.
fn slip_at(text: &str, start: usize, refusal: Box<PlacedProblem>) -> Box<PlacedProblem> {
    match slips::at(text, start).filter(|slip| slip.span.start == start) {
        Some(slip) => slipped(slip, refusal.problem.message),
        None => refusal,
    }
}

fn slipped(slip: slips::Slip, message: String) -> Box<PlacedProblem> {
    let mut placed = refused(message, slip.span);
    placed.problem.help = Some(slip.help);
    placed
}

fn refused(message: String, span: std::ops::Range<usize>) -> Box<PlacedProblem> {
    let problem = Problem::new(&Route::top(), message).of_kind(ProblemKind::Unreadable);
    Box::new(PlacedProblem { problem, span })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Tree;

    fn read(text: &str) -> Result<Tree, String> {
        let node = parse(&Source::new("a", text));
        node.map(|node| node.tree)
            .map_err(|placed| placed.problem.message)
    }

    fn refusal(text: &str) -> String {
        read(text).expect_err(text)
    }

    #[test]
    fn each_key_and_value_stands_where_the_text_has_it() {
        let text = "ä: [x, {y: \"z\"}]\nb:\n  - |\n    lines\n  -\nc:\n";
        let root = parse(&Source::new("a", text)).expect("valid");
        let at = |route: &Route, part| text.get(root.locate(route, part)).expect("inside");
        let (top, value, key) = (Route::top(), Default::default(), crate::text::Part::Key);
        assert_eq!(at(&top.key("ä"), key), "ä");
        assert_eq!(at(&top.key("ä").index(1).key("y"), value), "\"z\"");
        assert_eq!(at(&top.key("b").index(0), value).trim_end(), "lines");
        assert_eq!(at(&top.key("c"), value), "c", "its key stands for it");
        assert_eq!(
            at(&top.key("nowhere"), value),
            text.trim_end_matches(":\n"),
            "the nearest around it"
        );
    }

    #[test]
    fn a_value_ends_where_it_ends_and_not_behind_its_comment() {
        for (text, value) in [
            ("a: [b, {c: d}] # e ] }\nf: 1\n", "[b, {c: d}]"),
            ("a: {b: [c]}\t# e\nf: 1\n", "{b: [c]}"),
            ("a: [b: c , d] # e\nf: 1\n", "[b: c , d]"),
            (
                "a: [b, # c\n  d # e\n  ] # f\nf: 1\n",
                "[b, # c\n  d # e\n  ]",
            ),
            ("a: \"b \\\" # c\" # \"d\"\nf: 1\n", "\"b \\\" # c\""),
            ("a: 'it''s # b' # c'd\nf: 1\n", "'it''s # b'"),
            ("a: 'b\\' # c\nf: 1\n", "'b\\'"),
            ("a: '' # b\nf: 1\n", "''"),
            ("a: b # c\nf: 1\n", "b"),
            ("a: &x b # c\nf: 1\n", "b"),
            ("a: &x \"b\" # c\nf: 1\n", "\"b\""),
            ("a: !!str 'b' # c\nf: 1\n", "!!str 'b'"),
            ("a:\n  b: 1 # c\n# of f\nf: 1\n", "b: 1"),
            ("a:\n  b:\n  # of f\nf: 1\n", "b:"),
            ("a:\n  - b\n  - [c] # d\n\n# of f\nf: 1\n", "- b\n  - [c]"),
            (
                "a:\n- b: 1\n  c:\n    d: é # e\nf: 1\n",
                "- b: 1\n  c:\n    d: é",
            ),
            ("a:\n- - b # c\n- d\nf: 1\n", "- - b # c\n- d"),
            ("a: >-\n  b\n  c\n\nf: 1\n", "b\n  c"),
            (
                "a:\n  b: |\n    c\n  d: |\n    e\nf: 1\n",
                "b: |\n    c\n  d: |\n    e",
            ),
        ] {
            let root = parse(&Source::new("a", text)).expect(text);
            let span = root.locate(&Route::top().key("a"), Default::default());
            assert_eq!(
                text.get(span).unwrap_or("").trim_end_matches(':'),
                value.trim_end_matches(':'),
                "{text}"
            );
        }
        let nested = "a:\n- - b # c\n- d\ne:\n  - - f\n    - g\n";
        let root = parse(&Source::new("a", nested)).expect("valid");
        let at = |key, nth| {
            nested.get(root.locate(&Route::top().key(key).index(nth), Default::default()))
        };
        assert_eq!((at("a", 0), at("a", 1)), (Some("- b"), Some("d")));
        assert_eq!(at("e", 0), Some("- f\n    - g"));
        let text = "\"a\" : 1\n{";
        assert!(read(text).is_err());
        let root = parse(&Source::new("a", "\"a\" : 1\n")).expect("valid");
        let key = root.locate(&Route::top().key("a"), crate::text::Part::Key);
        assert_eq!(key, 0..3);
    }

    #[test]
    fn a_tab_after_a_colon_separates_as_a_blank_does() {
        let blanks = "a: b\nc: [d, e: f]\ng: {h: i, \"j\": -k}\nl: # m\n  n: \"o:\tp\"\n";
        let tabs = blanks.replace(": ", ":\t");
        assert!(tabs.contains("a:\tb") && tabs.contains("o:\tp"));
        assert_eq!(read(&tabs), read(blanks));
        assert_eq!(read("a: \t b"), read("a: b"));
        assert_eq!(read("a:\t\tb"), read("a: b"));
        assert!(read("a:\tb: c").is_err() && read("a:\n\tb: c").is_err());
    }

    #[test]
    fn aliases_stand_for_what_they_repeat_and_take_its_place() {
        let text = "a: &x {b: [1, c]}\nd: *x\n";
        let root = parse(&Source::new("a", text)).expect("valid");
        assert_eq!(root.tree.get("a"), root.tree.get("d"));
        let inner = Route::top().key("d").key("b").index(1);
        assert_eq!(
            text.get(root.locate(&inner, Default::default())),
            Some("*x")
        );
    }

    #[test]
    fn common_slips_are_told_at_their_place_with_what_to_write() {
        for (text, marked, help) in [
            (
                "a: {services: >= 3}\n",
                ">= 3",
                "put it in quotes: \">= 3\"",
            ),
            (
                "when:\n  services: >= 3\nb: 1\n",
                ">= 3",
                "put it in quotes: \">= 3\"",
            ),
            (
                "a: 1\nbecause: Adopt it: now\n",
                "Adopt it: now",
                "a text with a colon goes in quotes",
            ),
            ("a:\n\tb: 1\n", "\t", "indent with blanks, not with tabs"),
            ("a: [b,, c]\n", ",,", "a comma too many"),
            ("a: {b: 1,, c: 2}\n", ",,", "a comma too many"),
        ] {
            let placed = parse(&Source::new("a", text)).expect_err(text);
            assert_eq!(text.get(placed.span.clone()), Some(marked), "{text}");
            assert_eq!(placed.problem.help.as_deref(), Some(help), "{text}");
        }
        let tag = "a: {services: != 3}\n";
        let placed = parse(&Source::new("a", tag)).expect_err("a tag");
        assert_eq!(placed.problem.message, "the tag `!=` means nothing here");
        assert!(
            read("a: !!str 14").is_ok_and(|tree| tree.get("a") == Some(&Tree::Text("14".into())))
        );
    }

    #[test]
    fn what_is_not_read_is_said() {
        assert_eq!(read(""), Ok(Tree::Null));
        assert_eq!(read("# nothing\n"), Ok(Tree::Null));
        assert!(refusal("a: 1\n---\nb: 2\n").starts_with("a second document"));
        assert!(refusal("[a]: 1").contains("cannot be a key"));
        assert!(refusal("a: &x [*x]").contains("inside what it repeats"));
        assert!(read(&format!("{}1{}", "[".repeat(64), "]".repeat(64))).is_ok());
        assert!(refusal(&"[".repeat(65)).starts_with("nested deeper"));
        assert!(refusal(&format!("[{}]", "1,".repeat(200_001))).starts_with("more than 200000"));
    }

    #[test]
    fn aliases_that_repeat_little_are_read_and_bombs_are_refused() {
        assert!(read("a: &x [1, 2]\nb: *x\nc: *x\n").is_ok());
        let long = "y".repeat(100_000);
        let wide = format!("a: &x \"{long}\"\nb: [{}]\n", "*x,".repeat(100));
        assert!(refusal(&wide).contains("repeat more than 1 MiB"));
        let mut deep = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]\n".to_owned();
        for level in 1..20 {
            let before = format!("*a{},", level - 1).repeat(9);
            deep += &format!("a{level}: &a{level} [{before}]\n");
        }
        assert!(refusal(&deep).contains("repeat more than 1 MiB"));
        let anchors: String = (0..60).map(|level| format!("&a{level} [")).collect();
        let nested = format!("{anchors}\"{long}\"{}", "]".repeat(60));
        assert!(refusal(&nested).contains("repeat more than 1 MiB"));
    }

    /// Values as an unrelated parser reads them.
    fn read_otherwise(text: &str) -> Option<Tree> {
        serde_yaml::from_str(text).ok()
    }

    fn tree() -> impl Strategy<Value = Tree> {
        let leaf = prop_oneof![
            Just(Tree::Null),
            any::<bool>().prop_map(Tree::Bool),
            any::<i64>().prop_map(Tree::Integer),
            // Line feeds by YAML 1.1, by which it is written, but not by YAML 1.2.
            "[^\\u{85}\\u{2028}\\u{2029}]{0,12}".prop_map(|text| Tree::Text(text.into())),
            "[-+.0-9a-fxeoTrun~: #]{0,6}".prop_map(|text| Tree::Text(text.into())),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            let key = "[a-z0-9 :#-]{1,4}";
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Tree::list),
                prop::collection::btree_map(key, inner, 0..4).prop_map(|entries| {
                    Tree::map(entries.into_iter().map(|(key, tree)| (key.into(), tree)))
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_serde_yaml_writes_is_read_back(tree in tree()) {
            let written = serde_yaml::to_string(&tree).expect("writable");
            prop_assert_eq!(read(&written), Ok(tree));
        }

        #[test]
        fn two_parsers_agree_on_what_a_word_means(word in "[-+.0-9a-fA-FxXeEoOTrtun~_]{0,8}") {
            // What the other one cannot hold, it refuses or rounds.
            if let (Ok(ours), Some(theirs)) = (read(&word), read_otherwise(&word))
                && !matches!(ours, Tree::Number(_))
            {
                prop_assert_eq!(ours, theirs);
            }
        }

        #[test]
        fn no_text_is_too_strange(text in "[a-c:\\-\\[\\]{},&*!|>'\"%@`#? \t\n~0-9]{0,60}") {
            if let Ok(node) = parse(&Source::new("a", text.as_str())) {
                for route in [Route::top(), Route::top().key("a"), Route::top().index(0)] {
                    prop_assert!(text.get(node.locate(&route, Default::default())).is_some());
                }
            }
        }
    }
}
