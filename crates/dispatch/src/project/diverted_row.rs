//! The last row of a halt whose vehicle was ordered elsewhere: what the receiver knew, and why nobody comes.

use super::stop_row::stop_row;
use super::trip_row::TripContext;
use crate::{Dispatcher, Halt};
use chrono::{DateTime, Utc};
use homeward_domain::code;
use homeward_domain::trip::{Diversion, Trip};
use homeward_feed::row::{Diverted, StopRow, StopStage};
use homeward_store::Conn;

/// The rows of the halts that are left out, made of the trip as it was before the order.
pub(crate) async fn diverted_rows(
    conn: &mut Conn,
    dispatcher: &Dispatcher,
    before: &Trip,
    diversion: &Diversion,
    now: DateTime<Utc>,
) -> Result<Vec<(code::Receiver, StopRow)>, Halt> {
    let context = TripContext::gather(conn, dispatcher, before, now).await?;
    let left = before.stops.iter().filter(|stop| diversion.from.contains(&stop.id));
    let order = &diversion.order;
    let told = left.map(|stop| {
        let why = Diverted { reason: order.reason.clone(), by: order.by.clone(), at: order.at };
        let row = stop_row(before, stop, &context);
        (stop.receiver.clone(), StopRow { stage: StopStage::Diverted, eta: None, diverted: Some(why), ..row })
    });
    Ok(told.collect())
}
