//! What a round changed, so that a bad one is taken back: the routes it touched, the beds, who had no seat.

use crate::draft::{Draft, Route};

pub(super) struct Undo {
    cost: i64,
    used: Vec<i32>,
    absent: Vec<u32>,
    kept: Vec<Route>,
    /// Vehicles whose route is kept.
    pub touched: Vec<usize>,
    is_kept: Vec<bool>,
}

impl Undo {
    pub fn new(draft: &Draft) -> Self {
        let vehicles = draft.routes.len();
        Self {
            cost: draft.cost,
            used: draft.used.clone(),
            absent: draft.absent.clone(),
            kept: vec![Route::default(); vehicles],
            touched: Vec::new(),
            is_kept: vec![false; vehicles],
        }
    }

    /// A new round begins.
    pub fn begin(&mut self, draft: &Draft) {
        for vehicle in self.touched.drain(..) {
            self.is_kept[vehicle] = false;
        }
        self.cost = draft.cost;
        self.used.copy_from_slice(&draft.used);
        self.absent.clone_from(&draft.absent);
    }

    /// What the round began with.
    pub fn cost(&self) -> i64 {
        self.cost
    }

    /// Must be called before a route changes.
    #[inline]
    pub fn keep(&mut self, draft: &Draft, vehicle: usize) {
        if !self.is_kept[vehicle] {
            self.is_kept[vehicle] = true;
            self.touched.push(vehicle);
            self.kept[vehicle].copy_from(&draft.routes[vehicle]);
        }
    }

    /// Whether the round has changed the route of a vehicle.
    #[inline]
    pub fn is_kept(&self, vehicle: usize) -> bool {
        self.is_kept[vehicle]
    }

    /// The route of a vehicle as it was kept.
    pub fn kept(&self, vehicle: usize) -> &Route {
        &self.kept[vehicle]
    }

    /// Takes the round back.
    pub fn restore(&mut self, draft: &mut Draft) {
        for &vehicle in &self.touched {
            std::mem::swap(&mut draft.routes[vehicle], &mut self.kept[vehicle]);
        }
        draft.used.copy_from_slice(&self.used);
        draft.absent.clone_from(&self.absent);
        draft.cost = self.cost;
    }
}
