//! A letter for each recommendation, for pictures: the first of its name where no other has it.

/// The letters of some ids, in their order; numbers once letters run out.
pub(super) fn letters<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for (nth, id) in ids.enumerate() {
        let own = id.chars().filter(char::is_ascii_alphanumeric);
        let letters = own.map(|c| c.to_ascii_uppercase()).chain('A'..='Z');
        let mut letters = letters.map(String::from);
        let free = letters.find(|letter| !taken.contains(letter));
        taken.push(free.unwrap_or_else(|| (nth + 1).to_string()));
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_recommendation_has_a_letter_of_its_own() {
        let of = |ids: &[&str]| letters(ids.iter().copied());
        assert_eq!(of(&["no-mesh", "sidecarless", "mesh"]), ["N", "S", "M"]);
        assert_eq!(
            of(&["track", "track-star", "attend", "act"]),
            ["T", "R", "A", "C"]
        );
        let many = of(&["a"; 40]);
        assert_eq!((&*many[25], &*many[39]), ("Z", "40"));
        let distinct: std::collections::BTreeSet<_> = many.iter().collect();
        assert_eq!(distinct.len(), 40);
    }
}
