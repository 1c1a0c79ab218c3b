//! The starters of the default rubric: each is a manifest that its product takes, whatever its parameters hold.
//!
//! Twice: by structs that know every field that is used here and no other, and by the schemas of the products' own
//! custom resource definitions where those lie beside the repository.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use mesh_advisor::embedded;
use serde::Deserialize;
use serde_json::{Value, json};
use verdict::rubric::{Form, Starter};
use verdict::text::Source;

/// Every document of every starter, filled in by `value`, with the starter's name.
fn documents(value: impl Fn(Form) -> String) -> Vec<(&'static str, Value)> {
    let rubric = embedded::rubric().expect("whole");
    let starters = embedded::starters().expect("whole");
    let filled = starters.into_iter().map(|(name, text)| {
        let starter = Starter::parse(&Source::new(name, text), &rubric).expect("no mistakes");
        (
            name,
            starter.fill("file.yaml", |id| value(rubric.parameters[id].form)),
        )
    });
    let mut documents = Vec::new();
    for (name, text) in filled {
        for document in serde_yaml::Deserializer::from_str(&text) {
            documents.push((name, Value::deserialize(document).expect("YAML")));
        }
    }
    documents
}

fn usual(form: Form) -> String {
    match form {
        Form::DnsLabel { .. } => "checkout",
        Form::DnsName => "shop.example.com",
        Form::Path => "/orders/refund",
        Form::LabelKey => "app",
        Form::Duration => "30s",
        Form::Word => "beta",
        Form::HttpMethod => "POST",
        Form::Count { .. } => "8080",
    }
    .to_owned()
}

#[test]
fn every_starter_is_named_by_a_step_and_says_how_to_use_it() {
    let named: BTreeSet<String> = embedded::starters()
        .expect("whole")
        .into_keys()
        .map(str::to_owned)
        .collect();
    let entries = fs::read_dir("rubric/starters").expect("the folder");
    let files: BTreeSet<String> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("UTF-8")
        })
        .collect();
    assert_eq!(named, files);
    for (name, text) in embedded::starters().expect("whole") {
        // A patch cannot be applied by mistake, nor deleted: an apply of a namespace takes away the labels of an earlier
        // one, and a delete all that it holds.
        assert!(!text.contains("kind: Namespace"), "{name}");
        let (compare, apply) = if text.contains("\nkind: ") {
            (
                "# Compare:   kubectl diff -f {file}: ",
                "# Apply:     kubectl apply -f {file}",
            )
        } else {
            (
                "",
                "# Apply:     kubectl patch namespace {namespace} --patch-file {file}\n",
            )
        };
        for said in ["# First:", compare, apply, "# Take back:"] {
            assert!(text.contains(said), "{name}: {said}");
        }
        assert!(
            text.lines().all(|line| line.chars().count() <= 120),
            "{name}"
        );
    }
}

#[test]
fn pods_are_selected_by_the_label_that_is_given_and_identities_are_those_of_service_accounts() {
    let mut own = BTreeSet::new();
    for (name, text) in embedded::starters().expect("whole") {
        // What a starter itself brings along is selected by labels that it sets.
        let brings_pods = text.contains("kind: Deployment");
        for line in text.lines().map(str::trim) {
            let key = line
                .split_once(": \"{service}\"")
                .or(line.split_once(": \"{caller}\""));
            let key = key.map_or("", |(key, _)| key);
            let is_comment = line.starts_with('#');
            if !is_comment && !["", "name", "- name", "secretName"].contains(&key) {
                assert_eq!(key, "\"{label}\"", "{name}: {line}");
                own.insert(name);
            }
            if line.contains("app.kubernetes.io/name") {
                assert!(brings_pods, "{name}: {line}");
            }
            if let Some((_, account)) = line.split_once("/sa/") {
                let accounts = ["{caller_account}", "{service_account}", "waypoint"];
                let is_known = accounts.iter().any(|own| account.starts_with(own));
                assert!(is_known, "{name}: {line}");
            }
        }
    }
    assert!(own.len() >= 6, "{own:?}");
}

