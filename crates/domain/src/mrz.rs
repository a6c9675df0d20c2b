//! The machine-readable zone of a travel document (ICAO Doc 9303). Being written.
