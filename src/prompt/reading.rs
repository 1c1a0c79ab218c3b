//! Reading what a person types as an answer, and saying kindly what is wrong with it.

use super::{Asked, Reply};
use verdict::ids::{OptionId, Table};
use verdict::rubric::{Digits, Domain, Fact, FactOption, Kind, Options, Value};
use verdict::text::nearest;

/// The answer of someone who does not know.
pub const DONT_KNOW: &str = "don't know";

/// The answer to flags of which none holds.
pub const NONE_OF_THESE: &str = "none of these";

/// What a typed line means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// A reply that fits the fact.
    Reply(Reply),
    /// The person wants to know why that is asked.
    Why,
    /// Nothing that fits; says what would.
    Mistake(String),
}

/// What a typed number comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Nothing is typed yet.
    Empty,
    /// It is too small, but more digits can make it fit.
    Short(String),
    /// A value of the fact.
    Fits(i64),
    /// It cannot become one by more digits.
    Wrong(String),
}

/// Reads a line typed in reply to a fact. The name of an option is that option, even if it is called `back`.
pub fn type_answer(asked: &Asked<'_>, line: &str) -> Typed {
    let text = line.trim();
    let is_option = asked.fact.options().iter().any(|option| option.id == text);
    if let Some(typed) = command(asked, text).filter(|_| !is_option) {
        return typed;
    }
    match answer(asked.fact, text) {
        Ok(value) => Typed::Reply(Reply::Value(value)),
        Err(mistake) => Typed::Mistake(mistake),
    }
}

/// A word that is no value.
fn command(asked: &Asked<'_>, text: &str) -> Option<Typed> {
    let reply = match text.to_lowercase().as_str() {
        "?" | "h" | "help" | "why" => return Some(Typed::Why),
        "d" | DONT_KNOW | "dont know" | "don’t know" | "unknown" => Reply::Unknown,
        "b" | "back" => Reply::Back,
        "s" | "summary" => Reply::Summary,
        "q" | "quit" | "exit" => Reply::Quit,
        "" if asked.is_repeated => asked.answer.map_or(Reply::Unknown, Reply::Value),
        number => return numbered(asked, number.parse().ok()?).map(Typed::Reply),
    };
    Some(Typed::Reply(reply))
}

/// The rows after the options have numbers too. A count has no rows, and a number typed there is a value.
fn numbered(asked: &Asked<'_>, number: usize) -> Option<Reply> {
    let rows = asked.options().len();
    let is_after_options = number > asked.fact.options().len() && number <= rows;
    let has_rows = !matches!(asked.fact.kind.domain(), Domain::Numbers(..));
    (is_after_options && has_rows).then(|| asked.at(number - 1))
}

fn answer(fact: &Fact, text: &str) -> Result<Value, String> {
    if text.is_empty() {
        return Err(format!(
            "Please type {}, or d if you don't know.",
            what(fact)
        ));
    }
    match &fact.kind {
        Kind::Count { .. } => match check_count(text, fact) {
            Entry::Fits(number) => Ok(Value::Count(number)),
            Entry::Short(mistake) | Entry::Wrong(mistake) => {
                Err(format!("{mistake}. Type d if you don't know."))
            }
            Entry::Empty => Err(format!("Please type {}.", what(fact))),
        },
        Kind::YesNo => match text.to_lowercase().as_str() {
            "y" | "yes" | "true" | "1" => Ok(Value::YesNo(true)),
            "n" | "no" | "false" | "2" => Ok(Value::YesNo(false)),
            _ => Err(format!(
                "\"{text}\" is neither yes nor no. Type d if you don't know."
            )),
        },
        // After the options stands the row of "don't know".
        Kind::Choice(options) => one_of(options, text, options.len() + 1).map(Value::Choice),
        Kind::Flags(options) => some_of(options, text).map(Value::Flags),
    }
}

fn what(fact: &Fact) -> String {
    match &fact.kind {
        Kind::Count { .. } => fact.expects(),
        Kind::YesNo => "yes or no".into(),
        Kind::Choice(options) => format!("a number from 1 to {}", options.len()),
        Kind::Flags(_) => "the numbers of all that hold, such as 1,2".into(),
    }
}

