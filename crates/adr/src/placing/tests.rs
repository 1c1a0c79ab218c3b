use proptest::prelude::*;

use super::*;

const YAML: &str = "schema: 1\ndecision: no-mesh\n";

fn insert(text: &str) -> String {
    insert_or_replace(text, YAML).unwrap()
}

fn block(ending: &str) -> String {
    "```yaml mesh-advisor\nschema: 1\ndecision: no-mesh\n```".replace('\n', ending)
}

#[test]
fn a_block_goes_after_the_decision_and_before_what_follows() {
    let text = "# T\n\n## Decision Outcome\n\nNo mesh.\n\n### Consequences\n\nFine.\n\n<!-- optional -->\n## Links\n\n* x\n";
    let expected = format!("Fine.\n\n{}\n\n<!-- optional -->\n## Links", block("\n"));
    assert!(insert(text).contains(&expected), "{}", insert(text));
}

#[test]
fn a_block_goes_before_the_links_or_to_the_end_without_a_decision() {
    assert_eq!(
        insert("# T\n\nx\n\n## More Information\n\ny\n"),
        format!("# T\n\nx\n\n{}\n\n## More Information\n\ny\n", block("\n"))
    );
    assert_eq!(
        insert("# T\n\nx\n\n"),
        format!("# T\n\nx\n\n{}\n\n", block("\n"))
    );
}

/// Each of these once sent the search for a place round and round.
#[test]
fn a_comment_in_an_item_or_a_quote_before_the_next_heading_stays_there() {
    for line in [
        "- <!-- x -->",
        "* <!-- x -->",
        "1. <!-- x -->",
        "> <!-- x -->",
        ">> <!-- x -->",
        "- > <!-- x -->",
        "- - <!-- x -->",
        "- a\n\n  <!-- x -->",
        "> a\n>\n> <!-- x\n> y -->",
        "- <!-- x\n  y -->",
        "-\n  <!-- x -->",
        "   <!-- x -->",
        "- <!-- x",
        "> <!-- x",
        "- <!-- x -->\n<!-- y -->",
        "<!-- y -->\n\n- <!-- x -->",
    ] {
        let text = format!("# T\n\n## Decision\n\nNo mesh.\n\n{line}\n\n## Links\n\n- z\n");
        let written = insert(&text);
        assert!(
            written.find("No mesh.") < written.find("```yaml"),
            "{written}"
        );
        assert_eq!(remove(&written).unwrap(), text);
    }
    let text = "# T\n\n## Decision\n\nNo mesh.\n\n- <!-- x -->\n\n<!-- one -->\n\n<!-- two -->\n## Links\n";
    let expected = format!(
        "- <!-- x -->\n\n{}\n\n<!-- one -->\n\n<!-- two -->\n## Links\n",
        block("\n")
    );
    assert!(insert(text).ends_with(&expected), "{}", insert(text));
}

#[test]
fn a_decision_is_found_under_any_name_it_has() {
    for heading in [
        "## ✅ Decision",
        "## Decision {#decision}",
        "## 3. Decision Outcome:",
        "## Entscheidung",
        "## 决策",
        "## Décision ##",
    ] {
        let text = format!("# T\n\n{heading}\n\nNo mesh.\n\n## Rest\n\nx\n");
        assert!(
            insert(&text).contains(&format!("No mesh.\n\n{}\n\n## Rest", block("\n"))),
            "{}",
            insert(&text)
        );
    }
}

#[test]
fn of_several_decisions_only_one_that_is_pointed_out_gets_the_block() {
    let text = "# 1. A\n\n## Decision\n\nx\n\n# 2. B\n\n## Decision\n\ny\n";
    let refused = insert_or_replace(text, YAML);
    assert_eq!(
        refused,
        Err(PlacingError::SeveralDecisions {
            titles: vec!["1. A".to_owned(), "2. B".to_owned()]
        })
    );
    let pointed = text.replace("y\n", "y\n\n```yaml mesh-advisor\n```\n");
    assert_eq!(
        insert(&pointed),
        text.to_owned() + "\n" + &block("\n") + "\n"
    );
}

#[test]
fn line_endings_byte_order_mark_and_missing_last_newline_are_kept() {
    assert_eq!(
        insert("\u{feff}# T\r\n\r\nx"),
        format!("\u{feff}# T\r\n\r\nx\r\n\r\n{}", block("\r\n"))
    );
    assert_eq!(insert("\u{feff}"), format!("\u{feff}{}\n", block("\n")));
    assert_eq!(insert(""), format!("{}\n", block("\n")));
    assert_eq!(
        insert("---\nstatus: accepted\n---"),
        format!("---\nstatus: accepted\n---\n\n{}", block("\n"))
    );
}

