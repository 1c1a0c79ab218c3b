//! The words of decision records: statuses, and the names of the sections that are looked for, in nine languages.
//!
//! One table. The English words are those of the templates and projects that the tests quote, among them the statuses of
//! Kubernetes enhancement proposals (kubernetes/enhancements, `keps/NNNN-kep-template/kep.yaml`). The others come from
//! templates and records in use: German HubEvolution/EvolutionHub and StefanMoCoAt/Meldestelle, French
//! ansforge/ans-architecture-adr and mogador26/architecture-decisions-record, Spanish pmerson/ADR-template and
//! joelparkerhenderson/architecture-decision-record (`locales/es`), Portuguese polsani-io/adrs and
//! Ugrow-Social-App/Ugrow_Documentation, Italian matiux/dublin and tiboxtibo/custom-claude-plugins, Dutch
//! Chris-Lehnen-ICT-CONSULTING/Definitie-app-zakelijk, Japanese TakahashiIkki/architecture_decision_record, Chinese
//! Martinqi826/english-mastery and luchenqun/cosmos-sdk-docs; with the genders and numbers that their grammar asks for.

use std::collections::BTreeMap;

use thiserror::Error;

/// What a status word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// In force.
    Accepted,
    /// In force, with a change that another record holds.
    Amended,
    /// Not decided yet.
    Proposed,
    /// Decided against, or given up.
    Rejected,
    /// Replaced by another decision.
    Superseded,
    /// No longer in force.
    Deprecated,
}

impl Meaning {
    /// Every meaning.
    pub const ALL: [Meaning; 6] = [
        Meaning::Accepted,
        Meaning::Amended,
        Meaning::Proposed,
        Meaning::Rejected,
        Meaning::Superseded,
        Meaning::Deprecated,
    ];

    /// The word that this program uses for it.
    pub fn name(self) -> &'static str {
        match self {
            Meaning::Accepted => "accepted",
            Meaning::Amended => "amended",
            Meaning::Proposed => "proposed",
            Meaning::Rejected => "rejected",
            Meaning::Superseded => "superseded",
            Meaning::Deprecated => "deprecated",
        }
    }

    /// The meaning of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Meaning::ALL
            .into_iter()
            .find(|meaning| meaning.name() == name)
    }
}

/// A part of a record that is found by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The status.
    Status,
    /// The date.
    Date,
    /// Why there is something to decide: the usual first section.
    Context,
    /// The decision.
    Decision,
    /// A section of fields such as the status.
    Fields,
    /// What stands at the end, after the decision and all it brings.
    Closing,
}

/// What a word of a project's own cannot be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WordError {
    /// The word has a meaning already, which no setting may turn into another.
    #[error("`{word}` means {meaning} already")]
    Known {
        /// The word.
        word: String,
        /// What it means.
        meaning: &'static str,
    },
    /// There are no letters in it.
    #[error("`{0}` is no word")]
    Empty(String),
}

/// The status words in use: those of the table, and those that a project adds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    own: BTreeMap<String, Meaning>,
}

impl Vocabulary {
    /// Adds a word of the project's own.
    ///
    /// # Errors
    /// The word is known with another meaning, so that one setting could excuse every record; or it is empty.
    pub fn add(&mut self, word: &str, meaning: Meaning) -> Result<(), WordError> {
        let folded = folded(word);
        if !folded.chars().any(char::is_alphanumeric) {
            return Err(WordError::Empty(word.to_owned()));
        }
        match self.meaning(&folded) {
            Some(known) if known != meaning => Err(WordError::Known {
                word: word.to_owned(),
                meaning: known.name(),
            }),
            _ => {
                self.own.insert(folded, meaning);
                Ok(())
            }
        }
    }

