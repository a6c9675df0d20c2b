//! Whom a dispatcher calls.

use super::Read;
use crate::App;
use crate::asked::Path;
use crate::caller::Signed;
use crate::problem::Problem;
use crate::wire::ProblemBody;
use axum::Json;
use axum::extract::State;
use homeward_dispatch::Account;
use homeward_domain::access::Grant;
use homeward_domain::code;
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct Contacts {
    /// The sub-district's people before the committee's.
    contacts: Vec<ContactBody>,
}

/// One of those who receive.
#[derive(Serialize, ToSchema)]
pub(crate) struct ContactBody {
    name: String,
    /// A role of the squad, or `site_manager`.
    role: &'static str,
    /// The work phone, where one was written down.
    phone: Option<String>,
}

impl From<Account> for ContactBody {
    fn from(account: Account) -> Self {
        let role = match &account.grant {
            Grant::Squad { role, .. } => role.code(),
            other => other.code(),
        };
        Self { name: account.display_name, role, phone: account.phone }
    }
}

/// Who receives at a community or a site of the dispatcher's district, with their work phones.
#[utoipa::path(get, path = "/v1/receivers/{code}/contacts", tag = "boards", params(("code" = String, Path)),
    responses((status = 200, body = Contacts), (status = "4XX", body = ProblemBody)))]
pub(crate) async fn contacts(State(app): State<App>, Path(code): Path<String>, who: Signed) -> Read<Contacts> {
    let receiver = code::Receiver::parse(&code).map_err(|_| Problem::not_found())?;
    let all = app.dispatcher.contacts(who.caller(), &receiver).await?;
    Ok(Json(Contacts { contacts: all.into_iter().map(ContactBody::from).collect() }))
}