#[test]
fn a_text_that_swallows_its_end_gets_the_block_at_its_start() {
    let text = "---\nstatus: accepted\n---\n# T\n\n```\nnever closed\n\n## Decision\n";
    assert_eq!(
        insert(text),
        format!(
            "---\nstatus: accepted\n---\n# T\n\n{}\n\n```\nnever closed\n\n## Decision\n",
            block("\n")
        )
    );
    let comment = "<!-- never closed\n# T\n";
    assert!(insert(comment).starts_with("```yaml mesh-advisor\n"));
}

#[test]
fn replacing_changes_the_content_and_nothing_else() {
    for (before, after) in [
        ("# T\n\n```yaml mesh-advisor title=x\n", "```\n\nrest"),
        ("~~~~ yml mesh-advisor\r\n", "~~~~\r\n"),
    ] {
        let ending = if before.contains('\r') { "\r\n" } else { "\n" };
        let old = format!("{before}old: 1{ending}{after}");
        assert_eq!(
            insert(&old),
            format!("{before}{}{after}", YAML.replace('\n', ending))
        );
        let empty = format!("{before}{after}");
        assert_eq!(
            insert(&empty),
            format!("{before}{}{after}", YAML.replace('\n', ending))
        );
    }
}

#[test]
fn replacing_keeps_indentation_in_lists_and_front_matter() {
    let list = "1. item\n\n   ```yaml mesh-advisor\n   old: 1\n   ```\n";
    assert_eq!(
        insert(list),
        "1. item\n\n   ```yaml mesh-advisor\n   schema: 1\n   decision: no-mesh\n   ```\n"
    );
    let matter = "---\na: 1\nx-mesh-advisor: {old: 1}\nb: 2\n---\n# T\n";
    let written = insert(matter);
    assert_eq!(
        written,
        "---\na: 1\nx-mesh-advisor:\n  schema: 1\n  decision: no-mesh\nb: 2\n---\n# T\n"
    );
    assert_eq!(remove(&written).unwrap(), "---\na: 1\nb: 2\n---\n# T\n");
}

#[test]
fn what_cannot_be_written_safely_is_refused() {
    assert!(matches!(
        insert_or_replace("```yaml mesh-advisor\na: 1\n\n# T\n", YAML),
        Err(PlacingError::NotClosed { .. })
    ));
    let twice = format!("{0}\n\n{0}\n", block("\n"));
    assert_eq!(
        insert_or_replace(&twice, YAML),
        Err(PlacingError::Several { count: 2 })
    );
    let fence = insert_or_replace("```yaml mesh-advisor\n```\n", "a: |\n  ```\n");
    assert!(matches!(fence, Err(PlacingError::NotReadBack { .. })));
    assert!(matches!(
        remove("- ```yaml mesh-advisor\n  ```\n"),
        Err(PlacingError::InsideList { .. })
    ));
    assert!(matches!(
        insert_or_replace(&"> ".repeat(1000), YAML),
        Err(PlacingError::Nesting(_))
    ));
}

#[test]
fn content_with_fences_gets_longer_fences() {
    let written = insert_or_replace("# T\n", "a: |\n  ```\n").unwrap();
    assert!(
        written.contains("````yaml mesh-advisor\na: |\n  ```\n````\n"),
        "{written}"
    );
}

#[test]
fn a_hand_written_block_is_taken_out_with_one_empty_line() {
    assert_eq!(
        remove(&format!("a\n{}\nb\n", block("\n"))).unwrap(),
        "a\nb\n"
    );
    assert_eq!(
        remove(&format!("a\n\n{}\n\nb\n", block("\n"))).unwrap(),
        "a\n\nb\n"
    );
    assert_eq!(remove("no record").unwrap(), "no record");
}

