//! The feed's published description: AsyncAPI 3.0, made from the very types that are sent.

use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

use crate::PROTOCOL;
use crate::frame::{
    Acknowledge, Auth, Bye, ClientFrame, Event, Heartbeat, Hello, ServerFrame, Subscribe, Subscribed, Ticks,
    Unsubscribe, Welcome,
};

/// What each operation carries: word, schema, sentence.
const SENT: &[(&str, &str, &str)] = &[
    ("welcome", "Welcome", "The connection stands."),
    ("sub", "Subscribed", "A stream follows from here."),
    ("ev", "Event", "A numbered fact: what a row now is."),
    ("tick", "Ticks", "The latest raw estimates, not numbered."),
    ("hb", "Heartbeat", "A sign of life, with the last number sent of each stream."),
    ("bye", "Bye", "The server closes; come back within the given time."),
];

/// The same for what a watcher sends.
const RECEIVED: &[(&str, &str, &str)] = &[
    ("hello", "Hello", "The first frame, within 10 s."),
    ("sub", "Subscribe", "Watch one more stream."),
    ("unsub", "Unsubscribe", "Watch it no longer."),
    ("ack", "Acknowledge", "A receipt, at most one a second a stream."),
    ("auth", "Auth", "A new ticket."),
    ("ping", "", "A sign of life."),
];

/// The document served at `/asyncapi.json`.
#[must_use]
pub fn document() -> Value {
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Homeward live feed",
            "version": PROTOCOL,
            "description": "What receivers, districts and trips see, in order, without a gap. Close codes 4400 to 4499: do \
                not come back without change. 4500 to 4999: come back with your position. Unknown operations, event codes \
                and fields are to be ignored; an unknown event code still counts its number.",
            "license": { "name": "Apache-2.0" },
        },
        "defaultContentType": "application/json",
        "channels": { "feed": channel() },
        "operations": {
            "send": operation("send", "server", SENT),
            "receive": operation("receive", "watcher", RECEIVED),
        },
        "components": { "messages": messages(), "schemas": schemas() },
    })
}

/// Every schema the frames are made of, by name.
#[must_use]
pub fn schemas() -> Value {
    let mut all: Vec<(String, RefOr<Schema>)> = Vec::new();
    add::<ServerFrame>(&mut all);
    add::<ClientFrame>(&mut all);
    add::<Welcome>(&mut all);
    add::<Subscribed>(&mut all);
    add::<Event>(&mut all);
    add::<Ticks>(&mut all);
    add::<Heartbeat>(&mut all);
    add::<Bye>(&mut all);
    add::<Hello>(&mut all);
    add::<Subscribe>(&mut all);
    add::<Unsubscribe>(&mut all);
    add::<Acknowledge>(&mut all);
    add::<Auth>(&mut all);
    let mut written = Map::new();
    for (name, schema) in all {
        let schema = serde_json::to_value(schema).expect("a schema is JSON");
        let other = written.insert(name.clone(), schema.clone()).filter(|other| *other != schema);
        debug_assert!(other.is_none(), "two types are called {name}");
    }
    Value::Object(written)
}

fn add<T: ToSchema>(all: &mut Vec<(String, RefOr<Schema>)>) {
    all.push((T::name().into_owned(), T::schema()));
    T::schemas(all);
}

fn channel() -> Value {
    let named = SENT.iter().map(|one| ("server", one)).chain(RECEIVED.iter().map(|one| ("watcher", one)));
    let messages: Map<_, _> = named
        .map(|(side, (op, ..))| {
            let name = format!("{side}_{op}");
            (name.clone(), json!({ "$ref": format!("#/components/messages/{name}") }))
        })
        .collect();
    json!({
        "address": "/feed",
        "title": "The connection",
        "messages": messages,
        "bindings": { "ws": {
            "method": "GET",
            "headers": {
                "type": "object",
                "properties": { "Sec-WebSocket-Protocol": { "type": "string", "const": PROTOCOL } },
            },
            "bindingVersion": "0.1.0",
        } },
    })
}

fn operation(action: &str, side: &str, ops: &[(&str, &str, &str)]) -> Value {
    let messages: Vec<_> =
        ops.iter().map(|(op, ..)| json!({ "$ref": format!("#/channels/feed/messages/{side}_{op}") })).collect();
    json!({ "action": action, "channel": { "$ref": "#/channels/feed" }, "messages": messages })
}

fn messages() -> Value {
    let sent = SENT.iter().map(|one| message("server", *one));
    Value::Object(sent.chain(RECEIVED.iter().map(|one| message("watcher", *one))).collect())
}

fn message(side: &str, (op, schema, summary): (&str, &str, &str)) -> (String, Value) {
    let mut parts = vec![json!({
        "type": "object",
        "required": ["op"],
        "properties": { "op": { "const": op } },
    })];
    if !schema.is_empty() {
        parts.push(json!({ "$ref": format!("#/components/schemas/{schema}") }));
    }
    let name = format!("{side}_{op}");
    (name.clone(), json!({ "name": name, "summary": summary, "payload": { "allOf": parts } }))
}