/// The option with this number, id, title or beginning; `rows` is the highest number that stands there.
fn one_of(
    options: &Table<OptionId, FactOption>,
    text: &str,
    rows: usize,
) -> Result<OptionId, String> {
    if let Some(option) = options.find(|option| option.id == text) {
        return Ok(option);
    }
    if let Ok(number) = text.parse::<usize>() {
        let option = number
            .checked_sub(1)
            .and_then(|position| options.ids().nth(position));
        return option
            .ok_or_else(|| format!("There is no {number}: type a number from 1 to {rows}."));
    }
    let wanted = text.to_lowercase();
    let begins = |option: &FactOption| {
        option.id.to_lowercase().starts_with(&wanted)
            || option.title.to_lowercase().starts_with(&wanted)
    };
    let is_whole = |option: &FactOption| {
        option.title.to_lowercase() == wanted || option.id.to_lowercase() == wanted
    };
    let found: Vec<OptionId> = options
        .entries()
        .filter(|(_, option)| begins(option))
        .map(|(id, _)| id)
        .collect();
    match (options.find(is_whole), found.as_slice()) {
        (Some(option), _) => Ok(option),
        (None, [option]) if wanted.chars().count() > 1 => Ok(*option),
        (None, [_, _, ..]) => Err(format!(
            "\"{text}\" fits several of these: type a number from 1 to {rows}."
        )),
        _ => {
            let names = options.iter().map(|option| option.id.as_str());
            let hint =
                nearest(text, names).map_or(String::new(), |name| format!(" Did you mean {name}?"));
            Err(format!(
                "\"{text}\" is none of these: type a number from 1 to {rows}.{hint}"
            ))
        }
    }
}

fn some_of(options: &Table<OptionId, FactOption>, text: &str) -> Result<Options, String> {
    let is_id = options.iter().any(|option| option.id == text);
    if !is_id
        && matches!(
            text.to_lowercase().as_str(),
            "0" | "none" | "no" | NONE_OF_THESE | "[]"
        )
    {
        return Ok(Options::NONE);
    }
    if let Ok(option) = one_of(options, text, options.len()) {
        return Ok(Options::only(option));
    }
    let separated: Vec<&str> = text
        .split([',', ' '])
        .filter(|word| !word.is_empty())
        .collect();
    // Alone, the rows of "none of these" and "don't know" can be chosen too.
    let rows = if separated.len() == 1 {
        options.len() + 2
    } else {
        options.len()
    };
    separated
        .into_iter()
        .map(|word| one_of(options, word, rows))
        .collect()
}

/// Reads a number for a count; blanks, commas, apostrophes and underscores may set off thousands. For other facts no
/// number fits.
pub fn check_count(text: &str, fact: &Fact) -> Entry {
    let Kind::Count { min, max, digits } = fact.kind else {
        return Entry::Wrong(format!("\"{text}\" is not {}", fact.expects()));
    };
    let text = text.trim();
    if text.is_empty() {
        return Entry::Empty;
    }
    let (whole, decimals) = match text.split_once('.') {
        Some((whole, decimals)) if digits != Digits::NONE => (whole, Some(decimals)),
        _ => (text, None),
    };
    let is_digits = decimals.is_none_or(|own| own.bytes().all(|byte| byte.is_ascii_digit()));
    let Some(whole) = without_separators(whole).filter(|_| is_digits) else {
        return Entry::Wrong(format!("\"{text}\" is not {}", fact.expects()));
    };
    let room = usize::from(digits.count());
    let number = match decimals {
        Some("") => return Entry::Short(format!("\"{text}\" ends with its point")),
        Some(decimals) if decimals.len() > room => {
            return Entry::Wrong(format!("\"{text}\" is not {}", fact.expects()));
        }
        Some(decimals) => digits.parse(&format!("{whole}.{decimals}")),
        None => digits.parse(&whole),
    };
    let (least, most) = (digits.say(min), digits.say(max));
    let said = |number: i64| digits.say(number);
    match number {
        Some(number) if number > max => Entry::Wrong(format!(
            "{} is more than {most}, the most that fits here",
            said(number)
        )),
        Some(number) if number < min => {
            let can_grow = number > 0 || (number == 0 && decimals.map_or(0, str::len) < room);
            let mistake = format!("{} is too few, at least {least}", said(number));
            if can_grow {
                Entry::Short(mistake)
            } else {
                Entry::Wrong(mistake)
            }
        }
        Some(number) => Entry::Fits(number),
        None => Entry::Wrong(format!("that is more than {most}, the most that fits here")),
    }
}