/// Pieces that decision records are made of, and what breaks them.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => proptest::sample::select(vec![
            "# Title", "## Status", "Accepted", "## Decision", "## Decision Outcome", "### Consequences", "## Links", "text",
            "", "", "", "* Status: accepted", "- item", "  - nested", "    indented", "```", "```yaml", "~~~", "````", "> quote",
            "---", "===", "<!-- comment -->", "- <!-- item -->", "> <!-- quote -->", "1. <!--", "<!--", "-->", "<div>", "</div>", "status: accepted", "| a | b |", "|---|---|",
            "[a]: b", "```yaml mesh-advisor-not", "\t", "   ", "1. one", "   ```", "x-other: 1", "\u{feff}", "\u{0}", "…é",
        ]).prop_map(str::to_owned),
        1 => "(?s).{0,12}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    let ending = proptest::sample::select(vec!["\n", "\n", "\n", "\r\n", "\r\n", "\r", "\n\n", ""]);
    let uniform = (
        proptest::sample::select(vec!["\n", "\r\n", "\r"]),
        proptest::collection::vec(piece(), 0..25),
    )
        .prop_map(|(ending, pieces)| pieces.join(ending));
    let mixed = proptest::collection::vec((piece(), ending), 0..25).prop_map(|pieces| {
        pieces
            .into_iter()
            .map(|(piece, ending)| piece + ending)
            .collect::<String>()
    });
    let mark = proptest::sample::select(vec![
        "",
        "",
        "\u{feff}",
        "---\nstatus: accepted\n---\n",
        "---\r\ntitle: x\r\n---\r\n",
    ]);
    (mark, prop_oneof![uniform, mixed]).prop_map(|(mark, text)| mark.to_owned() + &text)
}

fn yaml() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(YAML.to_owned()),
        Just(YAML.replace('\n', "\r\n")),
        Just("because: |\n  ```\n  ````\n".to_owned()),
        Just("---\na: 1".to_owned()),
        Just(String::new()),
        "(a: [a-z`~]{0,5}\n){0,4}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn taking_out_what_was_put_in_gives_the_bytes_back(text in text(), yaml in yaml()) {
        prop_assume!(Adr::read(&text).is_ok_and(|adr| adr.records.is_empty()));
        let written = insert_or_replace(&text, &yaml);
        prop_assume!(!matches!(written, Err(PlacingError::SeveralDecisions { .. })));
        prop_assert!(written.is_ok(), "{:?}", written);
        prop_assert_eq!(remove(&written.unwrap()).unwrap(), text);
    }

    #[test]
    fn taking_out_works_for_random_characters_too(text in "(?s).{0,60}") {
        prop_assert_eq!(remove(&insert(&text)).unwrap(), text);
    }

    #[test]
    fn taking_out_works_for_random_bytes_too(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        prop_assert_eq!(remove(&insert(&text)).unwrap(), text);
    }

    #[test]
    fn replacing_loses_no_byte_outside_the_content(text in text(), first in yaml(), second in yaml()) {
        prop_assume!(Adr::read(&text).is_ok_and(|adr| adr.records.is_empty()));
        let Ok(written) = insert_or_replace(&text, &first) else { return Ok(()) };
        let record = Adr::read(&written).unwrap().records.remove(0);
        if let Ok(replaced) = insert_or_replace(&written, &second) {
            let opening_end = line_at(&written, record.span.start).next;
            let closing = line_at(&written, record.span.end - 1).start;
            prop_assert!(replaced.starts_with(&written[..opening_end]));
            prop_assert!(replaced.ends_with(&written[closing..]));
            prop_assert_eq!(remove(&replaced).unwrap(), text);
        }
    }

    #[test]
    fn damage_never_panics_nor_loses_a_byte(text in text(), line in any::<prop::sample::Index>(), doubled in any::<bool>(), noise in "(?s).{0,6}") {
        let Ok(written) = insert_or_replace(&text, YAML) else { return Ok(()) };
        let mut parts: Vec<String> = written.split_inclusive('\n').map(str::to_owned).collect();
        if !parts.is_empty() {
            let at = line.index(parts.len());
            if doubled { let copy = parts[at].clone(); parts.insert(at, copy + &noise) } else { parts[at] = noise }
        }
        let damaged = parts.concat();
        let Ok(adr) = Adr::read(&damaged) else { return Ok(()) };
        let _ = remove(&damaged);
        if let (Ok(after), [record]) = (insert_or_replace(&damaged, "new: 1\n"), adr.records.as_slice()) {
            prop_assert!(after.starts_with(&damaged[..record.head.end]));
            let closing = line_at(&damaged, record.span.end - 1).start;
            prop_assert!(after.ends_with(&damaged[closing..]), "{after:?} {damaged:?}");
        }
    }
}