    /// What one clause states, when it states anything. Lower case, without marks around it.
    pub(crate) fn meaning(&self, clause: &str) -> Option<Meaning> {
        let clause = folded(clause);
        if is_amendment(&clause) {
            return Some(Meaning::Amended);
        }
        let own = self
            .own
            .iter()
            .map(|(word, meaning)| (word.as_str(), *meaning));
        let known = STATUSES
            .iter()
            .flat_map(|(meaning, words)| words.iter().map(|word| (*word, *meaning)));
        let stated = own
            .chain(known)
            .filter(|(word, meaning)| {
                let rest = clause.strip_prefix(word);
                rest.is_some_and(|rest| self.leaves_a_status(rest, *meaning))
            })
            .max_by_key(|(word, _)| word.len());
        stated.map(|(_, meaning)| meaning).or_else(|| {
            // "被 ADR-9 取代": what replaces it stands before the word.
            let ends = |word: &str| !word.is_ascii() && clause.ends_with(word);
            words_of(Meaning::Superseded)
                .any(ends)
                .then_some(Meaning::Superseded)
        })
    }

    /// Whether what follows a status word leaves it one: nothing, "by the board", a date, or the same once more.
    fn leaves_a_status(&self, rest: &str, meaning: Meaning) -> bool {
        let Some(next) = rest.split_whitespace().next() else {
            return true;
        };
        if !rest.starts_with(char::is_whitespace) {
            return !next.is_ascii() && next.chars().all(|c| matches!(c, '于' | 'に' | '由'));
        }
        CONTINUATIONS.contains(&next)
            || next.starts_with(|c: char| c.is_ascii_digit())
            || self.meaning(rest.trim_start()) == Some(meaning)
    }
}

/// The words that state a meaning.
pub(crate) fn words_of(meaning: Meaning) -> impl Iterator<Item = &'static str> {
    STATUSES
        .iter()
        .filter(move |(own, _)| *own == meaning)
        .flat_map(|(_, words)| words.iter().copied())
}

/// The words for a decision that another one changes.
pub(crate) fn amendments() -> impl Iterator<Item = &'static str> {
    AMENDED.iter().copied()
}

/// Whether a word leads to what replaced a decision: "by".
pub(crate) fn is_by(word: &str) -> bool {
    BY.contains(&word)
}

/// Whether a key or a heading, in lower case and without marks around it, names a part of a record.
pub(crate) fn names(part: Part, words: &str) -> bool {
    NAMES
        .iter()
        .any(|(own, names)| *own == part && names.contains(&words))
}

/// Whether a key names the record that replaces this one, or changes it.
pub(crate) fn names_successor(key: &str) -> Option<Meaning> {
    let bare: String = key
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '_'))
        .collect();
    if SUCCESSOR_KEYS
        .iter()
        .any(|own| own.chars().filter(|c| *c != ' ').eq(bare.chars()))
    {
        return Some(Meaning::Superseded);
    }
    is_amendment(&folded(key)).then_some(Meaning::Amended)
}

/// "amended by", "superseded in part by", "partially superseded": another record changes this one, which stays in force.
fn is_amendment(clause: &str) -> bool {
    let mut words = clause.split_whitespace();
    let first = words.next().unwrap_or("");
    let replaces = |word: &str| words_of(Meaning::Superseded).any(|own| own == word);
    if PARTLY.contains(&first) {
        let second = words.next().unwrap_or("");
        return replaces(second) || AMENDED.contains(&second);
    }
    let rest: Vec<&str> = words.take(3).collect();
    let in_part = matches!(rest.as_slice(), ["in", "part", ..])
        || matches!(rest.as_slice(), [word, ..] if PARTLY.contains(word))
        || matches!(
            rest.as_slice(),
            ["en" | "em" | "in", "partie" | "parte", ..]
        );
    if replaces(first) {
        return in_part;
    }
    AMENDED.contains(&first)
        && (rest.is_empty()
            || in_part
            || rest
                .first()
                .is_some_and(|word| is_by(word) || CONTINUATIONS.contains(word)))
}

