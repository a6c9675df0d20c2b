//! Which streams a caller may watch. Checked at subscription, and again whenever rights may have changed.

use crate::{Caller, Dispatcher, Halt};
use homeward_domain::access::{Action, Scope};
use homeward_domain::{Jurisdiction, Refusal, TripId, code};
use homeward_store::reference::{self, Receiver};
use homeward_store::stream::Kind;
use homeward_store::{Conn, Stream};

impl Dispatcher {
    /// Refuses unless the stream lies inside the caller's scope. What does not exist and what is another's look the same.
    pub async fn may_watch(&self, caller: &Caller, stream: &Stream) -> Result<(), Halt> {
        // One statement each, but for a trip: thousands of boards come back at once.
        let inside = match stream.kind() {
            Kind::Receiver(receiver) => watches_receiver(self.store.glance().await?.conn(), caller, receiver).await?,
            Kind::District(district) => watches_district(self.store.glance().await?.conn(), caller, district).await?,
            Kind::Trip(trip) => match caller.may(Action::ReadTrips) {
                Ok(right) => {
                    let mut reader = self.store.read().await?;
                    homeward_store::trip::load(reader.conn(), TripId::new(trip), &right.scope).await?.is_some()
                }
                Err(_) => false,
            },
        };
        if inside { Ok(()) } else { Err(Refusal::NotFound.into()) }
    }

    /// The receivers whose boards the caller may watch.
    pub async fn boards(&self, caller: &Caller) -> Result<Vec<Receiver>, Halt> {
        let scope = caller.may(Action::ReadBoard)?.scope;
        let all = reference::receivers(self.store.read().await?.conn()).await?;
        Ok(all.into_iter().filter(|it| scope.covers_receiver(&it.code, &it.jurisdiction)).collect())
    }
}

async fn watches_receiver(conn: &mut Conn, caller: &Caller, receiver: &str) -> Result<bool, Halt> {
    let Ok(right) = caller.may(Action::ReadBoard) else { return Ok(false) };
    let Ok(receiver) = code::Receiver::parse(receiver) else { return Ok(false) };
    let known = reference::receiver_of(conn, &receiver).await?;
    Ok(known.is_some_and(|known| right.scope.covers_receiver(&known.code, &known.jurisdiction)))
}

async fn watches_district(conn: &mut Conn, caller: &Caller, district: &str) -> Result<bool, Halt> {
    let Ok(right) = caller.may(Action::ReadParties) else { return Ok(false) };
    let Ok(district) = Jurisdiction::parse(district) else { return Ok(false) };
    let own = desk_district(conn, &right.scope).await?;
    Ok(right.scope.covers_district(&district, own.as_ref()))
}

async fn desk_district(conn: &mut Conn, scope: &Scope) -> Result<Option<Jurisdiction>, Halt> {
    let Some(desk) = scope.desk() else { return Ok(None) };
    let desk = code::Desk::parse(desk)?;
    Ok(reference::desk(conn, &desk).await?.map(|desk| desk.district))
}
