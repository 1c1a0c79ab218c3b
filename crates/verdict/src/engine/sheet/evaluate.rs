//! Evaluation: from a sheet to score, conditions, rule and recommendation.

use crate::answers::Sheet;
use crate::ids::{NamedId, RecommendationId, RuleId, Table};
use crate::rubric::{AdviceAtom, AdviceTest, FactAtom, FactTest, Rubric, VerdictAtom, VerdictTest};

/// What a rubric says of one sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// The sum of the points of all signals that hold.
    pub score: i64,
    /// Which conditions and definitions hold.
    named: Table<NamedId, bool>,
    /// How many conditions hold.
    pub conditions_met: i64,
    /// The rule that fired; `None` where none holds, which the last rule of a finished rubric rules out.
    pub rule: Option<RuleId>,
    /// The recommendation of that rule.
    pub recommendation: Option<RecommendationId>,
}

impl Evaluation {
    /// Whether a condition or definition holds.
    pub fn named_holds(&self, named: NamedId) -> bool {
        self.named[named]
    }
}

/// Evaluates a sheet that has a value for every fact that tests read (see [`Sheet::assuming`]).
///
/// ```
/// # use verdict::rubric::Rubric;
/// # use verdict::text::Source;
/// # let text = std::fs::read_to_string("examples/bicycle.yaml").unwrap();
/// # let rubric = Rubric::parse(&Source::new("bicycle.yaml", text)).unwrap();
/// # use verdict::answers::Answers;
/// # let answers = |text: &str| Answers::parse(&Source::new("answers.yaml", text), &rubric).unwrap();
/// use verdict::engine::evaluate;
///
/// let sheet = answers("answers: {kilometres: 5, bicycle_path: true}").sheet();
/// let given = evaluate(&rubric, &sheet);
/// assert_eq!(given.score, 2);
/// assert_eq!(rubric.verdict[given.rule.unwrap()].id, "adds-up");
/// ```
pub fn evaluate(rubric: &Rubric, sheet: &Sheet) -> Evaluation {
    let mut named = Table::with_capacity(rubric.named.len());
    for test in &rubric.named {
        let holds = facts_hold(&test.when, sheet, &named);
        named.push(holds);
    }
    let signals = rubric
        .signals
        .iter()
        .filter(|signal| facts_hold(&signal.when, sheet, &named));
    let score = signals.map(|signal| signal.points).sum();
    let conditions = rubric.conditions.iter();
    let met = conditions.map(|condition| i64::from(named[condition.named]));
    let conditions_met = met.sum();
    let mut evaluation = Evaluation {
        score,
        named,
        conditions_met,
        rule: None,
        recommendation: None,
    };
    let fired = rubric
        .verdict
        .find(|rule| verdict_holds(&rule.when, sheet, &evaluation));
    evaluation.rule = fired;
    evaluation.recommendation = fired.map(|rule| rubric.verdict[rule].recommend);
    evaluation
}

/// Whether the test of a signal holds on an evaluated sheet.
pub fn signal_holds(when: &FactTest, sheet: &Sheet, evaluation: &Evaluation) -> bool {
    facts_hold(when, sheet, &evaluation.named)
}

/// Whether the test of a rule or a guarantee holds on an evaluated sheet.
pub fn verdict_holds(when: &VerdictTest, sheet: &Sheet, evaluation: &Evaluation) -> bool {
    when.holds(&|atom| verdict_atom_holds(atom, sheet, evaluation))
}

/// Whether the test of a remark or a step holds on an evaluated sheet.
pub fn advice_holds(when: &AdviceTest, sheet: &Sheet, evaluation: &Evaluation) -> bool {
    when.holds(&|atom| match atom {
        AdviceAtom::Verdict(atom) => verdict_atom_holds(atom, sheet, evaluation),
        AdviceAtom::Recommendation(allowed) => evaluation
            .recommendation
            .is_some_and(|given| allowed.contains(given)),
    })
}

fn verdict_atom_holds(atom: &VerdictAtom, sheet: &Sheet, evaluation: &Evaluation) -> bool {
    match atom {
        VerdictAtom::Facts(atom) => atom_holds(atom, sheet, &evaluation.named),
        VerdictAtom::Score(comparison) => comparison.holds(evaluation.score),
        VerdictAtom::ConditionsMet(comparison) => comparison.holds(evaluation.conditions_met),
    }
}

fn facts_hold(when: &FactTest, sheet: &Sheet, named: &Table<NamedId, bool>) -> bool {
    when.holds(&|atom| atom_holds(atom, sheet, named))
}

fn atom_holds(atom: &FactAtom, sheet: &Sheet, named: &Table<NamedId, bool>) -> bool {
    match atom {
        FactAtom::Fact { fact, accepts } => sheet
            .value_at(*fact)
            .is_some_and(|value| accepts.contains(value)),
        FactAtom::Named {
            named: other,
            expected,
        } => named[*other] == *expected,
    }
}
