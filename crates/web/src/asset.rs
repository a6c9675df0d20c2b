//! The pages: files of `ui/`, inside the binary; debug builds read them from disk. No personal data is in any of them.

use crate::problem::Problem;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "ui/"]
#[exclude = "*.d.ts"]
#[exclude = "jsconfig.json"]
struct Files;

/// The page of a path: `/board/huangpu-…` and `/board` are the same file.
fn page(path: &str) -> Option<&'static str> {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    Some(match first {
        "" => "index.html",
        "sign-in" => "sign-in.html",
        "setup" => "setup.html",
        "desk" => "desk.html",
        "dispatch" => "dispatch.html",
        "trip" => "trip.html",
        "board" => "board.html",
        "gate" => "gate.html",
        "site" => "site.html",
        "sites" => "sites.html",
        "accounts" => "accounts.html",
        "lists" => "lists.html",
        "numbers" => "numbers.html",
        "accuracy" => "accuracy.html",
        _ => return None,
    })
}

/// Answers a GET that no route took.
pub(crate) async fn serve(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let found = Files::get(path).map(|file| (path.to_owned(), file));
    let found =
        found.or_else(|| page(uri.path()).and_then(|page| Files::get(page).map(|file| (page.to_owned(), file))));
    match found {
        Some((name, file)) => respond(&name, file, &headers),
        None => Problem::not_found().into_response(),
    }
}

fn respond(name: &str, file: EmbeddedFile, asked: &HeaderMap) -> Response {
    let hash = file.metadata.sha256_hash();
    let half = u128::from_be_bytes(hash[..16].try_into().expect("SHA-256 has 32 bytes"));
    let tag = format!("\"{half:032x}\"");
    if asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, content_type(name));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::ETAG, HeaderValue::from_str(&tag).expect("hexadecimal in quotes is a header value"));
    (headers, file.data).into_response()
}

fn content_type(name: &str) -> HeaderValue {
    HeaderValue::from_static(match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "webmanifest" => "application/manifest+json",
        "png" => "image/png",
        _ => "application/octet-stream",
    })
}