#[test]
fn every_document_has_the_fields_that_its_kind_has_and_no_other() {
    let documents = documents(usual);
    assert!(documents.len() > 25, "{}", documents.len());
    for (name, document) in documents {
        known(document).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn a_value_that_yaml_could_take_for_something_else_stays_a_text() {
    let awkward = [
        ("null", "no", "/null", "on", "y", "1"),
        ("1e3", "1.2", "/~", "0x1f", "1/2", "65535"),
        ("true", "1", "/", "123", "null", "1"),
        ("0", "12e3", "/%20:", "-", "1.5", "1"),
    ];
    for (label, name, path, word, key, count) in awkward {
        let value = |form: Form| match form {
            Form::DnsLabel { .. } => label.to_owned(),
            Form::DnsName => name.to_owned(),
            Form::Path => path.to_owned(),
            Form::LabelKey => key.to_owned(),
            Form::Duration => "1m30s".to_owned(),
            Form::Word => word.to_owned(),
            Form::HttpMethod => "PATCH".to_owned(),
            Form::Count { .. } => count.to_owned(),
        };
        for (name, document) in documents(value) {
            known(document).unwrap_or_else(|error| panic!("{name} with {label}: {error}"));
        }
    }
}

#[test]
fn names_stay_within_63_characters_at_the_longest_values() {
    let longest = |form: Form| match form {
        Form::DnsLabel { longest } => "a".repeat(usize::try_from(longest).expect("short")),
        form => usual(form),
    };
    for (file, document) in documents(longest) {
        if is_patch(&document) {
            continue;
        }
        let name = document["metadata"]["name"].as_str().expect("a name");
        // What becomes a name in DNS or a label has 63 characters, other names 253.
        let most = match document["kind"].as_str() {
            Some("Service" | "Gateway") => 63,
            _ => 253,
        };
        assert!(name.len() <= most, "{file}: {name}");
    }
}

#[test]
fn every_document_is_valid_by_the_schemas_of_the_products() {
    let Some(folder) = folder() else { return };
    let schemas = schemas(&folder);
    assert!(schemas.len() > 20, "{:?}", schemas.keys());
    let mut checked = BTreeSet::new();
    for (name, document) in documents(usual) {
        if is_patch(&document) {
            continue;
        }
        let text = |key: &str| document[key].as_str().expect("a text").to_owned();
        let (version, kind) = (text("apiVersion"), text("kind"));
        let Some(schema) = schemas.get(&(version.clone(), kind.clone())) else {
            let is_core = ["v1", "apps/v1", "networking.k8s.io/v1"].contains(&version.as_str());
            assert!(is_core, "{name}: no schema for {version} {kind}");
            continue;
        };
        let validator = jsonschema::validator_for(schema).expect("a schema");
        let errors: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
        checked.insert(kind);
    }
    assert_eq!(checked.len(), 9, "{checked:?}");
}

#[test]
fn a_misspelt_field_is_found_by_both() {
    let mut documents = documents(usual).into_iter();
    let (_, mut route) = documents
        .find(|(_, own)| own["kind"] == "HTTPRoute")
        .expect("a route");
    route["spec"]["rules"][0]["timeout"] = json!({"request": "2s"});
    assert!(
        known(route.clone())
            .expect_err("refused")
            .contains("timeout")
    );
    let Some(folder) = folder() else { return };
    let key = (
        "gateway.networking.k8s.io/v1".to_owned(),
        "HTTPRoute".to_owned(),
    );
    let schema = jsonschema::validator_for(&schemas(&folder)[&key]).expect("a schema");
    assert!(!schema.is_valid(&route));
}

// --- the products' own schemas ---------------------------------------------------------------------------------------

fn folder() -> Option<PathBuf> {
    let found = ["../shared/real/crds", "../../shared/real/crds"]
        .iter()
        .map(Path::new)
        .find(|path| path.is_dir());
    if found.is_none() {
        eprintln!("NOT TESTED: the schemas of the products (../shared/real/crds) are not here");
    }
    found.map(Path::to_owned)
}

/// The schemas in a folder of custom resource definitions, by version and kind.
fn schemas(folder: &Path) -> BTreeMap<(String, String), Value> {
    let mut schemas = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder") {
            let path = entry.expect("an entry").path();
            let extension = path.extension().and_then(|own| own.to_str());
            match extension {
                _ if path.is_dir() => folders.push(path),
                Some("yaml") => read_definitions(&path, &mut schemas),
                Some("json") => {
                    let text = fs::read_to_string(&path).expect("readable");
                    let mut schema: Value = serde_json::from_str(&text).expect("JSON");
                    close(&mut schema, true);
                    let kind = match path.file_stem().and_then(|own| own.to_str()) {
                        Some("ciliumclusterwidenetworkpolicy_v2") => {
                            "CiliumClusterwideNetworkPolicy"
                        }
                        _ => "CiliumNetworkPolicy",
                    };
                    schemas.insert(("cilium.io/v2".to_owned(), kind.to_owned()), schema);
                }
                _ => {}
            }
        }
    }
    schemas
}

