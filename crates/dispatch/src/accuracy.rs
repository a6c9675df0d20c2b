//! How true the boards' times were: promises beside arrivals, counted by `eta`. Numbers only.

use crate::{Caller, Dispatcher, Halt, estimate};
use chrono::{Days, NaiveDate};
use homeward_domain::Invalid;
use homeward_domain::access::Action;
use homeward_eta::accuracy::{Accuracy, Promise, Ride, Stage, tally};
use homeward_store::trip::came::{self, CAME_MAX, Came};
use homeward_store::trip::promise;

/// Civil days of the place, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    from: NaiveDate,
    to: NaiveDate,
}

impl Span {
    /// A season; promises are kept a little longer.
    const DAYS_MAX: u64 = 92;
    /// What is looked at if nobody says.
    const DAYS: u64 = 7;

    /// From one day to another, as `YYYY-MM-DD`. Without a first day the week that ends with the last one, without a last day
    /// until `today`.
    pub fn parse(from: Option<&str>, to: Option<&str>, today: NaiveDate) -> Result<Self, Invalid> {
        let to = to.map_or(Ok(today), |text| day(text).map_err(|invalid| invalid.at("to")))?;
        let week = to - Days::new(Self::DAYS - 1);
        let from = from.map_or(Ok(week), |text| day(text).map_err(|invalid| invalid.at("from")))?;
        if from > to {
            return Err(Invalid::new("after-the-end", "choose a first day that is not after the last one").at("from"));
        }
        if to - Days::new(Self::DAYS_MAX - 1) > from {
            return Err(Invalid::new("too-long", format!("at most {} days", Self::DAYS_MAX)).at("from"));
        }
        Ok(Self { from, to })
    }

    /// The first day.
    #[must_use]
    pub const fn from(self) -> NaiveDate {
        self.from
    }

    /// The last day.
    #[must_use]
    pub const fn to(self) -> NaiveDate {
        self.to
    }
}

/// Ten characters, so that no year is beyond what instants can count.
fn day(text: &str) -> Result<NaiveDate, Invalid> {
    let day = (text.len() == "2020-03-20".len()).then(|| text.parse().ok()).flatten();
    day.ok_or_else(|| Invalid::new("not-a-date", "write it as YYYY-MM-DD"))
}

/// What became of the promises of some days.
#[derive(Debug, Clone, PartialEq)]
pub struct Truth {
    /// The figures.
    pub accuracy: Accuracy,
    /// Whether there was more than could be counted: then the newest were.
    pub cut: bool,
}

impl Dispatcher {
    /// How true the promises of the caller's district were, by the day the vehicle came.
    pub async fn accuracy(&self, caller: &Caller, span: Span) -> Result<Truth, Halt> {
        let scope = caller.may(Action::ReadAccuracy)?.scope;
        let until = span.to.succ_opt().unwrap_or(span.to);
        let instants = (estimate::midnight(span.from), estimate::midnight(until));
        let came = came::between(self.store.read().await?.conn(), &scope, instants).await?;
        let cut = came.len() == CAME_MAX;
        Ok(Truth { accuracy: tally(came.into_iter().map(ride), estimate::local()), cut })
    }
}

fn ride(came: Came) -> Ride {
    let promises = came.promises.iter().map(promised).collect();
    Ride { receiver: came.receiver, arrived_at: came.at, promises }
}

fn promised(it: &promise::Promise) -> Promise {
    let stage = match it.stage.as_str() {
        "planned" => Stage::Waiting,
        "boarding" => Stage::Boarding,
        // The table knows these three (`promise_stage_known`).
        _ => Stage::UnderWay,
    };
    Promise { at: it.at, stage, p10: it.p10, p50: it.p50, p90: it.p90, go_at: it.go_at, lead: it.lead }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: &str) -> NaiveDate {
        day.parse().expect("a day")
    }

    fn refused(from: &str, to: &str) -> (String, &'static str) {
        let invalid = Span::parse(Some(from), Some(to), on("2020-12-31")).expect_err("refused");
        (invalid.field, invalid.reason)
    }

    #[test]
    fn a_week_until_today_unless_somebody_says() {
        let today = on("2020-03-20");
        assert_eq!(Span::parse(None, None, today), Ok(Span { from: on("2020-03-14"), to: today }));
        assert_eq!(Span::parse(None, Some("2020-03-10"), today).map(Span::from), Ok(on("2020-03-04")));
        assert_eq!(Span::parse(Some("2020-03-20"), Some("2020-03-20"), today).map(Span::to), Ok(today));
    }

    #[test]
    fn not_backwards_and_not_for_ever() {
        assert_eq!(refused("2020-03-21", "2020-03-20"), ("from".to_owned(), "after-the-end"));
        assert_eq!(refused("2020-01-01", "2020-04-02"), ("from".to_owned(), "too-long"));
        assert_eq!(refused("-99999-01-01", "2020-04-02"), ("from".to_owned(), "not-a-date"));
        assert_eq!(refused("2020-01-01", "soon"), ("to".to_owned(), "not-a-date"));
        assert!(Span::parse(Some("2020-01-01"), Some("2020-04-01"), on("2020-12-31")).is_ok());
    }
}
