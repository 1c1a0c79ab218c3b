//! The questionnaire of a rubric: a label and a control for every fact, with the answers that are there.

use super::text;
use verdict::answers::Answers;
use verdict::rubric::{Fact, FactOption, Kind, Question, Rubric, Value};

/// The questions, each a group of controls. What is not answered is not known.
pub fn form(rubric: &Rubric, answers: &Answers) -> String {
    let subject = answers.subject.as_deref().unwrap_or("");
    let subject = format!(
        "<div class=\"fact\"><label for=\"subject\">What is it about? <code>subject</code></label>\n\
         <p class=\"soft\" id=\"help-subject\">A name for the heading, such as that of a team or a platform.</p>\n\
         <input type=\"text\" id=\"subject\" value=\"{}\" aria-describedby=\"help-subject\"></div>\n",
        text(subject)
    );
    let questions = rubric.questions.iter().chain(&rubric.follow_ups);
    let questions = questions.map(|own| question(rubric, own, answers));
    subject + &questions.collect::<String>()
}

fn question(rubric: &Rubric, question: &Question, answers: &Answers) -> String {
    let facts = rubric.facts_of(question);
    let facts: String = facts.map(|own| fact(own, answers.value(own))).collect();
    format!(
        "<fieldset><legend>{}</legend>\n<p class=\"soft\">{}</p>\n{facts}</fieldset>\n",
        text(&question.ask),
        text(&question.why)
    )
}

fn fact(fact: &Fact, value: Option<Value>) -> String {
    let id = text(&fact.id);
    let help = fact.help.as_ref().map_or(String::new(), |help| {
        format!("<p class=\"soft\" id=\"help-{id}\">{}</p>\n", text(help))
    });
    let described = match fact.help {
        Some(_) => format!(" aria-describedby=\"help-{id}\""),
        None => String::new(),
    };
    let unit = fact
        .unit
        .as_ref()
        .map_or(String::new(), |unit| format!(", in {}", text(unit)));
    let label = format!(
        "<label for=\"fact-{id}\">{} <code>{id}</code>{unit}</label>",
        text(&fact.ask)
    );
    let control = match &fact.kind {
        Kind::Count { min, max, digits } => {
            let value = match value {
                Some(Value::Count(number)) => format!(" value=\"{}\"", digits.say(number)),
                _ => String::new(),
            };
            let [min, max, step] = [*min, *max, 1].map(|number| digits.say(number));
            format!(
                "{label}\n{help}<input type=\"number\" id=\"fact-{id}\" min=\"{min}\" max=\"{max}\" step=\"{step}\"\
                 {value}{described} aria-errormessage=\"mistake-{id}\">\n\
                 <p class=\"mistake\" id=\"mistake-{id}\" role=\"alert\" hidden=\"\"></p>"
            )
        }
        Kind::YesNo | Kind::Choice(_) => {
            let choices = fact.kind.choices().into_iter();
            let options: String = choices
                .map(|own| option(own.word, own.title, value == Some(own.value)))
                .collect();
            let (meanings, described) = meanings(fact, &id);
            format!(
                "{label}\n{help}{meanings}{}",
                select(&id, &described, &options)
            )
        }
        Kind::Flags(options) => {
            let boxes: String = options
                .entries()
                .map(|(flag, own)| {
                    let is_set = matches!(value, Some(Value::Flags(set)) if set.contains(flag));
                    checkbox(&id, own, is_set)
                })
                .collect();
            let is_none = matches!(value, Some(Value::Flags(set)) if set.is_empty());
            let none = FactOption {
                id: "".into(),
                title: "none of these".into(),
                help: None,
            };
            let none = checkbox(&id, &none, is_none);
            return format!(
                "<fieldset class=\"fact\" id=\"fact-{id}\"{described}><legend>{} <code>{id}</code></legend>\n\
                 {help}{boxes}{none}</fieldset>\n",
                text(&fact.ask)
            );
        }
    };
    format!("<div class=\"fact\">{control}</div>\n")
}

fn select(id: &str, described: &str, options: &str) -> String {
    format!(
        "<select id=\"fact-{id}\"{described}><option value=\"\">Don't know</option>{options}</select>"
    )
}

fn option(value: &str, title: &str, is_chosen: bool) -> String {
    let chosen = if is_chosen { " selected" } else { "" };
    format!(
        "<option value=\"{}\"{chosen}>{}</option>",
        text(value),
        text(title)
    )
}

/// A box for one flag, and when it is the answer.
fn checkbox(fact: &str, option: &FactOption, is_set: bool) -> String {
    let checked = if is_set { " checked" } else { "" };
    let (id, title) = (text(&option.id), text(&option.title));
    let help = option.help.as_ref();
    let (described, help) = help.map_or_else(Default::default, |help| {
        let name = format!("help-{fact}-{id}");
        let help = text(help);
        (
            format!(" aria-describedby=\"{name}\""),
            format!("<p class=\"soft option\" id=\"{name}\">{help}</p>\n"),
        )
    });
    format!(
        "<label class=\"option\"><input type=\"checkbox\" name=\"{fact}\" value=\"{id}\"{checked}{described}> \
         {title}</label>\n{help}"
    )
}

/// When each option of a choice is the answer, where the rubric says so; and by what the choice is described.
fn meanings(fact: &Fact, id: &str) -> (String, String) {
    let told = fact.options().iter().filter_map(|option| {
        let help = option.help.as_ref()?;
        Some(format!(
            "<dt>{}</dt><dd>{}</dd>\n",
            text(&option.title),
            text(help)
        ))
    });
    let told: String = told.collect();
    let help = fact.help.as_ref().map(|_| format!("help-{id}"));
    let options = (!told.is_empty()).then(|| format!("options-{id}"));
    let described: Vec<String> = help.into_iter().chain(options).collect();
    let described = match described.as_slice() {
        [] => String::new(),
        names => format!(" aria-describedby=\"{}\"", names.join(" ")),
    };
    let told = match told.as_str() {
        "" => String::new(),
        told => format!("<dl class=\"soft\" id=\"options-{id}\">\n{told}</dl>\n"),
    };
    (told, described)
}