fn read_definitions(path: &Path, schemas: &mut BTreeMap<(String, String), Value>) {
    let text = fs::read_to_string(path).expect("readable");
    for document in serde_yaml::Deserializer::from_str(&text) {
        let Ok(definition) = Value::deserialize(document) else {
            continue;
        };
        let spec = &definition["spec"];
        let (Some(group), Some(kind)) = (spec["group"].as_str(), spec["names"]["kind"].as_str())
        else {
            continue;
        };
        for version in spec["versions"].as_array().into_iter().flatten() {
            let name = version["name"].as_str().expect("a name");
            let mut schema = version["schema"]["openAPIV3Schema"].clone();
            close(&mut schema, true);
            schemas.insert((format!("{group}/{name}"), kind.to_owned()), schema);
        }
    }
}

/// Lets a schema refuse keys that it does not name: a server would drop them without a word.
fn close(schema: &mut Value, is_top: bool) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    let keeps = object.get("x-kubernetes-preserve-unknown-fields") == Some(&Value::Bool(true));
    let is_closed =
        object.contains_key("properties") && !object.contains_key("additionalProperties") && !keeps;
    if is_closed && !is_top {
        object.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    for key in ["items", "additionalProperties"] {
        if let Some(inner) = object.get_mut(key) {
            close(inner, false);
        }
    }
    let properties = object.get_mut("properties").and_then(Value::as_object_mut);
    for (_, inner) in properties.into_iter().flatten() {
        close(inner, false);
    }
}

// --- what is known here ----------------------------------------------------------------------------------------------

/// Whether a document is a patch of an object, and no object.
fn is_patch(document: &Value) -> bool {
    document["kind"].is_null()
}

/// Whether a document has the form of its kind.
fn known(document: Value) -> Result<(), String> {
    if is_patch(&document) {
        let read = serde_json::from_value::<Patch>(document).map(drop);
        return read.map_err(|error| format!("patch: {error}"));
    }
    let kind = document["kind"].as_str().unwrap_or("").to_owned();
    let read = match (document["apiVersion"].as_str().unwrap_or(""), kind.as_str()) {
        ("v1", "ConfigMap") => serde_json::from_value::<ConfigMap>(document).map(drop),
        ("v1", "Service") => form::<Service>(document),
        ("apps/v1", "Deployment") => form::<Deployment>(document),
        ("networking.k8s.io/v1", "NetworkPolicy") => form::<NetworkPolicy>(document),
        ("gateway.networking.k8s.io/v1", "Gateway") => form::<Gateway>(document),
        ("gateway.networking.k8s.io/v1", "HTTPRoute") => form::<HttpRoute>(document),
        ("cert-manager.io/v1", "ClusterIssuer") => form::<ClusterIssuer>(document),
        ("cert-manager.io/v1", "Certificate") => form::<Certificate>(document),
        ("cilium.io/v2", "CiliumClusterwideNetworkPolicy") => form::<CiliumPolicy>(document),
        ("security.istio.io/v1", "PeerAuthentication") => form::<PeerAuthentication>(document),
        ("security.istio.io/v1", "AuthorizationPolicy") => form::<AuthorizationPolicy>(document),
        ("networking.istio.io/v1", "VirtualService") => form::<VirtualService>(document),
        ("networking.istio.io/v1", "DestinationRule") => form::<DestinationRule>(document),
        (version, kind) => return Err(format!("{version} {kind} is not known")),
    };
    read.map_err(|error| format!("{kind}: {error}"))
}

fn form<S: serde::de::DeserializeOwned + Default>(document: Value) -> serde_json::Result<()> {
    serde_json::from_value::<Object<S>>(document).map(drop)
}

