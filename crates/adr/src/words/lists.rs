//! The words themselves, language by language.
//!
//! The English words are those of the templates and projects that the tests quote, among them the statuses of
//! Kubernetes enhancement proposals (kubernetes/enhancements, `keps/NNNN-kep-template/kep.yaml`). The others come from
//! templates and records in use: German HubEvolution/EvolutionHub and StefanMoCoAt/Meldestelle, French
//! ansforge/ans-architecture-adr and mogador26/architecture-decisions-record, Spanish pmerson/ADR-template and
//! joelparkerhenderson/architecture-decision-record (`locales/es`), Portuguese polsani-io/adrs and
//! Ugrow-Social-App/Ugrow_Documentation, Italian matiux/dublin and tiboxtibo/custom-claude-plugins, Dutch
//! Chris-Lehnen-ICT-CONSULTING/Definitie-app-zakelijk, Japanese TakahashiIkki/architecture_decision_record, Chinese
//! Martinqi826/english-mastery and luchenqun/cosmos-sdk-docs; with the genders and numbers that their grammar asks for.

use super::{Meaning, Part};

#[rustfmt::skip] // a table, by rows
pub(super) const STATUSES: &[(Meaning, &[&str])] = &[
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
pub(super) const AMENDED: &[&str] = &[
    "amended", "extended", "updated", "modified", "supplemented", "refined", "clarified",
    "ergänzt", "erweitert", "geändert", "modifié", "modifiée", "complété", "complétée",
    "modificado", "modificada", "ampliado", "ampliada", "enmendado", "alterado", "alterada",
    "emendado", "modificato", "modificata", "integrato", "gewijzigd", "aangevuld", "uitgebreid",
];
#[rustfmt::skip] // a table, by rows
pub(super) const PARTLY: &[&str] = &[
    "partially", "partly", "partial", "teilweise", "partiellement", "parcialmente",
    "parzialmente", "gedeeltelijk", "deels",
];
#[rustfmt::skip] // a table, by rows
pub(super) const BY: &[&str] = &[
    "by", "durch", "von", "par", "por", "pelo", "pela", "da", "dal", "dalla", "door",
];

/// Words after a status that leave it a status: "accepted by the board", "accepted on 2026-01-02".
#[rustfmt::skip] // a table, by rows
pub(super) const CONTINUATIONS: &[&str] = &[
    "as", "at", "by", "during", "for", "from", "in", "on", "since", "subject", "until", "with",
    "am", "durch", "für", "mit", "seit", "von", "vom", "depuis", "le", "par", "pour", "desde",
    "el", "para", "por", "pelo", "pela", "em", "il", "da", "dal", "per", "door", "op", "sinds",
    "voor",
];

#[rustfmt::skip] // a table, by rows
pub(super) const SUCCESSOR_KEYS: &[&str] = &[
    "superseded by", "superceded by", "replaced by", "successor", "ersetzt durch",
    "abgelöst durch", "remplacé par", "reemplazado por", "sustituido por", "substituído por",
    "sostituito da", "vervangen door",
];

#[rustfmt::skip] // a table, by rows
pub(super) const NAMES: &[(Part, &[&str])] = &[
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
