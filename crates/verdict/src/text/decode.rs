//! A tree as serde reads it, with errors that know their route.

use serde::de::{self, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::{Entry, Node, Problem, ProblemKind, Route, Step, Tree};

/// Why a tree does not fit a type.
#[derive(Debug)]
pub(super) struct Misfit {
    pub(super) route: Route,
    message: String,
    kind: ProblemKind,
    /// The key that a mapping lacks.
    pub(super) missing: Option<&'static str>,
    /// The name that did not fit, when it was a name.
    unknown: Option<String>,
    /// The keys or variants that would fit.
    names: &'static [&'static str],
    /// The word that stands where a mapping was expected.
    found: Option<String>,
}

impl Misfit {
    fn new(message: String) -> Self {
        Self {
            route: Route::top(),
            message,
            kind: ProblemKind::Unfit,
            missing: None,
            unknown: None,
            names: &[],
            found: None,
        }
    }

    fn under(mut self, step: Step) -> Self {
        self.route.prepend(step);
        self
    }

    /// The mistake, to be placed.
    pub(super) fn problem(&self) -> Problem {
        let problem = Problem::new(&self.route, self.message.clone());
        let problem = match &self.unknown {
            Some(found) => problem.one_of(found, self.names.iter().copied()),
            None if self.names.is_empty() => problem,
            None => problem.allowed(format!("keys with values: {}", self.names.join(", "))),
        };
        let mut problem = problem.of_kind(self.kind);
        problem.help = self.help();
        if self.kind == ProblemKind::UnknownKey {
            problem.at_key()
        } else {
            problem
        }
    }
}

impl Misfit {
    /// What to write instead, where the slip shows.
    fn help(&self) -> Option<String> {
        let unknown = self.unknown.as_deref().unwrap_or_default();
        if self.kind == ProblemKind::UnknownKey && unknown.contains(' ') {
            return Some(
                "if it belongs to the text before it, put that text in quotes: within braces a comma ends it".into(),
            );
        }
        let is_item = matches!(self.route.steps().last(), Some(Step::Index(_)));
        let keys = self
            .found
            .as_deref()
            .filter(|_| is_item && self.names.starts_with(&["id", "title"]))?;
        Some(format!("write it as {{id: {keys}, title: …}}"))
    }
}

impl std::fmt::Display for Misfit {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Misfit {}

impl de::Error for Misfit {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(format!(
            "found {}, expected {}",
            found(unexpected),
            in_words(&expected.to_string())
        ))
    }

    fn invalid_value(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let mut misfit = Self::new(format!("unknown key `{field}`"));
        misfit.kind = ProblemKind::UnknownKey;
        (misfit.unknown, misfit.names) = (Some(field.to_owned()), expected);
        misfit
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let mut misfit = Self::new(format!("unknown value `{variant}`"));
        (misfit.unknown, misfit.names) = (Some(variant.to_owned()), expected);
        misfit
    }

    fn missing_field(field: &'static str) -> Self {
        let mut misfit = Self::new(format!("the key `{field}` is missing"));
        misfit.kind = ProblemKind::MissingKey;
        misfit.missing = Some(field);
        misfit
    }
}

fn found(unexpected: de::Unexpected<'_>) -> String {
    match unexpected {
        de::Unexpected::Unit | de::Unexpected::Option => "nothing".into(),
        de::Unexpected::Bool(value) => format!("`{value}`"),
        de::Unexpected::Signed(value) => format!("`{value}`"),
        de::Unexpected::Str(text) => Tree::Text(text.into()).describe(),
        de::Unexpected::Seq => "a list".into(),
        de::Unexpected::Map => "a mapping".into(),
        other => other.to_string(),
    }
}

/// What serde expects, in the words of a YAML file.
fn in_words(expected: &str) -> String {
    match expected {
        "i64" | "u64" | "u32" | "usize" => "a whole number".into(),
        "a string" => "text".into(),
        "a sequence" => "a list".into(),
        "a boolean" => "`true` or `false`".into(),
        other if other.starts_with("struct ") || other == "a map" => "a mapping".into(),
        other => other.into(),
    }
}

