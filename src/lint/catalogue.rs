//! Every finding that an inspection can make: its name, which never changes, its severity, and its texts.

use crate::finding::{Kind, Severity};

/// All of them, in the order in which they are documented.
pub(super) const KINDS: &[&Kind] = &[
    &MISTAKE,
    &RULE_DUPLICATE,
    &RULE_COVERED,
    &RULE_CONTRADICTS_ITSELF,
    &SCORE_CONTRADICTION,
    &NO_RULE_HOLDS,
    &NEVER_RECOMMENDED,
    &THRESHOLD_OUT_OF_RANGE,
    &SCORE_OUT_OF_REACH,
    &COUNT_OUT_OF_REACH,
    &NEVER_HOLDS,
    &ALWAYS_HOLDS,
    &DEFINITION_UNUSED,
    &FACT_NEVER_MATTERS,
    &FACT_UNUSED,
    &QUESTION_NEVER_MATTERS,
    &OPTIONS_ALIKE,
    &GUARANTEE_BROKEN,
    &GUARANTEE_EMPTY,
    &CASE_FAILS,
    &SOURCE_UNUSED,
    &SOURCE_UNDATED,
    &CHECKS_INCOMPLETE,
];

pub(super) const MISTAKE: Kind = Kind {
    id: "mistake",
    severity: Severity::Error,
    summary: "A part of the file does not have the form of a rubric",
    what: "Unknown keys, names that nothing defines, options that a fact does not have, values of the wrong type.",
    why: "The part is not read, so the rubric says less than its author meant, and no command but this one accepts it.",
    example: "when: {mtls_mandat: every-workload}",
    fix: "Write what is allowed there; a near name is offered when there is one.",
};

pub(super) const RULE_DUPLICATE: Kind = Kind {
    id: "rule-duplicate",
    severity: Severity::Error,
    summary: "Two rules of the verdict have the same test",
    what: "A rule whose test holds on exactly the sheets on which that of an earlier rule does.",
    why: "The first rule that holds fires, so the later one never does.",
    example: "- {id: a, when: {teams: \"< 5\"}, recommend: no-mesh, because: Few}\n\
              - {id: b, when: {teams: \"<= 4\"}, recommend: mesh, because: Few}",
    fix: "Delete one of them, or give it the test that was meant.",
};

pub(super) const RULE_COVERED: Kind = Kind {
    id: "rule-covered",
    severity: Severity::Error,
    summary: "A rule of the verdict never fires",
    what: "A rule whose test can hold, but only on sheets that earlier rules take: one of them, or several together.",
    why: "What it recommends, and why, is never said.",
    example: "- {id: a, when: {teams: \"< 9\"}, recommend: no-mesh, because: Few}\n\
              - {id: b, when: {teams: \"< 5\"}, recommend: mesh, because: Fewer}",
    fix: "Move it before the rules that take its sheets, narrow those, or delete it.",
};

pub(super) const RULE_CONTRADICTS_ITSELF: Kind = Kind {
    id: "rule-contradicts-itself",
    severity: Severity::Error,
    summary: "The test of a rule holds on no sheet",
    what: "A rule with tests of which at least two never hold together; the smallest such part is named.",
    why: "The rule never fires, wherever it stands.",
    example: "when: {all: [{services: \">= 100\"}, {services: \"< 30\"}]}",
    fix: "Drop one of the tests named, or write `any` where one of them is enough.",
};

pub(super) const SCORE_CONTRADICTION: Kind = Kind {
    id: "score-contradiction",
    severity: Severity::Error,
    summary: "A test of the score or of the conditions met cannot hold together with the rest of its rule",
    what: "A rule with a sum that its other tests keep from getting there: what they ask for is worth points itself.",
    why: "The rule never fires, wherever it stands.",
    example: "when: {mtls-everywhere: true, conditions_met: 0}",
    fix: "Compare the sum with what it can come to while the other tests hold.",
};

