//! The OpenAPI 3.1 document, generated from the handlers; served at `/openapi.json` and readable at `/docs`.

use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{InfoBuilder, OpenApi, OpenApiBuilder, SecurityRequirement};

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
    crate::api::documented().split_for_parts().1
}
