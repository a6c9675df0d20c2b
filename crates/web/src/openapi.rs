//! The OpenAPI 3.1 document, generated from the handlers; served at `/openapi.json` and readable at `/docs`.

use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder, RefOr, Required, SecurityRequirement};

const ABOUT: &str = "From the airport to the community, nobody lost on the way. Every write needs an Idempotency-Key and \
    answers a receipt; every error is problem+json (RFC 9457) with a stable code.";

/// What stands in the document besides the routes.
pub(crate) fn base() -> OpenApi {
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(crate::caller::COOKIE)));
    let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    let components = utoipa::openapi::ComponentsBuilder::new()
        .security_scheme("cookie", cookie)
        .security_scheme("bearer", bearer)
        .build();
    let info = InfoBuilder::new().title("Homeward").version(env!("CARGO_PKG_VERSION")).description(Some(ABOUT));
    OpenApiBuilder::new()
        .info(info.build())
        .components(Some(components))
        .security(Some([
            SecurityRequirement::new("cookie", Vec::<String>::new()),
            SecurityRequirement::new("bearer", Vec::<String>::new()),
        ]))
        .build()
}

/// The whole document.
#[must_use]
pub fn document() -> OpenApi {
    finish(crate::api::documented().split_for_parts().1)
}

/// What no handler says by itself: an id of its own for every operation, the key that every write
/// needs, and the answer of a register that cannot be reached.
pub(crate) fn finish(mut document: OpenApi) -> OpenApi {
    for (path, item) in &mut document.paths.paths {
        let open = matches!(path.as_str(), "/v1/session" | "/v1/setup");
        let writes = [&mut item.post, &mut item.put, &mut item.delete].into_iter().flatten();
        for write in writes.filter(|write| !open && changes(write)) {
            write.parameters.get_or_insert_default().push(RefOr::T(idempotency_key()));
        }
        let all = [&mut item.get, &mut item.post, &mut item.put, &mut item.delete];
        for operation in all.into_iter().flatten() {
            name_fully(operation);
            may_be_away(operation);
        }
    }
    document
}

/// A question with a body answers with what was asked; a change answers with a receipt or with nothing.
fn changes(operation: &Operation) -> bool {
    let good = operation.responses.responses.iter().filter(|(status, _)| status.starts_with('2'));
    good.into_iter().any(|(status, response)| match (status.as_str(), response) {
        ("202", _) => true,
        (_, RefOr::T(response)) => response.content.values().any(|content| match &content {
            RefOr::T(content) => {
                matches!(&content.schema, Some(RefOr::Ref(to)) if ["/Receipt", "/Enrolled"].iter().any(|end| to.ref_location.ends_with(end)))
            }
            RefOr::Ref(_) => false,
        }),
        (_, RefOr::Ref(_)) => false,
    })
}

fn idempotency_key() -> Parameter {
    let about = "Made anew for every intent, repeated with it: the same answer comes again, and nothing is done twice.";
    let text = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(64));
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::True)
        .description(Some(about))
        .schema(Some(text.pattern(Some("^[A-Za-z0-9_-]+$"))))
        .build()
}

/// Every operation needs the register, which may be out of sight for a while.
fn may_be_away(operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    if let Some(RefOr::T(refused)) = responses.get("4XX") {
        let mut away = refused.clone();
        away.description =
            "The register cannot be reached now; nothing was changed. Ask again after Retry-After.".into();
        responses.entry("503".into()).or_insert(RefOr::T(away));
    }
}

/// Handlers of two modules may share a name; programs made from the document need one of its own for each.
fn name_fully(operation: &mut Operation) {
    let tag = operation.tags.as_ref().and_then(|tags| tags.first()).cloned().unwrap_or_default();
    let name = operation.operation_id.take().unwrap_or_default();
    operation.operation_id = Some(format!("{}_{name}", tag.replace(' ', "_")));
}
