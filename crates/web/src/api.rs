//! Every route, each on one line.

mod account;
mod accuracy;
mod board;
mod car;
mod change;
mod contact;
mod destination;
mod device;
mod divert;
mod driver;
mod gate;
mod gtfs;
mod list;
mod mrz;
mod party;
mod place;
mod plan;
mod planning;
mod reference;
mod room_plan;
mod rules;
mod session;
mod site;
mod stop;
mod trip;
mod vehicle;
mod word;

use crate::{App, asset, in_sight, live, measure, openapi, operations, problem::Problem, security, wire};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use homeward_dispatch::{Halt, Receipt};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// A read's answer.
type Read<T> = Result<Json<T>, Problem>;
/// A write's answer.
type Written = Result<Response, Problem>;

/// The whole HTTP surface.
pub fn router(app: App) -> Router {
    let (api, document) = documented().split_for_parts();
    let document = openapi::finish(document);
    let docs = utoipa_swagger_ui::SwaggerUi::new("/docs").url("/openapi.json", document);
    let needs_register = axum::middleware::from_fn_with_state(app.clone(), in_sight::required);
    api.route("/feed", get(live::upgrade))
        .route_layer(needs_register)
        .merge(docs)
        .route("/asyncapi.json", get(|| async { Json(homeward_feed::asyncapi::document()) }))
        .merge(operations::probes())
        .fallback(asset::serve)
        .layer(axum::middleware::from_fn(security::headers))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(axum::middleware::from_fn_with_state(app.clone(), measure::request))
        .with_state(app)
}

/// The routes that the OpenAPI document describes.
pub(crate) fn documented() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(openapi::base())
        .routes(routes!(session::sign_in, session::who, session::sign_out))
        .routes(routes!(session::set_up_needed, session::set_up))
        .routes(routes!(reference::reference))
        .routes(routes!(account::all, account::add))
        .routes(routes!(account::disable))
        .routes(routes!(account::enable))
        .routes(routes!(list::all, list::publish))
        .routes(routes!(list::preview))
        .routes(routes!(mrz::read))
        .routes(routes!(party::look_up))
        .routes(routes!(party::open, party::register))
        .routes(routes!(party::one))
        .routes(routes!(party::tag))
        .routes(routes!(party::proposals))
        .routes(routes!(party::assign, party::unassign))
        .routes(routes!(party::split))
        .routes(routes!(destination::refer))
        .routes(routes!(destination::ambulance_took))
        .routes(routes!(destination::home))
        .routes(routes!(destination::opinion))
        .routes(routes!(destination::home_check))
        .routes(routes!(rules::confirm))
        .routes(routes!(rules::decisions))
        .routes(routes!(rules::opinion_rules, rules::choose_rule))
        .routes(routes!(rules::approval_modes, rules::choose_mode))
        .routes(routes!(planning::planning_rules, planning::choose_planning))
        .routes(routes!(destination::site))
        .routes(routes!(room_plan::propose_rooms, room_plan::commit_rooms))
        .routes(routes!(destination::onward))
        .routes(routes!(destination::free))
        .routes(routes!(car::one_car, car::record, car::drop))
        .routes(routes!(car::release))
        .routes(routes!(car::redirect))
        .routes(routes!(car::receive))
        .routes(routes!(car::check_off))
        .merge(on_the_road())
        .merge(drivers())
        .merge(places())
        .routes(routes!(site::close))
        .routes(routes!(site::open))
        .routes(routes!(site::forecast))
        .routes(routes!(site::stays))
        .routes(routes!(site::discharge))
        .routes(routes!(stop::one))
        .routes(routes!(stop::arrive))
        .routes(routes!(stop::offer))
        .routes(routes!(stop::accept))
        .routes(routes!(stop::acknowledge))
        .routes(routes!(stop::muster))
        .routes(routes!(stop::reception))
        .routes(routes!(board::board))
        .routes(routes!(board::feed))
        .routes(routes!(contact::contacts))
        .routes(routes!(board::ledger))
        .routes(routes!(accuracy::accuracy))
        .routes(routes!(gtfs::feed))
}

/// What an administrator opens, and rooms and relay points that are out of use.
fn places() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(place::all))
        .routes(routes!(site::add))
        .routes(routes!(site::rooms, site::add_rooms))
        .routes(routes!(site::take_room_out))
        .routes(routes!(site::put_room_back))
        .routes(routes!(place::add_relay_point))
        .routes(routes!(place::take_out))
        .routes(routes!(place::put_back))
}

/// Who drives.
fn drivers() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(driver::all, driver::add))
        .routes(routes!(driver::correct))
        .routes(routes!(driver::set_shift))
        .routes(routes!(driver::set_usual))
        .routes(routes!(driver::take_off))
        .routes(routes!(driver::put_on))
        .routes(routes!(driver::erase))
}

/// Vehicles, plans, trips and phones.
fn on_the_road() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(vehicle::all, vehicle::add))
        .routes(routes!(vehicle::take_out))
        .routes(routes!(vehicle::put_back))
        .routes(routes!(vehicle::cleaned))
        .routes(routes!(vehicle::set_shift))
        .routes(routes!(vehicle::set_luggage))
        .routes(routes!(vehicle::escorts))
        .routes(routes!(vehicle::set_languages))
        .routes(routes!(plan::propose, plan::commit, plan::undo))
        .routes(routes!(plan::propose_with))
        .routes(routes!(plan::check))
        .routes(routes!(trip::open, trip::plan))
        .routes(routes!(trip::one))
        .routes(routes!(trip::crew))
        .routes(routes!(trip::vehicle))
        .routes(routes!(trip::boarding))
        .routes(routes!(trip::cancel))
        .routes(routes!(trip::board))
        .routes(routes!(trip::unboard))
        .routes(routes!(trip::no_show))
        .routes(routes!(trip::depart))
        .routes(routes!(divert::divert))
        .routes(routes!(divert::seen))
        .routes(routes!(trip::position))
        .routes(routes!(trip::eta))
        .routes(routes!(device::all, device::enrol))
        .routes(routes!(device::revoke))
        .routes(routes!(device::tell, device::tell_body))
        .routes(routes!(change::plan))
        .routes(routes!(change::call_off))
        .routes(routes!(change::arrive))
        .routes(routes!(change::offer))
        .routes(routes!(change::accept))
        .routes(routes!(change::keep))
        .routes(routes!(change::close))
        .routes(routes!(change::break_down, change::go_on))
        .routes(routes!(gate::all, gate::close))
        .routes(routes!(gate::open))
        .routes(routes!(word::all, word::say))
        .routes(routes!(word::end))
}

/// A receipt with its status; one that was given before says so.
fn written(status: StatusCode, done: Result<Receipt, Halt>) -> Written {
    let (receipt, replayed) = match done {
        Ok(receipt) => (receipt, false),
        Err(Halt::Replayed(receipt)) => (receipt, true),
        Err(halt) => return Err(halt.into()),
    };
    let mut response = (status, Json(wire::Receipt::from(receipt))).into_response();
    if replayed {
        response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// Something new exists.
fn created(done: Result<Receipt, Halt>) -> Written {
    written(StatusCode::CREATED, done)
}

/// Something changed.
fn changed(done: Result<Receipt, Halt>) -> Written {
    written(StatusCode::OK, done)
}
