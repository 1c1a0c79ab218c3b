//! A date as records write it: a day and nothing else.

use jiff::civil::Date;
use serde::de::{self, Deserialize, Deserializer, Visitor};

/// Reads a day, where there is one.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    Ok(Option::<Day>::deserialize(deserializer)?.map(|day| day.0))
}

struct Day(Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(DayVisitor)
    }
}

struct DayVisitor;

impl Visitor<'_> for DayVisitor {
    type Value = Day;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a date, YYYY-MM-DD")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Day, E> {
        // A date alone: a time of day or a zone says something that nobody would read.
        let date = text
            .parse()
            .ok()
            .filter(|_| text.len() == "YYYY-MM-DD".len());
        date.map(Day)
            .ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}
