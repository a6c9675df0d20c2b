//! Names of the published interface: two types of one name would be one schema there, the later over the earlier, without a word.

use crate::tree::{hold, rust_files};
use std::collections::BTreeMap;
use syn::{Attribute, Ident, Item};

#[test]
fn every_schema_has_a_name_of_its_own() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in rust_files() {
        for name in schemas(&file.text) {
            places.entry(name).or_default().push(file.path.clone());
        }
    }
    assert!(places.len() > 100 && places.contains_key("Receipt"), "the schemas were read: {}", places.len());
    let twice = places.into_iter().filter(|(_, files)| files.len() > 1);
    let broken: Vec<String> = twice.map(|(name, files)| format!("{name}: {}", files.join(", "))).collect();
    hold("Two types of the interface share a name.", "rename one of them, or give both to one type.", &broken);
}

#[test]
fn schemas_are_read_from_derives_only() {
    let text = "#[derive(Debug, ToSchema)] struct A; #[derive(utoipa::ToSchema)] enum B {} struct ToSchema; mod m { #[derive(ToSchema)] #[schema(as = D)] struct C; }";
    assert_eq!(schemas(text), ["A", "B", "D"]);
}

/// The types of a source that are schemas.
fn schemas(text: &str) -> Vec<String> {
    let file = syn::parse_file(text).expect("the sources are Rust");
    let mut found = Vec::new();
    look(&file.items, &mut found);
    found
}

fn look(items: &[Item], found: &mut Vec<String>) {
    for item in items {
        match item {
            Item::Struct(it) => found.extend(schema(&it.attrs, &it.ident)),
            Item::Enum(it) => found.extend(schema(&it.attrs, &it.ident)),
            Item::Mod(it) => look(it.content.as_ref().map_or(&[], |(_, items)| items), found),
            _ => {}
        }
    }
}

/// The name it is published under, if it is: its own, or the one that `schema(as = …)` gives it.
fn schema(attributes: &[Attribute], name: &Ident) -> Option<String> {
    attributes.iter().any(derives_schema).then(|| attributes.iter().find_map(another_name).unwrap_or(name.to_string()))
}

fn derives_schema(attribute: &Attribute) -> bool {
    let mut found = false;
    if attribute.path().is_ident("derive") {
        let read = attribute.parse_nested_meta(|meta| {
            found |= meta.path.segments.last().is_some_and(|last| last.ident == "ToSchema");
            Ok(())
        });
        read.expect("a derive is a list of names");
    }
    found
}

fn another_name(attribute: &Attribute) -> Option<String> {
    let list = attribute.meta.require_list().ok().filter(|list| list.path.is_ident("schema"))?;
    let text = list.tokens.to_string();
    let (_, after) = text.split_once("as = ")?;
    Some(after.split(|c: char| !c.is_alphanumeric() && c != '_').next()?.to_owned())
}