/// A tree as serde reads it.
pub(super) struct Reader<'de>(pub(super) &'de Tree);

/// For whoever wants one type of value: a number that does not fit it is quoted as it is written.
macro_rules! typed {
    ($reader:expr, $visitor:expr) => {
        match $reader.0 {
            Tree::Number(_) => Err(de::Error::invalid_type(
                de::Unexpected::Other(&$reader.0.describe()),
                &$visitor,
            )),
            _ => $reader.deserialize_any($visitor),
        }
    };
}

/// Whole numbers in whatever way they are written.
macro_rules! whole_numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            match self.0.whole_number() {
                Some(number) => visitor.visit_i64(number),
                None => typed!(self, visitor),
            }
        }
    )*};
}

/// What a number is not.
macro_rules! no_numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            typed!(self, visitor)
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Reader<'de> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Tree::Null => visitor.visit_unit(),
            Tree::Bool(value) => visitor.visit_bool(*value),
            Tree::Integer(value) => visitor.visit_i64(*value),
            Tree::Number(text) => match (text.parse::<i128>(), text.parse::<f64>()) {
                (Ok(whole), _) => visitor.visit_i128(whole),
                (_, Ok(number)) => visitor.visit_f64(number),
                _ => visitor.visit_borrowed_str(text),
            },
            Tree::Text(text) => visitor.visit_borrowed_str(text),
            Tree::List(items) => visitor.visit_seq(Items {
                items: items.iter().enumerate(),
            }),
            Tree::Map(entries) => visitor.visit_map(Entries {
                entries: entries.iter(),
                current: None,
            }),
        }
    }

    /// Only a mapping is a struct: serde would also take a list, its items in the order of the fields.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.0 {
            Tree::Map(_) => self.deserialize_any(visitor),
            other => {
                let mut misfit =
                    Misfit::new(format!("found {}, expected a mapping", other.describe()));
                misfit.names = fields;
                misfit.found = other.word();
                Err(misfit)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Tree::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.0 {
            Tree::Text(text) => visitor.visit_enum(text.as_str().into_deserializer()),
            other => Err(Misfit::new(format!(
                "found {}, expected a word",
                other.describe()
            ))),
        }
    }

    whole_numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    no_numbers! { deserialize_bool deserialize_str deserialize_string deserialize_seq deserialize_map }

    forward_to_deserialize_any! {
        i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

struct Items<'de> {
    items: std::iter::Enumerate<std::slice::Iter<'de, Node>>,
}

impl<'de> de::SeqAccess<'de> for Items<'de> {
    type Error = Misfit;

    fn next_element_seed<T: de::DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misfit> {
        let Some((index, item)) = self.items.next() else {
            return Ok(None);
        };
        seed.deserialize(Reader(&item.tree))
            .map(Some)
            .map_err(|misfit| misfit.under(Step::Index(index)))
    }
}

struct Entries<'de> {
    entries: std::slice::Iter<'de, Entry>,
    current: Option<&'de Entry>,
}

impl<'de> de::MapAccess<'de> for Entries<'de> {
    type Error = Misfit;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Misfit> {
        self.current = self.entries.next();
        let Some(Entry { key, .. }) = self.current else {
            return Ok(None);
        };
        seed.deserialize(de::value::BorrowedStrDeserializer::new(key))
            .map(Some)
            .map_err(|misfit: Misfit| misfit.under(Step::Key(key.clone())))
    }

    fn next_value_seed<V: de::DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Misfit> {
        let Some(Entry { key, value, .. }) = self.current else {
            return Err(Misfit::new("a value was asked for before its key".into()));
        };
        seed.deserialize(Reader(&value.tree))
            .map_err(|misfit| misfit.under(Step::Key(key.clone())))
    }
}
