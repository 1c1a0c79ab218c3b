//! A rubric to begin with: commented, sound, and for the question that its author has.

/// The rubric with holes for its name and its question.
const TEMPLATE: &str = include_str!("../rubric/template.yaml");

/// The longest name.
const LONGEST: usize = 64;

/// The text of a rubric for a question. Its name is made from `name`, such as that of a file.
pub fn rubric(name: &str, question: &str) -> String {
    // A text of JSON is one of YAML, whatever stands in it.
    let question = serde_json::Value::from(question).to_string();
    TEMPLATE
        .replacen("{id}", &kebab(name), 1)
        .replacen("{question}", &question, 1)
}

/// A name in kebab-case: what is neither a letter nor a digit separates.
fn kebab(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let name: String = words.join("-").chars().take(LONGEST).collect();
    let name = name.trim_end_matches('-');
    if name.is_empty() { "ours" } else { name }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use verdict::rubric::Rubric;
    use verdict::text::Source;

    #[test]
    fn it_is_a_rubric_whatever_is_asked_and_however_it_is_called() {
        for (name, question, id) in [
            ("ours", "Should we adopt Kafka?", "ours"),
            (
                "Our Rubric.v2",
                "Is \"it\": worth #1, {so} much?",
                "our-rubric-v2",
            ),
            (
                "näher_am Ziel",
                "Gehen wir?\n\ttoday \\ now",
                "n-her-am-ziel",
            ),
            ("???", "", "ours"),
            (&"long-".repeat(30), "{id}", &"long-".repeat(13)[..64]),
        ] {
            let text = rubric(name, question);
            let rubric = Rubric::parse(&Source::new("new", text)).expect("no mistakes");
            assert_eq!(rubric.title, question);
            assert_eq!(rubric.id, id.trim_end_matches('-'));
        }
    }
}
