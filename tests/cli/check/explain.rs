//! `explain`: everything that has a name can be asked for.

use mesh_advisor::record::findings::FAMILY;

use crate::program::run;

#[test]
fn every_finding_is_explained() {
    for kind in (FAMILY.kinds)() {
        let explained = run(&["explain", kind.id]);
        assert_eq!(explained.code, 0, "{}", explained.err);
        assert!(
            explained
                .out
                .starts_with(&format!("{} (finding)\n", kind.id)),
            "{}",
            explained.out
        );
    }
}

#[test]
fn a_name_with_two_meanings_gives_both() {
    let explained = run(&["explain", "canary"]);
    assert!(
        explained.out.contains("canary (question)\n") && explained.out.contains("canary (fact)\n")
    );
}

#[test]
fn parts_of_the_rubric_are_explained() {
    for (name, words) in [
        ("services", "Answer: a whole number from 1"),
        ("large-fleet", "Holds: services >= 100 and teams >= 5."),
        (
            "too-few-conditions",
            "Holds: not required and conditions met < 2.",
        ),
        (
            "required",
            "mtls_mandate is every-workload or authorization is l7",
        ),
        (
            "somebody-runs-it",
            "the recommendation is sidecarless or mesh",
        ),
        ("mesh", "Given by: reason-for-sidecars."),
    ] {
        let explained = run(&["explain", name]);
        assert!(
            explained.code == 0 && explained.out.contains(words),
            "{name}: {}",
            explained.out
        );
    }
}

#[test]
fn an_unknown_name_gets_the_nearest_one() {
    let explained = run(&["explain", "decision-mismach"]);
    assert_eq!((explained.code, explained.out.as_str()), (2, ""));
    assert!(
        explained.err.contains("did you mean `decision-mismatch`?"),
        "{}",
        explained.err
    );
}