/// Structs of which only the form counts.
macro_rules! forms {
    ($($name:ident { $($(#[$attribute:meta])* $field:ident : $type:ty),* $(,)? })+) => {$(
        #[derive(Debug, Default, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "camelCase")]
        #[expect(dead_code, reason = "only the form counts")]
        struct $name { $($(#[$attribute])* $field: $type),* }
    )+};
}

type Map = BTreeMap<String, String>;
type Many<T> = Option<Vec<T>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[expect(dead_code, reason = "only the form counts")]
struct Object<S: Default> {
    api_version: String,
    kind: String,
    metadata: Metadata,
    #[serde(default)]
    spec: S,
}

/// A number, or the name of a port.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "only the form counts")]
enum Port {
    Number(u16),
    Name(String),
}

forms! {
    Patch { metadata: PatchedMetadata }
    PatchedMetadata { labels: Map }
    Metadata { name: String, namespace: Option<String>, labels: Option<Map> }
    ConfigMap { api_version: String, kind: String, metadata: Metadata, data: Map }
    Reference { group: Option<String>, kind: Option<String>, name: String, namespace: Option<String>, port: Option<u16> }
    Selector { match_labels: Option<Map> }

    Service { #[serde(rename = "clusterIP")] cluster_ip: Option<String>, selector: Map, ports: Vec<ServicePort> }
    ServicePort { name: String, port: u16, target_port: Option<Port>, app_protocol: Option<String> }

    NetworkPolicy { pod_selector: Selector, policy_types: Vec<String>, ingress: Many<From>, egress: Many<To> }
    From { from: Vec<Peer>, ports: Many<PeerPort> }
    To { to: Vec<Peer>, ports: Many<PeerPort> }
    Peer { namespace_selector: Option<Selector>, pod_selector: Option<Selector> }
    PeerPort { protocol: String, port: u16 }

    Deployment { replicas: u32, selector: Selector, template: Template }
    Template { metadata: TemplateMetadata, spec: Pod }
    TemplateMetadata { labels: Map }
    Pod { automount_service_account_token: bool, security_context: PodSecurity, containers: Vec<Container>,
          volumes: Vec<Volume> }
    PodSecurity { run_as_non_root: bool, seccomp_profile: Profile }
    Profile { r#type: String }
    Container { name: String, image: String, args: Vec<String>, ports: Vec<ContainerPort>, resources: Resources,
                security_context: Security, volume_mounts: Vec<Mount> }
    ContainerPort { name: String, container_port: u16 }
    Resources { requests: Map, limits: Map }
    Security { allow_privilege_escalation: bool, read_only_root_filesystem: bool, capabilities: Capabilities }
    Capabilities { drop: Vec<String> }
    Mount { name: String, mount_path: String, read_only: bool }
    Volume { name: String, config_map: Reference }

    Gateway { gateway_class_name: String, listeners: Vec<Listener> }
    Listener { name: String, hostname: Option<String>, port: u16, protocol: String, tls: Option<Tls>,
               allowed_routes: AllowedRoutes }
    Tls { mode: String, certificate_refs: Vec<Reference> }
    AllowedRoutes { namespaces: AllowedNamespaces }
    AllowedNamespaces { from: String, selector: Option<Selector> }

    HttpRoute { parent_refs: Vec<Reference>, hostnames: Many<String>, rules: Vec<HttpRule> }
    HttpRule { matches: Many<HttpMatch>, backend_refs: Vec<Backend>, timeouts: Option<Timeouts> }
    HttpMatch { path: Option<PathMatch>, headers: Many<Header> }
    PathMatch { r#type: String, value: String }
    Header { name: String, value: String }
    Backend { name: String, port: u16, weight: Option<u32> }
    Timeouts { request: String, backend_request: Option<String> }

    ClusterIssuer { self_signed: Option<Map>, ca: Option<Authority> }
    Authority { secret_name: String }
    Certificate { #[serde(rename = "isCA")] is_ca: Option<bool>, common_name: Option<String>, secret_name: String,
                  duration: String, renew_before: String, private_key: PrivateKey, usages: Many<String>,
                  dns_names: Many<String>, uris: Many<String>, issuer_ref: Reference }
    PrivateKey { algorithm: String, size: u32, rotation_policy: Option<String> }

    CiliumPolicy { description: String, enable_default_deny: Denied, endpoint_selector: Map, ingress: Vec<CiliumRule> }
    Denied { ingress: bool, egress: bool }
    CiliumRule { #[serde(rename = "fromCIDR")] from_cidr: Vec<String> }

    PeerAuthentication { mtls: Mode }
    Mode { mode: String }
    AuthorizationPolicy { selector: Option<Selector>, target_refs: Many<Reference>, action: String, rules: Vec<Rule> }
    Rule { from: Vec<SourceOf>, to: Many<OperationOf> }
    SourceOf { source: Principals }
    Principals { principals: Vec<String> }
    OperationOf { operation: Operation }
    Operation { ports: Many<String>, methods: Many<String>, paths: Many<String> }

    VirtualService { hosts: Vec<String>, http: Vec<HttpPart> }
    HttpPart { r#match: Many<HeaderMatch>, route: Vec<Route>, timeout: String, retries: Retries }
    HeaderMatch { headers: BTreeMap<String, Exactly> }
    Exactly { exact: String }
    Route { destination: Destination, weight: Option<u32> }
    Destination { host: String, subset: Option<String> }
    Retries { attempts: u32, per_try_timeout: String, retry_on: String }
    DestinationRule { host: String, subsets: Many<Subset>, traffic_policy: TrafficPolicy }
    Subset { name: String, labels: Map }
    TrafficPolicy { connection_pool: Pool, outlier_detection: Outliers }
    Pool { http: HttpPool }
    HttpPool { http2_max_requests: u32, max_requests_per_connection: u32 }
    Outliers { #[serde(rename = "consecutive5xxErrors")] consecutive_errors: u32, interval: String,
               base_ejection_time: String, max_ejection_percent: u32 }
}
