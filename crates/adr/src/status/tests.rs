//! Statuses as people write them.

use super::*;

fn read(raw: &str) -> StatusKind {
    Status::read(raw, 0..raw.len(), &Vocabulary::default()).kind
}

fn name(raw: &str) -> &'static str {
    read(raw).name()
}

fn by(raw: &str) -> Option<(String, String)> {
    match read(raw) {
        StatusKind::Superseded { by } | StatusKind::Amended { by } => {
            by.map(|by| (by.text, by.target.unwrap_or_default()))
        }
        other => panic!("{raw}: {other:?}"),
    }
}

#[test]
fn a_status_word_with_what_people_put_around_it_is_that_status() {
    for raw in [
        "Accepted",
        "accepted.",
        "**Accepted**",
        "✅ Accepted",
        "Accepted ✅",
        ":white_check_mark: Accepted",
        "ACCEPTED!",
        "_approved_",
        "Accepted (2026-01-02)",
        "Accepted on 2026-01-02",
        "Accepted 2026-01-02",
        "2026-01-02: Accepted",
        "03.02.2026 Accepted",
        "Accepted by the board, 2020",
        "accepted <!-- optional -->",
        "~~Proposed~~ Accepted",
        "[Accepted](process.md)",
        "Accepted. It replaces ADR 3",
        "Accepted, implemented",
        "Accepted & implemented",
        "Accepted and implemented",
        "ACCEPTED Implemented",
        "Implementable",
        "implemented",
        "Final",
        "Done",
        "In effect",
        "`active`",
        "Accepted - 2020-01-01",
        "Accepted; supersedes 3",
        "Accepted | Date: 2020-02-02",
        "accepted for new services",
        "Akzeptiert am 3.2.2026",
        "Accepté",
        "aceptada",
        "aceito",
        "Approvato",
        "Geaccepteerd",
        "承認",
        "已接受",
        "已采纳（2026年2月3日）",
    ] {
        assert_eq!(name(raw), "accepted", "{raw}");
    }
    for raw in [
        "Proposed",
        "Proposal",
        "Draft (in review)",
        "WIP",
        "RFC",
        "under review",
        "Open",
        "In consideration",
        "On hold",
        "work-in-progress",
        "Vorgeschlagen",
        "brouillon",
        "提案中",
        "草稿",
    ] {
        assert_eq!(name(raw), "proposed", "{raw}");
    }
    for (raw, expected) in [
        ("Rejected", "rejected"),
        ("Declined by the board", "rejected"),
        ("Obsolete", "deprecated"),
        ("Withdrawn", "deprecated"),
        ("Deprecated since 2024", "deprecated"),
        ("not accepted", "rejected"),
        ("Abgelehnt", "rejected"),
        ("Ersetzt durch ADR-9", "superseded"),
        ("废弃", "deprecated"),
    ] {
        assert_eq!(name(raw), expected, "{raw}");
    }
}

#[test]
fn a_sentence_that_begins_with_a_status_word_is_not_a_status() {
    for raw in [
        "Superseded approaches were considered",
        "Final answer is still pending",
        "Open questions remain",
        "Active development continues",
        "Acceptedness",
        "Accepting this would",
        "What is the status, such as accepted?",
        "{proposed | rejected | accepted}",
        "Proposed / Accepted / Deprecated",
        "[proposed | accepted]",
        "[accepted | superseded by [ADR-0005](0005-example.md)]",
        "",
        "???",
        "Approved budgets apply",
        "Accepted, deprecated 2023",
        "the meeting accepted",
        "Pending approval, draft",
        "accepted rejected",
        "**Proposed** | **Accepted**",
        "Vorgeschlagen | Akzeptiert | Abgelehnt",
        "提议 / 采纳 / 废弃 / 替代",
    ] {
        assert_eq!(name(raw), "unknown", "{raw}");
    }
}

#[test]
fn of_several_words_the_marked_one_counts_and_of_dated_ones_the_last() {
    for (raw, expected) in [
        ("Proposed | **Accepted** | Deprecated", "accepted"),
        ("Proposed / Accepted / __Rejected__", "rejected"),
        ("~~Proposed~~ / Accepted", "accepted"),
        ("Proposed (2026-01-10), Accepted (2026-02-03)", "accepted"),
        ("Accepted 2026-02-03, Proposed 2026-01-10", "accepted"),
        ("2026-01-10: Accepted; 2026-02-03: Deprecated", "deprecated"),
        ("Proposed 2026-01-10, Accepted", "unknown"),
        ("Proposed -> Accepted", "unknown"),
    ] {
        assert_eq!(name(raw), expected, "{raw}");
    }
}

#[test]
fn supersession_names_its_successor() {
    let link = Some(("ADR-5".to_owned(), "0005-x.md".to_owned()));
    for raw in [
        "superseded by [ADR-5](0005-x.md)",
        "Superceded by [ADR-5](0005-x.md)",
        "**Superseded** by: [ADR-5](0005-x.md)",
        "Accepted, superseded by [ADR-5](0005-x.md)",
        "Deprecated, superseded by [ADR-5](0005-x.md)",
        "Superseded - [ADR-5](0005-x.md)",
        "Superseded on 2026-02-03 by\n[ADR-5](0005-x.md)",
        "Superseded — see [ADR-5](0005-x.md)",
        "Ersetzt durch [ADR-5](0005-x.md)",
        "已被 [ADR-5](0005-x.md) 取代",
    ] {
        assert_eq!(by(raw), link, "{raw}");
        assert_eq!(name(raw), "superseded", "{raw}");
    }
    let named = |name: &str| Some((name.to_owned(), String::new()));
    assert_eq!(by("superseded by ADR-0123"), named("ADR-0123"));
    assert_eq!(by("Superseded by 1234."), named("1234"));
    assert_eq!(by("Superseded: ADR 7"), named("ADR 7"));
    for raw in [
        "Superseded",
        "Superseded by events",
        "Superseded 2026-02-03",
    ] {
        assert_eq!(by(raw), None, "{raw}");
    }
}

#[test]
fn what_is_amended_stays_in_force_and_names_its_amendment() {
    let link = Some(("ADR 9".to_owned(), "9.md".to_owned()));
    for raw in [
        "Superseded in part by [ADR 9](9.md)",
        "Partially superseded by [ADR\n9](9.md). The rest holds.",
        "amended by [ADR 9](9.md)",
        "amended-in-part by [ADR 9](9.md), [0010](0010-y.md)",
        "Extended by [ADR 9](9.md)",
        "Accepted, amended by [ADR 9](9.md)",
        "Accepted (partially superseded by [ADR 9](9.md))",
    ] {
        assert_eq!(name(raw), "amended", "{raw}");
        assert_eq!(
            by(raw).map(|(text, target)| (text.replace('\n', " "), target)),
            link,
            "{raw}"
        );
    }
    assert_eq!(name("Rejected, amended by 9"), "unknown");
}

#[test]
fn only_a_whole_line_with_a_link_is_about_another_record() {
    let is_about = |raw: &str| is_about_another(raw, &read(raw));
    assert!(is_about("Superceded by [9. Use B](0009-use-b.md)"));
    assert!(is_about("superseded by [9](9.md)."));
    assert!(is_about("**Amended by [9](9.md)**"));
    assert!(!is_about("superseded by [9](9.md) in spirit"));
    assert!(!is_about("superseded by nothing"));
    assert!(!is_about("It was superseded by [9](9.md)"));
    assert!(!is_about("Supersedes [3](3.md)"));
}