/// `1,000`, `1 000`, `1'000` and `1_000` as `1000`; `None` for anything but digits in groups of three.
fn without_separators(text: &str) -> Option<String> {
    let (sign, body) = text
        .strip_prefix('-')
        .map_or(("", text), |body| ("-", body));
    let mut groups = body.split([',', ' ', '\'', '_', '\u{a0}', '\u{202f}']);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let is_digits =
        |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped =
        rest.is_empty() || (first.len() <= 3 && rest.iter().all(|group| group.len() == 3));
    let is_number = is_digits(first) && rest.iter().all(|group| is_digits(group)) && is_grouped;
    is_number.then(|| format!("{sign}{first}{}", rest.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prompt::Progress;

    fn typed(fact: &str, line: &str) -> Typed {
        let rubric = crate::embedded::rubric().expect("no mistakes");
        let mut questions = rubric.questions.iter().chain(&rubric.follow_ups);
        let question = questions
            .find(|question| rubric.facts_of(question).any(|own| own.id == fact))
            .expect("asked");
        let fact = rubric.fact(fact).expect("a fact");
        let progress = Progress::FollowUp;
        type_answer(
            &Asked {
                question,
                fact,
                progress,
                is_repeated: false,
                answer: None,
                evidence: None,
                has_previous: true,
            },
            line,
        )
    }

    fn value(value: Value) -> Typed {
        Typed::Reply(Reply::Value(value))
    }

    #[test]
    fn numbers_may_set_off_thousands_but_not_be_torn() {
        for text in ["1000", " 1,000 ", "1 000", "1'000", "1_000"] {
            assert_eq!(typed("services", text), value(Value::Count(1000)), "{text}");
        }
        for text in [
            "1,00",
            "1.000",
            "10 services",
            "4.5",
            "１",
            "1000,",
            "99999999999999999999",
            "0",
            "-3",
            "100001",
        ] {
            assert!(
                matches!(typed("services", text), Typed::Mistake(_)),
                "{text}"
            );
        }
    }

    #[test]
    fn an_option_is_named_by_number_id_title_or_beginning() {
        for text in ["3", "encryption-only", "Encryption in transit only", "enc"] {
            assert_eq!(
                typed("mtls_mandate", text),
                value(Value::Choice(OptionId::new(2))),
                "{text}"
            );
        }
        assert_eq!(typed("mtls_mandate", "6"), Typed::Reply(Reply::Unknown));
        let Typed::Mistake(mistake) = typed("mtls_mandate", "mutual") else {
            panic!("ambiguous")
        };
        assert!(mistake.contains("several"), "{mistake}");
        let Typed::Mistake(mistake) = typed("authorization", "netwrok") else {
            panic!("no option")
        };
        assert!(mistake.contains("Did you mean network?"), "{mistake}");
        let Typed::Mistake(mistake) = typed("mtls_mandate", "7") else {
            panic!("no such row")
        };
        assert!(mistake.contains("from 1 to 6"), "{mistake}");
    }

    #[test]
    fn flags_are_named_in_any_number() {
        let set = |positions: &[usize]| {
            let flags = positions.iter().copied().map(OptionId::new);
            value(Value::Flags(flags.collect()))
        };
        for text in ["1,3", "3 1", "off-cluster-workloads, envoy-filters"] {
            assert_eq!(typed("sidecar_reasons", text), set(&[0, 2]), "{text}");
        }
        for text in ["0", "none", "none of these"] {
            assert_eq!(typed("sidecar_reasons", text), set(&[]), "{text}");
        }
        assert_eq!(typed("sidecar_reasons", "6"), set(&[]));
        assert_eq!(typed("sidecar_reasons", "7"), Typed::Reply(Reply::Unknown));
        assert_eq!(
            typed("shared_http_client", "3"),
            Typed::Reply(Reply::Unknown)
        );
        assert_eq!(typed("teams", "1"), value(Value::Count(1)));
        for (text, rows) in [("8", "from 1 to 7"), ("1,9", "from 1 to 5")] {
            let Typed::Mistake(mistake) = typed("sidecar_reasons", text) else {
                panic!("no such row")
            };
            assert!(mistake.contains(rows), "{mistake}");
        }
    }

    #[test]
    fn commands_are_words_or_single_letters() {
        assert_eq!(typed("canary", "?"), Typed::Why);
        assert_eq!(typed("canary", "B"), Typed::Reply(Reply::Back));
        assert_eq!(typed("canary", "don't know"), Typed::Reply(Reply::Unknown));
        assert_eq!(typed("services", "unknown"), Typed::Reply(Reply::Unknown));
        assert_eq!(typed("canary", "q"), Typed::Reply(Reply::Quit));
        assert!(matches!(typed("canary", ""), Typed::Mistake(_)));
    }
}
