//! The stories of the product, told over its real HTTP and its real feed: one story a file, each in a world of its own.

mod bad_input;
mod departure;
mod documents;
mod double_tap;
mod feed_lost;
mod fever;
mod home_refused;
mod last_seat;
mod midnight;
mod no_show;
mod opinion_late;
mod plan;
mod privacy;
mod private_car;
mod silence;
mod site;
mod site_closed;
mod site_days;
mod site_full;
mod site_hold;
mod story;
mod two_nodes;
mod vehicles;
mod wrong_place;
