//! Whole files, and what they say of themselves.

use super::*;
use crate::document::Adr;

fn read(text: &str) -> Metadata {
    Adr::read(text).unwrap().metadata
}

/// "accepted", "missing", "accepted/proposed" for a conflict.
fn status(text: &str) -> String {
    match read(text).status {
        StatusReading::Missing => "missing".to_owned(),
        StatusReading::Stated(status) => status.kind.name().to_owned(),
        StatusReading::Conflict(one, other) => {
            format!("{}/{}", one.kind.name(), other.kind.name())
        }
    }
}

fn successor(text: &str) -> Option<String> {
    match read(text).status {
        StatusReading::Stated(Status {
            kind: StatusKind::Superseded { by },
            ..
        }) => by.map(|by| by.text),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_dialect_is_read() {
    for text in [
        "---\nstatus: accepted\n---\n# T\n",
        "---\ntitle: T\nstatus: \"accepted\"\ndate: 2026-01-02\n---\n\n# T\n",
        "\u{feff}---\r\nstatus: accepted\r\n---\r\n# T\r\n",
        "# T\n\n* Status: accepted\n* Deciders: me\n\n## Context\n",
        "# T\n\n- **Status:** Accepted\n- **Date:** 2026-01-02\n\n## Context\n",
        "# T\n\n**Status:** accepted\n\n## Context\n",
        "# T\n\n**Status**: accepted\n",
        "# T\n\n**Status: accepted**\n",
        "# T\n\nStatus: Accepted\nDate: 2026-01-02\n",
        "# T\n\n> Status: Accepted\n",
        "# T\n\n## Status\nAccepted.\n\n#### Date\n2025-05-28\n",
        "# T\n\n## Status: Accepted\n\n## Context\n",
        "# T\n\n## 1. Status\n\n**Accepted**\n",
        "# T\n\n### Status\n\nAccepted\n",
        "# T\n\n## Status\n\n- [ ] Proposed\n- [x] Accepted\n",
        "# T\n\n## Status\n\n* Accepted\n",
        "# T\n\n## Status\n\nStatus: accepted\n",
        "# T\n\n**Status**\n\nAccepted\n",
        "# T\n\n| Status | Accepted |\n|---|---|\n| Date | 2026-01-02 |\n",
        "# T\n\n| | |\n|---|---|\n| **Status** | Accepted |\n",
        "# T\n\n| Date | Status |\n|---|---|\n| 2026-01-02 | Accepted |\n",
        "# T\n\n| Status | Date |\n|---|---|\n| Accepted | 2026-01-02 |\n",
        "## Status\n\nAccepted\n\n## Context\n",
        "# T\rStatus: accepted\r",
    ] {
        assert_eq!(status(text), "accepted", "{text}");
    }
}

#[test]
fn a_file_that_says_nothing_has_no_status() {
    for text in [
        "",
        "# T\n",
        "# T\n\n**Authors**: me\n",
        "---\nstatus:\n---\n# T\n",
        "# T\n\n## Status\n\n## Context\nx\n",
    ] {
        assert_eq!(status(text), "missing", "{text}");
    }
}

#[test]
fn an_unfilled_template_is_unknown() {
    assert_eq!(
        status("---\nstatus: {proposed | rejected | accepted}\n---\n# T\n"),
        "unknown"
    );
    assert_eq!(
        status("# T\n\n* Status: [proposed | rejected | accepted] <!-- optional -->\n"),
        "unknown"
    );
    assert_eq!(
        status("# T\n\n## Status\n\nWhat is the status, such as proposed, accepted?\n"),
        "unknown"
    );
}

#[test]
fn headings_keys_and_tables_of_every_make_are_read() {
    for text in [
        "# T\n\n## ✅ Status\n\nAccepted\n",
        "# T\n\n## Status {#status}\n\nAccepted\n",
        "# T\n\n## Status ##\n\nAccepted\n",
        "# T\n\n**Status:**\n\nAccepted\n",
        "# T\n\n## Metadata\n\n- **Status**: Accepted\n\n## Context\n",
        "# T\n\n## Metadata\n\n| Status | Accepted |\n|---|---|\n",
        "+++\nstatus = \"accepted\"\n+++\n# T\n",
        "# T\n\n## Status\n\n| Stage | State |\n|---|---|\n| Status | Accepted ✅ |\n| Implementation | In progress |\n",
        "# T\n\n## Status\n\n| Status | Date |\n|---|---|\n| Accepted | 2026-02-03 |\n",
        "# T\n\n## Status\n\n| Version | Date | Status |\n|---|---|---|\n| 1 | 2026-01-10 | Proposed |\n| 2 | 2026-02-03 | Accepted |\n",
        "# T\n\nStatus：Accepted\n",
        "# T\n\n- 状态：已接受\n",
        "# T\n\n## 状態\n\n承認\n",
        "# T\n\n## Statut\n\nAcceptée\n",
        "---\nestado: aceptado\n---\n# T\n",
        "# T\n\n## Stato\n\nApprovato\n",
        "# T\n\n## Status\n\nGeaccepteerd\n",
    ] {
        assert_eq!(status(text), "accepted", "{text}");
    }
}

#[test]
fn of_several_statuses_the_last_by_date_counts_or_none() {
    for (section, expected) in [
        ("Proposed 2026-01-10\n\nAccepted 2026-02-03", "accepted"),
        ("- 2026-01-10: Proposed\n- 2026-02-03: Accepted", "accepted"),
        ("2026-01-10: Proposed\n2026-02-03: Accepted", "accepted"),
        ("Accepted 2026-02-03\n\nProposed 2026-01-10", "accepted"),
        ("Proposed on 2026-01-10\nRejected on 2026-02-03", "rejected"),
        ("Proposed\n\nAccepted", "proposed/accepted"),
        ("Accepted\n\nProposed 2026-01-10", "accepted/proposed"),
        ("- Proposed\n- Accepted", "proposed/accepted"),
        ("- Proposed\n- Accepted\n- Superseded", "unknown"),
        ("* Proposed\n* **Accepted**\n* Superseded", "accepted"),
        (
            "- [ ] Proposed\n- [x] Accepted\n- [ ] Superseded",
            "accepted",
        ),
        ("- [x] Proposed\n- [x] Accepted", "proposed/accepted"),
        ("- Proposed\n- [x] Accepted", "accepted"),
        ("- [ ] Proposed\n- [ ] Accepted", "missing"),
        ("Proposed | **Accepted** | Deprecated", "accepted"),
        ("Accepted\n\nDeprecated", "accepted/deprecated"),
        ("Accepted\n\nAmended by [2](2.md)", "amended"),
        ("Accepted\nAmended by [2](2.md)", "amended"),
        ("Accepted\nSuperseded in part by [2](2.md)", "amended"),
        ("Superseded in part by\n[2](2.md)", "amended"),
        (
            "Accepted\n\nThe board met. It was\nsuperseded by nothing.",
            "accepted",
        ),
    ] {
        assert_eq!(
            status(&format!("# T\n\n## Status\n\n{section}\n\n## Context\n")),
            expected,
            "{section}"
        );
    }
    assert_eq!(
        status("# T\n\n* Status: Proposed 2026-01-10\n* Status: Accepted 2026-02-03\n"),
        "accepted"
    );
    assert_eq!(
        status("---\nstatus: accepted\n---\n> Superseded by [9](9.md)\n\n# T\n"),
        "accepted/superseded"
    );
    assert_eq!(
        status("---\nstatus: >-\n  superseded in part\n  by [9](9.md)\n---\n# T\n"),
        "amended"
    );
}

#[test]
fn a_successor_is_found_wherever_it_is_named() {
    for text in [
        "# T\n\n## Status\n\nSuperseded\n\nSuperseded by [9](9.md)\n",
        "# T\n\n## Status\n\nSuperseded by\n[9](9.md)\n",
        "# T\n\n## Status\n\nSuperseded - [9](9.md)\n",
        "# T\n\n## Status\n\nSuperseded\n\n[9](9.md)\n",
        "---\nstatus: superseded\n---\n\nSuperseded by [9](9.md).\n\n# T\n",
        "---\nstatus: superseded\n---\n\n> **Superseded by [9](9.md)**\n\n# T\n",
        "# T\n\n* Status: superseded\n* Superseded by: [9](9.md)\n",
        "# T\n\n| Status | Superseded |\n|---|---|\n| Superseded by | [9](9.md) |\n",
        "# T\n\nStatus: superseded by\n[9](9.md)\n",
        "# T\n\nThis was superseded by [9](9.md) in May.\n\n## Status\n\nSuperseded\n",
        "# T\n\n## Status\n\nAbgelöst\n\nErsetzt durch [9](9.md)\n",
    ] {
        assert_eq!(successor(text).as_deref(), Some("9"), "{text}");
    }
    for text in [
        "# T\n\n* Status: superseded\n* Superseded by: none\n",
        "# T\n\n## Status\n\nSuperseded\n\nSee [the process](p.md) for more.\n",
    ] {
        assert_eq!(successor(text), None, "{text}");
    }
}

#[test]
fn an_amendment_does_not_win() {
    assert_eq!(
        status("# T\n\nStatus: accepted\n\n## Amendment 1\n\nStatus: proposed\n"),
        "accepted"
    );
    assert_eq!(
        status("# T\n\n## Status\n\nAccepted\n\n## Amendment\n\n### Status\n\nProposed\n"),
        "accepted"
    );
    assert_eq!(
        status("# T\n\n## Context\n\nx\n\n## Amendment\n\n### Status\n\nProposed\n"),
        "missing"
    );
    assert_eq!(status("# T\n\n```\nStatus: accepted\n```\n"), "missing");
}

#[test]
fn a_wrapped_line_does_not_change_the_status() {
    assert_eq!(
        status("# T\n\n## Status\n\nAccepted. This was not\nsuperseded by anything.\n"),
        "accepted"
    );
    assert_eq!(
        status(
            "# T\n\n## Status\n\nAccepted\n\nIt was once thought\nsuperseded by [4](4.md) in part.\n"
        ),
        "accepted"
    );
    assert_eq!(
        status("# T\n\nStatus: accepted\nproposed again later by nobody\n"),
        "accepted"
    );
}

#[test]
fn adr_tools_supersession_below_the_status_holds() {
    let text = "# 3. T\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n\nSuperceded by [9. Use B](0009-use-b.md)\n\n## Context\n";
    assert_eq!(status(text), "superseded");
    assert_eq!(successor(text).as_deref(), Some("9. Use B"));
}

#[test]
fn the_front_matter_may_name_the_successor() {
    assert_eq!(
        successor("---\nstatus: superseded\nsuperseded_by: ADR-9\n---\n# T\n").as_deref(),
        Some("ADR-9")
    );
    let links = "---\nstatus: superseded\nlinks:\n  - target: 2\n    kind: amends\n  - kind: supersededby\n    target: 9\n---\n";
    assert_eq!(successor(links).as_deref(), Some("9"));
    assert_eq!(successor("---\nstatus: superseded\n---\n# T\n"), None);
}

#[test]
fn two_different_statuses_are_a_conflict_with_both_places() {
    let text = "---\nstatus: accepted\n---\n# T\n\n## Status\n\nProposed\n";
    let StatusReading::Conflict(one, other) = read(text).status else {
        panic!("no conflict")
    };
    assert_eq!(
        (slice(text, one.span), slice(text, other.span)),
        ("accepted", "Proposed")
    );
    assert_eq!(
        status("---\nstatus: accepted\n---\n# T\n\n* Status: approved\n"),
        "accepted"
    );
}

#[test]
fn the_span_is_exactly_the_words() {
    let text = "# T\n\n* **Status:** Accepted <!-- so -->\n";
    let StatusReading::Stated(found) = read(text).status else {
        panic!("no status")
    };
    assert_eq!(slice(text, found.span), "Accepted <!-- so -->");
    assert_eq!(found.text, "Accepted");
}

#[test]
fn title_and_date_are_found() {
    let date = |text| read(text).date.map(|field| field.text);
    let title = |text| read(text).title.map(|field| field.text);
    assert_eq!(
        date("# T\n\nDate: 2020-01-23\n").as_deref(),
        Some("2020-01-23")
    );
    assert_eq!(
        date("---\ndate: 2020-01-23\n---\n").as_deref(),
        Some("2020-01-23")
    );
    assert_eq!(
        date("# T\n\n## Status\nAccepted\n\n#### Date\n2025-05-28\n").as_deref(),
        Some("2025-05-28")
    );
    assert_eq!(title("---\ntitle: A\n---\n# B\n").as_deref(), Some("B"));
    assert_eq!(title("---\ntitle: A\n---\n## B\n").as_deref(), Some("A"));
    assert_eq!(title("## Decision: C\n").as_deref(), Some("Decision: C"));
}