pub(super) const NO_RULE_HOLDS: Kind = Kind {
    id: "no-rule-holds",
    severity: Severity::Error,
    summary: "Some sheets get no recommendation",
    what: "Sheets on which no rule of the verdict holds; one on which few facts differ from what is assumed is shown.",
    why: "Whoever answers like that gets no advice.",
    example: "verdict:\n- {id: only, when: {teams: \"< 5\"}, recommend: no-mesh, because: Few}",
    fix: "End the verdict with a rule without `when`.",
};

pub(super) const NEVER_RECOMMENDED: Kind = Kind {
    id: "never-recommended",
    severity: Severity::Error,
    summary: "A recommendation is never given",
    what: "A recommendation that no sheet gets: no rule gives it, or none of the rules that do ever fires.",
    why: "It is announced and explained, and cannot come out.",
    example: "recommendations: [{id: no-mesh, …}, {id: mesh, …}]  # and every rule recommends no-mesh",
    fix: "Give it in a rule that fires, or delete it.",
};

pub(super) const THRESHOLD_OUT_OF_RANGE: Kind = Kind {
    id: "threshold-out-of-range",
    severity: Severity::Error,
    summary: "A comparison tells no two values of its fact apart",
    what: "A comparison with a number at or beyond the end of what the count can be, so that it always or never holds.",
    why: "The test looks as if it asked for something and does not.",
    example: "{services: \">= 200000\"}  # max: 100000",
    fix: "Compare with a number inside the range, or widen `min` and `max`.",
};

pub(super) const SCORE_OUT_OF_REACH: Kind = Kind {
    id: "score-out-of-reach",
    severity: Severity::Error,
    summary: "A comparison of the score always or never holds",
    what: "A comparison with a number that the points of all signals cannot reach, or cannot stay on one side of.",
    why: "The test looks as if it asked for something and does not.",
    example: "{score: \">= 40\"}  # the score reaches 12 at most",
    fix: "Compare with a score that some sheet has and some other has not.",
};

pub(super) const COUNT_OUT_OF_REACH: Kind = Kind {
    id: "count-out-of-reach",
    severity: Severity::Error,
    summary: "A comparison of the number of conditions always or never holds",
    what: "A comparison with a number of conditions that cannot be met together, or cannot be missed.",
    why: "The test looks as if it asked for something and does not.",
    example: "{conditions_met: \">= 6\"}  # there are five",
    fix: "Compare with a number that some sheet has and some other has not.",
};

pub(super) const NEVER_HOLDS: Kind = Kind {
    id: "never-holds",
    severity: Severity::Error,
    summary: "A signal, condition or definition holds on no sheet",
    what: "A test that contradicts itself.",
    why: "Its points are never given, its box is never ticked.",
    example: "when: {all: [{teams: \"< 5\"}, {teams: \">= 5\"}]}",
    fix: "Write `any` where one test is enough, or correct the numbers.",
};

pub(super) const ALWAYS_HOLDS: Kind = Kind {
    id: "always-holds",
    severity: Severity::Warning,
    summary: "A signal, condition or definition holds on every sheet",
    what: "A test that nothing can fail.",
    why: "It says nothing about the answers: its points or its box come with every sheet.",
    example: "when: {any: [{teams: \"< 5\"}, {teams: \">= 5\"}]}",
    fix: "Narrow the test, or move the points into the comparisons of the score.",
};

pub(super) const DEFINITION_UNUSED: Kind = Kind {
    id: "definition-unused",
    severity: Severity::Warning,
    summary: "No test refers to a definition",
    what: "A definition whose name stands in no test.",
    why: "Readers look for what it decides.",
    example: "definitions: [{id: lonely, when: {teams: 1}}]",
    fix: "Use it or delete it.",
};

pub(super) const FACT_NEVER_MATTERS: Kind = Kind {
    id: "fact-never-matters",
    severity: Severity::Error,
    summary: "A fact is tested, and yet no answer to it moves the recommendation",
    what: "A fact that signals with points, conditions, definitions or rules read, where no two sheets that differ in \
           nothing else get different recommendations.",
    why: "People look for an answer that nothing can feel.",
    example: "A fact read only by a condition that no rule counts on.",
    fix: "Let a rule depend on it, or stop asking; a signal that only explains has 0 points.",
};

