//! The last row of a halt whose vehicle was ordered elsewhere: what the receiver knew, and why nobody comes.

use super::stop_row::stop_row;
use super::trip_row::TripContext;
use crate::{Dispatcher, Halt};
use chrono::{DateTime, Utc};
use homeward_domain::trip::{Diversion, Trip};
use homeward_domain::{DriverId, code};
use homeward_feed::row::{Diverted, StopRow, StopStage};
use homeward_store::Conn;

/// A halt that is left out: whose board, its row, and the known driver whom the row names.
pub(crate) type Left = (code::Receiver, StopRow, Option<DriverId>);

/// The rows of the halts that are left out, made of the trip as it was before the order.
pub(crate) async fn diverted_rows(
    conn: &mut Conn,
    dispatcher: &Dispatcher,
    before: &Trip,
    diversion: &Diversion,
    now: DateTime<Utc>,
) -> Result<Vec<Left>, Halt> {
    let context = TripContext::gather(conn, dispatcher, before, now).await?;
    let left = before.stops.iter().filter(|stop| diversion.from.contains(&stop.id));
    let (order, driver) = (&diversion.order, before.driver.as_ref().and_then(|driver| driver.id));
    let told = left.map(|stop| {
        let why = Diverted { reason: order.reason.clone(), by: order.by.clone(), at: order.at };
        let row = stop_row(before, stop, &context);
        let row = StopRow { stage: StopStage::Diverted, eta: None, diverted: Some(why), ..row };
        (stop.receiver.clone(), row, driver)
    });
    Ok(told.collect())
}