/// Lower case, hyphens as spaces, one space between words.
fn folded(text: &str) -> String {
    let spaced = text.to_lowercase().replace(['-', '_'], " ");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[rustfmt::skip] // a table, by rows
const STATUSES: &[(Meaning, &[&str])] = &[
    // English
    (Meaning::Accepted, &[
        "accepted", "accept", "approved", "active", "adopted", "agreed", "agreed upon",
        "complete", "completed", "decided", "done", "effective", "enacted", "final", "finalised",
        "finalized", "implementable", "implemented", "in effect", "in force", "in use", "living",
        "ratified",
    ]),
    (Meaning::Proposed, &[
        "proposed", "proposal", "awaiting approval", "awaiting review", "deferred", "draft",
        "drafted", "for review", "in consideration", "in discussion", "in progress", "in review",
        "on hold", "open", "pending", "postponed", "proposing", "provisional",
        "ready for review", "request for comment", "request for comments", "review", "rfc",
        "tbd", "tentative", "to be decided", "todo", "under consideration", "under discussion",
        "under review", "wip", "work in progress",
    ]),
    (Meaning::Rejected, &[
        "rejected", "abandoned", "canceled", "cancelled", "declined", "denied", "discarded",
        "dismissed", "not accepted", "refused",
    ]),
    (Meaning::Superseded, &[
        "superseded", "superceded", "superceeded", "superseeded", "supersceded", "replaced",
        "obsoleted",
    ]),
    (Meaning::Deprecated, &[
        "deprecated", "archived", "decommissioned", "discontinued", "expired", "inactive",
        "no longer valid", "obsolete", "retired", "sunset", "withdrawn",
    ]),
    // German
    (Meaning::Accepted, &[
        "akzeptiert", "angenommen", "beschlossen", "entschieden", "freigegeben", "genehmigt",
        "gültig", "in kraft", "umgesetzt",
    ]),
    (Meaning::Proposed, &[
        "vorgeschlagen", "vorschlag", "entwurf", "in arbeit", "in bearbeitung", "in diskussion",
        "in prüfung", "offen", "zurückgestellt",
    ]),
    (Meaning::Rejected, &["abgelehnt", "verworfen", "zurückgewiesen"]),
    (Meaning::Superseded, &["abgelöst", "ersetzt"]),
    (Meaning::Deprecated, &["veraltet", "überholt", "außer kraft", "ungültig", "zurückgezogen"]),
    // French
    (Meaning::Accepted, &[
        "accepté", "acceptée", "adopté", "adoptée", "approuvé", "approuvée", "en vigueur",
        "validé", "validée",
    ]),
    (Meaning::Proposed, &[
        "proposé", "proposée", "proposition", "brouillon", "en cours", "en discussion",
        "en attente", "à valider",
    ]),
    (Meaning::Rejected, &["rejeté", "rejetée", "refusé", "refusée", "abandonné", "abandonnée"]),
    (Meaning::Superseded, &["remplacé", "remplacée"]),
    (Meaning::Deprecated, &["obsolète", "déprécié", "dépréciée", "retiré", "retirée"]),
    // Spanish
    (Meaning::Accepted, &[
        "aceptado", "aceptada", "adoptado", "adoptada", "aprobado", "aprobada", "en vigor",
        "vigente",
    ]),
    (Meaning::Proposed, &[
        "propuesto", "propuesta", "borrador", "en discusión", "en revisión", "pendiente",
    ]),
    (Meaning::Rejected, &["rechazado", "rechazada", "descartado", "descartada"]),
    (Meaning::Superseded, &["reemplazado", "reemplazada", "sustituido", "sustituida"]),
    (Meaning::Deprecated, &["obsoleto", "obsoleta", "en desuso", "retirado", "retirada"]),
    // Portuguese
    (Meaning::Accepted, &[
        "aceito", "aceita", "aceite", "adotado", "adotada", "aprovado", "aprovada", "em vigor",
    ]),
    (Meaning::Proposed, &[
        "proposto", "proposta", "rascunho", "em discussão", "em análise", "em revisão",
        "pendente",
    ]),
    (Meaning::Rejected, &["rejeitado", "rejeitada", "recusado", "recusada"]),
    (Meaning::Superseded, &["substituído", "substituída", "suplantado", "suplantada"]),
    (Meaning::Deprecated, &["depreciado", "depreciada", "descontinuado", "descontinuada"]),
    // Italian
    (Meaning::Accepted, &[
        "accettato", "accettata", "adottato", "adottata", "approvato", "approvata", "in vigore",
    ]),
    (Meaning::Proposed, &[
        "proposto", "proposta", "bozza", "in discussione", "in revisione", "in sospeso",
    ]),
    (Meaning::Rejected, &[
        "rifiutato", "rifiutata", "respinto", "respinta", "scartato", "scartata",
    ]),
    (Meaning::Superseded, &["sostituito", "sostituita", "superato", "superata"]),
    (Meaning::Deprecated, &[
        "deprecato", "deprecata", "non più valido", "non più valida", "ritirato", "ritirata",
    ]),
    // Dutch
    (Meaning::Accepted, &[
        "geaccepteerd", "aangenomen", "aanvaard", "besloten", "goedgekeurd", "van kracht",
    ]),
    (Meaning::Proposed, &[
        "voorgesteld", "voorstel", "concept", "in behandeling", "in bespreking", "openstaand",
    ]),
    (Meaning::Rejected, &["afgewezen", "verworpen", "geweigerd"]),
    (Meaning::Superseded, &["vervangen"]),
    (Meaning::Deprecated, &["verouderd", "ingetrokken", "niet meer van toepassing", "vervallen"]),
    // Japanese
    (Meaning::Accepted, &["承認", "承認済み", "採用", "採択", "決定", "決定済み", "受理", "実装済み"]),
    (Meaning::Proposed, &["提案", "提案中", "草案", "下書き", "検討中", "レビュー中", "保留", "保留中"]),
    (Meaning::Rejected, &["却下", "否認", "不採用", "棄却"]),
    (Meaning::Superseded, &["置き換え", "置き換え済み", "置換", "置換済み", "置き換えられた"]),
    (Meaning::Deprecated, &["廃止", "廃止済み", "非推奨", "撤回"]),
    // Chinese
    (Meaning::Accepted, &[
        "已接受", "接受", "采纳", "已采纳", "已通过", "已批准", "已决定", "生效", "採納", "已採納", "已通過",
    ]),
    (Meaning::Proposed, &["提议", "提议中", "提案中", "草稿", "待定", "讨论中", "评审中", "提議", "討論中"]),
    (Meaning::Rejected, &["拒绝", "已拒绝", "被拒绝", "驳回", "已驳回", "否决", "已否决", "拒絕", "已拒絕"]),
    (Meaning::Superseded, &["替代", "已替代", "被替代", "取代", "已取代", "被取代", "已被取代", "已被替代", "替换", "已替换"]),
    (Meaning::Deprecated, &["废弃", "已废弃", "弃用", "已弃用", "作废", "已作废", "廢棄", "已廢棄", "過時"]),
];

#[rustfmt::skip] // a table, by rows
const AMENDED: &[&str] = &[
    "amended", "extended", "updated", "modified", "supplemented", "refined", "clarified",
    "ergänzt", "erweitert", "geändert", "modifié", "modifiée", "complété", "complétée",
    "modificado", "modificada", "ampliado", "ampliada", "enmendado", "alterado", "alterada",
    "emendado", "modificato", "modificata", "integrato", "gewijzigd", "aangevuld", "uitgebreid",
];
#[rustfmt::skip] // a table, by rows
const PARTLY: &[&str] = &[
    "partially", "partly", "partial", "teilweise", "partiellement", "parcialmente",
    "parzialmente", "gedeeltelijk", "deels",
];
#[rustfmt::skip] // a table, by rows
const BY: &[&str] = &[
    "by", "durch", "von", "par", "por", "pelo", "pela", "da", "dal", "dalla", "door",
];

/// Words after a status that leave it a status: "accepted by the board", "accepted on 2026-01-02".
#[rustfmt::skip] // a table, by rows
const CONTINUATIONS: &[&str] = &[
    "as", "at", "by", "during", "for", "from", "in", "on", "since", "subject", "until", "with",
    "am", "durch", "für", "mit", "seit", "von", "vom", "depuis", "le", "par", "pour", "desde",
    "el", "para", "por", "pelo", "pela", "em", "il", "da", "dal", "per", "door", "op", "sinds",
    "voor",
];

#[rustfmt::skip] // a table, by rows
const SUCCESSOR_KEYS: &[&str] = &[
    "superseded by", "superceded by", "replaced by", "successor", "ersetzt durch",
    "abgelöst durch", "remplacé par", "reemplazado por", "sustituido por", "substituído por",
    "sostituito da", "vervangen door",
];

#[rustfmt::skip] // a table, by rows
const NAMES: &[(Part, &[&str])] = &[
    (Part::Status, &[
        "status", "adr status", "decision status", "current status", "state", "statut", "état",
        "estado", "estatus", "situação", "stato", "staat", "ステータス", "状態", "状态", "狀態",
    ]),
    (Part::Date, &[
        "date", "decision date", "decided", "decided on", "datum", "fecha", "data", "日付", "日期",
    ]),
    (Part::Context, &[
        "context", "context and problem statement", "kontext", "contexte", "contexto",
        "contesto", "コンテキスト", "背景", "背景信息",
    ]),
    (Part::Decision, &[
        "decision outcome", "decision", "outcome", "the decision", "our decision",
        "entscheidung", "die entscheidung", "décision", "résultat de la décision", "decisión",
        "resultado de la decisión", "decisão", "resultado da decisão", "decisione",
        "risultato della decisione", "besluit", "beslissing", "決定", "決定事項", "决策", "決策", "决定",
    ]),
    (Part::Fields, &[
        "metadata", "meta", "meta data", "document information", "adr information",
        "information", "info", "details", "header", "metadaten", "métadonnées", "metadatos",
        "metadados", "metadati", "metagegevens", "メタデータ", "元数据",
    ]),
    (Part::Closing, &[
        "links", "more information", "references", "see also", "related decisions", "related",
        "notes", "footnotes", "appendix", "referenzen", "verweise", "références", "liens",
        "referencias", "enlaces", "referências", "riferimenti", "collegamenti", "referenties",
        "verwijzingen", "参考", "参照", "参考资料", "參考",
    ]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_means_two_things() {
        for (meaning, words) in STATUSES {
            for word in *words {
                assert_eq!(
                    Vocabulary::default().meaning(word),
                    Some(*meaning),
                    "{word}"
                );
                assert_eq!(folded(word), *word);
            }
        }
    }

    #[test]
    fn a_project_may_add_words_and_turn_none_around() {
        let mut words = Vocabulary::default();
        assert_eq!(words.meaning("blessed"), None);
        words.add("Blessed", Meaning::Accepted).unwrap();
        words.add("parked-for-now", Meaning::Proposed).unwrap();
        assert_eq!(words.meaning("blessed by all"), Some(Meaning::Accepted));
        assert_eq!(words.meaning("parked for now"), Some(Meaning::Proposed));
        assert!(matches!(
            words.add("accepted", Meaning::Rejected),
            Err(WordError::Known { .. })
        ));
        assert!(matches!(
            words.add("blessed", Meaning::Rejected),
            Err(WordError::Known { .. })
        ));
        assert!(matches!(
            words.add("!", Meaning::Accepted),
            Err(WordError::Empty(_))
        ));
        assert!(words.add("approved", Meaning::Accepted).is_ok());
    }

    #[test]
    fn what_another_record_changes_in_part_stays_in_force() {
        for clause in [
            "amended by",
            "amended",
            "amended in part by 0009",
            "superseded in part by adr 9",
            "partially superseded by 9",
            "partly replaced",
            "extended by 9",
            "superseded partially by 9",
            "teilweise ersetzt durch 9",
            "ergänzt durch 9",
            "remplacé partiellement par 9",
            "parcialmente reemplazado por 9",
        ] {
            assert_eq!(
                Vocabulary::default().meaning(clause),
                Some(Meaning::Amended),
                "{clause}"
            );
        }
        for clause in [
            "superseded by part two",
            "partially agreed",
            "amended text follows",
            "superseded",
        ] {
            assert_ne!(
                Vocabulary::default().meaning(clause),
                Some(Meaning::Amended),
                "{clause}"
            );
        }
    }
}
