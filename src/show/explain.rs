//! Explanations: what a finding means and how to put it right, or what a part of the rubric says.

use super::document::{Document, Mark};
use super::{terminal, test_words, words};
use crate::finding;
use verdict::ids::RecommendationId;
use verdict::rubric::{
    Citation, Condition, Domain, Fact, Named, Question, Remark, Rubric, Rule, Text, Wording,
};

/// Something that can be explained, under what kind of thing it is.
#[derive(Clone, Copy, Debug)]
pub enum Topic<'r> {
    /// What `check` or `rubric check` can say.
    Finding(&'r finding::Kind),
    /// A question or a follow-up.
    Question(&'r Question),
    /// A fact.
    Fact(&'r Fact),
    /// A condition.
    Condition(&'r Condition),
    /// A definition.
    Definition(&'r Named),
    /// A rule of the verdict.
    Rule(&'r Rule),
    /// A recommendation.
    Recommendation(RecommendationId, &'r str),
    /// A prerequisite.
    Prerequisite(&'r Remark),
    /// A caution.
    Caution(&'r Remark),
    /// A word that the program, its files and its documentation use for one thing.
    Word(&'static Word),
}

/// A word and what it means.
#[derive(Debug)]
pub struct Word {
    id: &'static str,
    meaning: &'static str,
}

/// The words of rubrics and records, each for one thing.
static WORDS: [Word; 23] = [
    Word {
        id: "rubric",
        meaning: "The YAML file: what is asked, what decides, and what is said.",
    },
    Word {
        id: "question",
        meaning: "What is asked for together: one fact or more, with the signals that read them.",
    },
    Word {
        id: "fact",
        meaning: "One typed thing to know: a count, a yes or no, a choice, or flags.",
    },
    Word {
        id: "answer",
        meaning: "The value of a fact, or unknown.",
    },
    Word {
        id: "sheet",
        meaning: "A value for every fact. What is proved is proved of all sheets.",
    },
    Word {
        id: "signal",
        meaning: "A test on facts that is worth points, with a reason.",
    },
    Word {
        id: "condition",
        meaning: "A box to tick: a named test. How many hold is what conditions_met counts.",
    },
    Word {
        id: "definition",
        meaning: "A named test that is no box.",
    },
    Word {
        id: "verdict",
        meaning: "The rules in order; the first whose test holds gives the recommendation.",
    },
    Word {
        id: "cell",
        meaning: "A largest range of values of one fact that no test of the rubric can tell apart. Where tests ask for 30 and for 100, a count has the cells up to 29, 30 to 99, and 100 or more.",
    },
    Word {
        id: "change",
        meaning: "Facts whose change would give another recommendation: the fewest that do.",
    },
    Word {
        id: "single-change",
        meaning: "One fact moved to another of its cells, all others as they are. Values in one cell act alike, so they count once; where the page shows neighbours that give the same as one range, each cell in it counts. Of more than 12 flags that act independently each one set or cleared counts, not each of their many sets; and where a recommendation takes several of them, that is one more.",
    },
    Word {
        id: "provisional",
        meaning: "Said of a recommendation that an open answer could still change.",
    },
    Word {
        id: "close",
        meaning: "Said of a recommendation that some single change would change, and no open answer.",
    },
    Word {
        id: "firm",
        meaning: "Said of a recommendation that no single change would change.",
    },
    Word {
        id: "share",
        meaning: "Of all ways to fill in what is open, weighed by how common the rubric says that each answer is: how many give a recommendation.",
    },
    Word {
        id: "guarantee",
        meaning: "A statement about all sheets that the rubric's author wants proved.",
    },
    Word {
        id: "case",
        meaning: "One example sheet with the recommendation that must come out.",
    },
    Word {
        id: "tax",
        meaning: "What a recommendation costs to run.",
    },
    Word {
        id: "plan",
        meaning: "The next steps that fit the recommendation.",
    },
    Word {
        id: "record",
        meaning: "The block inside a decision record that holds the decision and its answers.",
    },
    Word {
        id: "finding",
        meaning: "One thing that a check has to say, with its place in the file.",
    },
    Word {
        id: "starter",
        meaning: "A file to begin a step of the plan with.",
    },
];

impl<'r> Topic<'r> {
    /// Everything that can be explained, kind by kind.
    pub fn all(rubric: &'r Rubric) -> Vec<Self> {
        let named = rubric.named.entries();
        let definitions = named.filter(|(id, _)| !rubric.is_condition(*id));
        let mut topics: Vec<Self> = finding::all().map(Topic::Finding).collect();
        topics.extend(
            rubric
                .questions
                .iter()
                .chain(&rubric.follow_ups)
                .map(Topic::Question),
        );
        topics.extend(rubric.facts.iter().map(|fact| Topic::Fact(fact)));
        topics.extend(rubric.conditions.iter().map(Topic::Condition));
        topics.extend(definitions.map(|(_, own)| Topic::Definition(own)));
        topics.extend(rubric.verdict.iter().map(Topic::Rule));
        let recommendations = rubric.recommendations.entries();
        topics.extend(recommendations.map(|(id, own)| Topic::Recommendation(id, &own.id)));
        topics.extend(rubric.prerequisites.iter().map(Topic::Prerequisite));
        topics.extend(rubric.cautions.iter().map(Topic::Caution));
        topics.extend(WORDS.iter().map(Topic::Word));
        topics
    }

    /// What kind of thing it is.
    pub fn kind(&self) -> &'static str {
        match self {
            Topic::Finding(_) => "finding",
            Topic::Question(_) => "question",
            Topic::Fact(_) => "fact",
            Topic::Condition(_) => "condition",
            Topic::Definition(_) => "definition",
            Topic::Rule(_) => "rule",
            Topic::Recommendation(..) => "recommendation",
            Topic::Prerequisite(_) => "prerequisite",
            Topic::Caution(_) => "caution",
            Topic::Word(_) => "word",
        }
    }

    /// Its name.
    pub fn id(&self) -> &'r str {
        match self {
            Topic::Finding(kind) => kind.id,
            Topic::Question(question) => &question.id,
            Topic::Fact(fact) => &fact.id,
            Topic::Condition(condition) => &condition.id,
            Topic::Definition(named) => &named.id,
            Topic::Recommendation(_, id) => id,
            Topic::Rule(rule) => &rule.id,
            Topic::Prerequisite(remark) | Topic::Caution(remark) => &remark.id,
            Topic::Word(word) => word.id,
        }
    }
}

/// The explanations, one after the other, laid out for `width` columns.
pub fn render(topics: &[Topic<'_>], rubric: &Rubric, width: usize) -> String {
    let mut page = Document::default();
    for (nth, topic) in topics.iter().enumerate() {
        if nth > 0 {
            page.gap();
        }
        page.title(format!("{} ({})", topic.id(), topic.kind()));
        explain(*topic, rubric, &mut page);
    }
    terminal::dress(&page, width)
}

/// The names of all topics, a line for each kind.
pub fn render_list(topics: &[Topic<'_>], width: usize) -> String {
    let mut page = Document::default();
    for of_kind in topics.chunk_by(|one, next| one.kind() == next.kind()) {
        let ids: Vec<&str> = of_kind.iter().map(Topic::id).collect();
        let kind = of_kind.first().map_or("", Topic::kind);
        page.pair(format!("{kind}:"), ids.join(", "));
    }
    terminal::dress(&page, width)
}

fn explain(topic: Topic<'_>, rubric: &Rubric, page: &mut Document) {
    match topic {
        Topic::Finding(kind) => self::finding(kind, page),
        Topic::Question(own) => question(own, rubric, page),
        Topic::Fact(own) => fact(own, rubric, page),
        Topic::Condition(condition) => {
            page.paragraph(condition.title.as_str());
            named(&rubric.named[condition.named], rubric, page);
            cited(rubric.citation(condition.source), page);
        }
        Topic::Definition(own) => named(own, rubric, page),
        Topic::Rule(own) => rule(own, rubric, page),
        Topic::Recommendation(id, _) => recommendation(id, rubric, page),
        Topic::Prerequisite(remark) => {
            page.paragraph("Must be true before the recommendation is carried out.");
            self::remark(remark, rubric, page);
        }
        Topic::Caution(own) => remark(own, rubric, page),
        Topic::Word(word) => page.paragraph(word.meaning),
    }
}

fn finding(kind: &finding::Kind, page: &mut Document) {
    page.paragraph(format!("{}. Severity: {}.", kind.summary, kind.severity));
    for (heading, text) in [("What", kind.what), ("Why", kind.why)] {
        page.heading(heading);
        page.paragraph(text);
    }
    page.heading("Example");
    page.verbatim(kind.example);
    page.heading("How to fix it");
    page.paragraph(kind.fix);
}

fn question(question: &Question, rubric: &Rubric, page: &mut Document) {
    page.paragraph(question.ask.as_str());
    page.paragraph(question.why.as_str());
    page.heading("Facts");
    for fact in rubric.facts_of(question) {
        page.item(
            Mark::Bullet,
            format!("{}: {} ({})", fact.id, fact.ask, fact.expects()),
        );
    }
    if !question.signals.is_empty() {
        page.heading("Points");
    }
    for signal in rubric.signals_of(question) {
        page.item(
            Mark::Word(words::points(signal.points)),
            format!("when {}", test_words::of_facts(&signal.when, rubric)),
        );
    }
}

fn fact(fact: &Fact, rubric: &Rubric, page: &mut Document) {
    page.paragraph(fact.ask.as_str());
    fact.help
        .iter()
        .for_each(|help| page.paragraph(help.as_str()));
    match fact.kind.domain() {
        _ if fact.options().is_empty() => page.paragraph(format!("Answer: {}.", fact.expects())),
        Domain::AnyOf(_) => page.heading("Any of"),
        Domain::OneOf(_) | Domain::Numbers(..) => page.heading("One of"),
    }
    for option in fact.options() {
        let help = option.help.iter().map(|help| format!(". {help}"));
        let help: String = help.collect();
        page.item(
            Mark::Bullet,
            format!("{}: {}{help}", option.id, option.title),
        );
    }
    let assumed = fact
        .assume
        .map(|value| format!("While unknown, {} is assumed.", fact.say(value)));
    page.heading("In use");
    page.paragraph(assumed.unwrap_or_else(|| "It only sizes things: no rule reads it.".into()));
    let is_own = |question: &&Question| question.facts.contains(&fact.position);
    for question in rubric
        .questions
        .iter()
        .chain(&rubric.follow_ups)
        .filter(is_own)
    {
        page.paragraph(format!("Asked by the question {}.", question.id));
    }
}

fn rule(rule: &Rule, rubric: &Rubric, page: &mut Document) {
    let recommendation = &rubric.recommendations[rule.recommend].id;
    let position = rubric
        .verdict
        .iter()
        .position(|own| own.id == rule.id)
        .map_or(0, |position| position + 1);
    let count = rubric.verdict.len();
    page.paragraph(format!(
        "Rule {position} of {count}; the first that holds decides. It gives {recommendation}."
    ));
    page.paragraph(format!(
        "Holds: {}.",
        test_words::of_verdict(&rule.when, rubric)
    ));
    worded(&rule.because, rubric, page);
    cited(rubric.citation(rule.source), page);
}

fn recommendation(id: RecommendationId, rubric: &Rubric, page: &mut Document) {
    let own = &rubric.recommendations[id];
    page.paragraph(format!("{}. {}", own.title, own.summary));
    let rules = rubric.verdict.iter().filter(|rule| rule.recommend == id);
    let ids: Vec<&str> = rules.map(|rule| rule.id.as_str()).collect();
    page.paragraph(format!("Given by: {}.", ids.join(", ")));
}

fn remark(remark: &Remark, rubric: &Rubric, page: &mut Document) {
    page.paragraph(format!(
        "Applies: {}.",
        test_words::of_advice(&remark.when, rubric)
    ));
    worded(&remark.text, rubric, page);
    cited(rubric.citation(remark.source), page);
}

fn named(named: &Named, rubric: &Rubric, page: &mut Document) {
    page.paragraph(format!(
        "Holds: {}.",
        test_words::of_facts(&named.when, rubric)
    ));
}

/// What is said, and what is said instead where something is assumed.
fn worded(wording: &Wording, rubric: &Rubric, page: &mut Document) {
    page.paragraph(plain(&wording.known, rubric));
    if let Some(assumed) = &wording.assumed {
        page.paragraph(format!("While assumed: {}", plain(assumed, rubric)));
    }
}

/// A text with the names of facts where an answer would stand.
fn plain(text: &Text, rubric: &Rubric) -> String {
    text.fill(|fact| format!("{{{}}}", rubric.facts[fact].id))
}

fn cited(source: Option<&Citation>, page: &mut Document) {
    if let Some(source) = source {
        page.paragraph(format!("Source: {}, {}", source.title, source.place));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_can_be_explained_and_listed() {
        let rubric = crate::embedded::rubric().unwrap();
        let topics = Topic::all(&rubric);
        let list = render_list(&topics, 80);
        for topic in &topics {
            let text = render(&[*topic], &rubric, 80);
            assert!(
                text.contains(topic.id()) && text.lines().count() > 1,
                "{text}"
            );
            assert!(list.contains(topic.id()), "{list}");
        }
    }

    #[test]
    fn a_rule_is_explained_by_its_test() {
        let rubric = crate::embedded::rubric().unwrap();
        let topic = Topic::all(&rubric)
            .into_iter()
            .find(|topic| topic.id() == "small-fleet")
            .unwrap();
        let text = render(&[topic], &rubric, 100);
        assert!(text.contains("Rule 2 of 8"), "{text}");
        assert!(
            text.contains("Holds: not required and services < 30 and teams < 5."),
            "{text}"
        );
    }
}