pub(super) const FACT_UNUSED: Kind = Kind {
    id: "fact-unused",
    severity: Severity::Warning,
    summary: "Nothing reads a fact",
    what: "A fact that stands in no test, in no text and nowhere in the tax.",
    why: "People look for an answer that is thrown away.",
    example: "facts: [{id: moon_phase, …}]",
    fix: "Use it or stop asking.",
};

pub(super) const QUESTION_NEVER_MATTERS: Kind = Kind {
    id: "question-never-matters",
    severity: Severity::Warning,
    summary: "No fact of a question matters",
    what: "A question all of whose facts are unused, or never move the recommendation.",
    why: "The whole question is asked in vain.",
    example: "A question whose only fact is unused.",
    fix: "Let a rule depend on one of its facts, or delete it.",
};

pub(super) const OPTIONS_ALIKE: Kind = Kind {
    id: "options-alike",
    severity: Severity::Note,
    summary: "Options are told apart by no test",
    what: "Options of one fact that every test in the rubric treats alike, also those of remarks and of the plan.",
    why: "People weigh a difference that makes none.",
    example: "options: [{id: a, …}, {id: b, …}]  # and each test reads [a, b]",
    fix: "Make one option of them, or let a test tell them apart.",
};

pub(super) const GUARANTEE_BROKEN: Kind = Kind {
    id: "guarantee-broken",
    severity: Severity::Error,
    summary: "A guarantee does not hold on all sheets",
    what: "A guarantee with a sheet that breaks it: one on which few facts differ from what is assumed is shown.",
    why: "What the rubric promises about every answer is not so.",
    example: "{id: stay-small, when: {teams: 1}, always: [no-mesh]}",
    fix: "Change the verdict or the points, or withdraw the guarantee.",
};

pub(super) const GUARANTEE_EMPTY: Kind = Kind {
    id: "guarantee-empty",
    severity: Severity::Warning,
    summary: "A guarantee speaks of no sheet",
    what: "A guarantee whose `when` holds nowhere.",
    why: "It holds whatever the verdict says, and so promises nothing.",
    example: "{id: nothing, when: {all: [{teams: 1}, {teams: 2}]}, never: [mesh]}",
    fix: "Correct its test.",
};

pub(super) const CASE_FAILS: Kind = Kind {
    id: "case-fails",
    severity: Severity::Error,
    summary: "A case does not come out as expected",
    what: "A case whose sheet gets another recommendation, or gets it from another rule, than it says.",
    why: "The example or the verdict is wrong.",
    example: "{id: start-up, answers: {services: 8}, recommend: mesh}",
    fix: "Decide which of them is right and change the other.",
};

pub(super) const SOURCE_UNUSED: Kind = Kind {
    id: "source-unused",
    severity: Severity::Warning,
    summary: "Nothing cites a source",
    what: "A source that no signal, condition, rule, remark, step or figure cites.",
    why: "Readers cannot tell what rests on it.",
    example: "sources: [{id: forgotten, …}]",
    fix: "Cite it where it is the reason, or delete it.",
};

pub(super) const SOURCE_UNDATED: Kind = Kind {
    id: "source-undated",
    severity: Severity::Note,
    summary: "A source has no date",
    what: "A source without `as_of`.",
    why: "Facts age: without a date nobody can tell how far to trust them.",
    example: "sources: [{id: docs, title: Docs, where: https://example.org}]",
    fix: "Add `as_of: YYYY-MM-DD`, the day on which it was last known to hold.",
};

pub(super) const CHECKS_INCOMPLETE: Kind = Kind {
    id: "checks-incomplete",
    severity: Severity::Error,
    summary: "Something could not be checked within the limits",
    what: "Proofs that would have needed more nodes or more steps than allowed. What was not checked is named.",
    why: "What was not checked may be wrong.",
    example: "A rubric of hundreds of facts that all signals mix.",
    fix: "Allow more steps, or split the rubric.",
};
