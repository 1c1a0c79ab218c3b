//! Texts and how they can rest on assumptions: what the findings about `assumed` look at.

use verdict::engine::{Resting, Saying};
use verdict::rubric::{Rubric, Wording};
use verdict::text::Route;

/// Something that an advice can say.
pub(super) struct Worded<'r> {
    pub(super) saying: Saying,
    pub(super) wording: &'r Wording,
    /// Where it stands.
    pub(super) route: &'r Route,
    /// What it is, in words.
    pub(super) what: String,
    /// The same, for the fingerprint.
    pub(super) about: String,
}

/// Whether a rubric has a text for assumptions at all. One that has none leaves it to the general words before a text.
pub(super) fn has_any_for_assumptions(rubric: &Rubric) -> bool {
    all(rubric)
        .iter()
        .any(|worded| worded.wording.assumed.is_some())
}

/// How something can rest on an assumption; `None` when it cannot.
pub(super) fn why(worded: &Worded<'_>, resting: &Resting, rubric: &Rubric) -> Option<String> {
    if resting.can_be_refuted {
        return Some(match &resting.by {
            Some(fact) => format!("while `{}` is unknown and could refute it", fact.id),
            None => "while several unknown answers together could refute it".to_owned(),
        });
    }
    let mut printed = worded.wording.known.names();
    let fact = &rubric.facts[printed.find(|fact| resting.unknown.contains(fact))?];
    Some(format!("while `{}`, which it prints, is unknown", fact.id))
}

/// Everything that an advice can say.
pub(super) fn all(rubric: &Rubric) -> Vec<Worded<'_>> {
    let mut all = Vec::new();
    let questions = rubric.questions.iter().chain(&rubric.follow_ups);
    let signals = questions.flat_map(|question| {
        let signals = question.signals.iter().enumerate();
        signals.map(move |(index, id)| (question, index, *id))
    });
    for (question, index, id) in signals {
        let signal = &rubric.signals[id];
        all.push(Worded {
            saying: Saying::Signal(id),
            wording: &signal.reason,
            route: &signal.route,
            what: format!("signal {} of the question `{}`", index + 1, question.id),
            about: format!("{}.signals[{index}]", question.id),
        });
    }
    let mut add = |saying, wording, route, kind: &str, id: &str| {
        let what = format!("the {kind} `{id}`");
        let about = id.to_owned();
        all.push(Worded {
            saying,
            wording,
            route,
            what,
            about,
        });
    };
    for (id, rule) in rubric.verdict.entries() {
        add(
            Saying::Rule(id),
            &rule.because,
            &rule.route,
            "rule",
            &rule.id,
        );
    }
    for (id, remark) in rubric.prerequisites.entries() {
        add(
            Saying::Prerequisite(id),
            &remark.text,
            &remark.route,
            "prerequisite",
            &remark.id,
        );
    }
    for (id, remark) in rubric.cautions.entries() {
        add(
            Saying::Caution(id),
            &remark.text,
            &remark.route,
            "caution",
            &remark.id,
        );
    }
    for (id, step) in rubric.plan.entries() {
        add(
            Saying::Step(id),
            &step.detail,
            &step.route,
            "step",
            &step.id,
        );
    }
    all
}
